import { bytes, rate } from '../../lib/units.ts'
import type { Mount } from '../../model/frame.ts'
import type { Leaders, ProcessAnswer, ProcessRow } from '../../model/processes.ts'
import { seriesKey } from '../../model/series.ts'
import type { WatchedLimit } from './limits.ts'

/** Who writes less than this explains no file system that fills. */
const LEAST_WRITE = 100_000
/** Whoever writes so many times more or less than the file system grows writes elsewhere, or the same place over and over. */
const UNLIKE = 3

/** Processes that are known by now: the leaders, and those that are in view. */
export interface Seen {
  readonly leaders?: Leaders | undefined
  readonly processes?: ProcessAnswer | undefined
  /** How fast a file system grows, bytes a second; undefined where that is not known, or its writes are nobody's (in memory they are not counted). */
  readonly growth?: number | undefined
}

/** Who is likely behind a limit that will be reached, as a name and a number: `vacuum-logs writes 38 MB/s`, `java holds 8.4 GiB`. */
export function blameFor({ family, subject }: WatchedLimit, { leaders, processes, growth }: Seen): string | undefined {
  if (family === 'disk') {
    const rows = [...(leaders?.cpu ?? []), ...(leaders?.memory ?? []), ...(processes?.rows ?? [])]
    if (growth === undefined || growth <= 0) return undefined
    const unlike = (row: ProcessRow) => Math.abs(Math.log((row.writeBytesPerSecond ?? 0) / growth))
    const top = most(rows.filter(isProcess), (row) => -unlike(row))
    const written = top?.writeBytesPerSecond ?? 0
    if (top === undefined || written < LEAST_WRITE || unlike(top) > Math.log(UNLIKE)) return undefined
    const { figure, unit } = rate(written)
    return `${top.name} writes ${figure} ${unit}`
  }
  if (family !== 'memory' || subject !== 'memory') return undefined
  const top = leaders?.memory[0]
  if (top === undefined) return undefined
  const { figure, unit } = bytes(top.memoryBytes)
  return `${top.name} holds ${figure} ${unit}`
}

/** Bytes a second by which a file system grows that will be full; undefined for everything else, and for one in memory: who writes there is not counted. */
export function mountGrowth(
  { series, subject }: WatchedLimit,
  perHour: number | undefined,
  mounts: readonly Mount[],
  value: (series: string) => number | undefined,
): number | undefined {
  const total = value(seriesKey('disk_total_bytes', { mount: subject }))
  const type = mounts.find(({ mount }) => mount === subject)?.type
  if (perHour === undefined || total === undefined || type === 'tmpfs') return undefined
  return series === seriesKey('disk_used_ratio', { mount: subject }) ? (perHour * total) / 3600 : undefined
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
