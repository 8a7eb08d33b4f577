import { bytes, span } from '../../lib/units.ts'
import type { Leaders, ProcessRow } from '../../model/processes.ts'
import { processKey } from './changes.ts'

/** How far back is looked, and how often memory is remembered. */
const PAST_MS = 600_000
const EVERY_MS = 30_000
/** What came before this share of the growth is left out of the time it took. */
const MOST_OF_IT = 0.9
/** The kernel's count and the end of a process are seen by different looks. */
const ENDED_MS = 10_000
/** Growth of less is no leak within minutes. */
const LEAST_BYTES = 128 * 1024 ** 2

/** Who grew, by how many bytes at the least, and in which time. */
export interface Growth {
  readonly row: ProcessRow
  readonly grownBytes: number
  readonly overMs: number
}

interface Look {
  readonly atMs: number
  /** Bytes by `pid:startTicks`. */
  readonly held: ReadonlyMap<string, number>
  /** The least that was looked at; who is not among them held no more. 0 where all there were are among them. */
  readonly least: number
}

/** Remembers what the largest processes held minutes ago. Bounded: the leaders of a look, and as many looks as fit into the time. */
export class MemoryPast {
  #looks: Look[] = []
  #ended: { readonly atMs: number; readonly row: ProcessRow } | undefined

  /** Takes the leaders of a scan. Looks of a time that has not come yet are forgotten: the clock was set back. */
  take({ memory, ended }: Pick<Leaders, 'memory' | 'ended'>, atMs: number): void {
    for (const row of ended) {
      const known = this.victim(atMs)
      if (known === undefined || row.memoryBytes > known.memoryBytes) this.#ended = { atMs, row }
    }
    this.#looks = this.#looks.filter((look) => look.atMs <= atMs && atMs - look.atMs <= PAST_MS)
    const last = this.#looks.at(-1)
    if (memory.length === 0 || (last !== undefined && atMs - last.atMs < EVERY_MS)) return
    const held = new Map(memory.map((row) => [processKey(row), row.memoryBytes]))
    this.#looks.push({ atMs, held, least: Math.min(...held.values()) })
  }

  /** Who grew most since the first look, or since it began; undefined when nobody did to speak of. */
  grower({ memory }: Pick<Leaders, 'memory'>, atMs: number): Growth | undefined {
    const first = this.#looks[0]
    if (first === undefined) return undefined
    let most: Growth | undefined
    for (const row of memory) {
      const began = row.startedMs > first.atMs
      const before = began ? 0 : (first.held.get(processKey(row)) ?? first.least)
      const grownBytes = row.memoryBytes - before
      if (grownBytes < LEAST_BYTES || grownBytes <= (most?.grownBytes ?? 0)) continue
      most = { row, grownBytes, overMs: atMs - (began ? row.startedMs : first.atMs) }
    }
    return most && this.#briefest(most, atMs)
  }

  /** The largest process that has ended just now; undefined when none has. */
  victim(atMs: number): ProcessRow | undefined {
    return this.#ended !== undefined && Math.abs(atMs - this.#ended.atMs) <= ENDED_MS ? this.#ended.row : undefined
  }

  /** The same growth over the time in which nearly all of it came. */
  #briefest(growth: Growth, atMs: number): Growth {
    const { row, grownBytes } = growth
    for (const { atMs: lookMs, held, least } of this.#looks.toReversed()) {
      const grown = row.memoryBytes - (held.get(processKey(row)) ?? least)
      if (lookMs > row.startedMs && grown >= MOST_OF_IT * grownBytes) {
        return { row, grownBytes: grown, overMs: atMs - lookMs }
      }
    }
    return growth
  }
}

/** `java grew by 2.1 GiB in 6 min`, in a second at the least: `in 0 s` says nothing. */
export function grewText({ row, grownBytes, overMs }: Growth): string {
  const { figure, unit } = bytes(grownBytes)
  return `${row.name} grew by ${figure} ${unit} in ${span(Math.max(1, overMs / 1000))}`
}
