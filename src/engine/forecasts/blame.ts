import type { Mount } from '../../model/frame.ts'
import type { Leaders, ProcessAnswer } from '../../model/processes.ts'
import { seriesKey } from '../../model/series.ts'
import { holdsText, movesText } from '../causes/actors.ts'
import { fillerOf } from '../causes/filler.ts'
import { type Growth, grewText } from '../causes/memory-past.ts'
import type { WatchedLimit } from './limits.ts'

/** Processes that are known by now: the leaders, and those that are in view. */
export interface Seen {
  readonly leaders?: Leaders | undefined
  readonly processes?: ProcessAnswer | undefined
  /** How fast a file system grows, bytes a second; undefined where that is not known, or its writes are nobody's (in memory they are not counted). */
  readonly growth?: number | undefined
  /** Who grew most in memory in the last minutes. */
  readonly grower?: Growth | undefined
}

/** Who is likely behind a limit that will be reached, as a name and a number: `vacuum-logs writes 38.0 MB/s`, `java grew by 2.1 GiB in 6 min`. */
export function blameFor({ family, subject }: WatchedLimit, seen: Seen): string | undefined {
  if (family === 'disk') {
    if (seen.growth === undefined) return undefined
    // Those that lead in writing stand last: they count what their children wrote.
    const writer = fillerOf([...(seen.processes?.rows ?? []), ...(seen.leaders?.write ?? [])], seen.growth)
    return writer && movesText(writer, 'write')
  }
  if (family !== 'memory' || subject !== 'memory') return undefined
  const { grower, leaders } = seen
  if (grower !== undefined) return grewText(grower)
  const top = leaders?.memory[0]
  return top && holdsText(top)
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
