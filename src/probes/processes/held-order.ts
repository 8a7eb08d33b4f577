import type { ProcessEntry } from './entry.ts'
import { Group } from './group.ts'
import type { Compare } from './order.ts'

interface Held {
  readonly startTicks: number
  readonly rank: number
}

/**
 * An order that stays while somebody moves: who is new comes at the end. Tables may make their entries anew with each scan, so pid and
 * start time name processes and threads, and its name a group.
 */
export class HeldOrder {
  private readonly held = new Map<number | string, Held>()
  private next = 0

  get size(): number {
    return this.held.size
  }

  /** Takes over who stands where. */
  keep(entries: readonly ProcessEntry[], order: Iterable<number>): void {
    for (const index of order) this.rank(entries[index] as ProcessEntry)
  }

  /** The order kept, of these entries. */
  of(entries: readonly ProcessEntry[]): Compare {
    const ranks = Float64Array.from(entries, (entry) => this.rank(entry))
    return (a, b) => (ranks[a] as number) - (ranks[b] as number)
  }

  private rank(entry: ProcessEntry): number {
    const { startTicks } = entry
    const key = entry instanceof Group ? entry.name : entry.pid
    const known = this.held.get(key)
    if (known?.startTicks === startTicks) return known.rank
    const rank = this.next++
    this.held.set(key, { startTicks, rank })
    return rank
  }
}
