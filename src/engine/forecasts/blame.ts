import { bytes, rate } from '../../lib/units.ts'
import type { Leaders, ProcessAnswer, ProcessRow } from '../../model/processes.ts'
import type { WatchedLimit } from './limits.ts'

/** Who writes less than this explains no file system that fills. */
const LEAST_WRITE = 100_000

/** Processes that are known by now: the leaders, and those that are in view. */
export interface Seen {
  readonly leaders?: Leaders | undefined
  readonly processes?: ProcessAnswer | undefined
}

/** Who is likely behind a limit that will be reached, as a name and a number: `vacuum-logs writes 38 MB/s`, `java holds 8.4 GiB`. */
export function blameFor({ family, subject }: WatchedLimit, { leaders, processes }: Seen): string | undefined {
  if (family === 'disk') {
    const rows = [...(leaders?.cpu ?? []), ...(leaders?.memory ?? []), ...(processes?.rows ?? [])]
    const top = most(rows.filter(isProcess), (row) => row.writeBytesPerSecond ?? 0)
    const written = top?.writeBytesPerSecond ?? 0
    if (top === undefined || written < LEAST_WRITE) return undefined
    const { figure, unit } = rate(written)
    return `${top.name} writes ${figure} ${unit}`
  }
  if (family !== 'memory' || subject !== 'memory') return undefined
  const top = leaders?.memory[0]
  if (top === undefined) return undefined
  const { figure, unit } = bytes(top.memoryBytes)
  return `${top.name} holds ${figure} ${unit}`
}

/** A group's figures are the sum of others'. */
function isProcess({ kind }: ProcessRow): boolean {
  return kind === 'process'
}

function most<T>(rows: readonly T[], value: (row: T) => number): T | undefined {
  return rows.reduce<T | undefined>(
    (best, row) => (best === undefined || value(row) > value(best) ? row : best),
    undefined,
  )
}
