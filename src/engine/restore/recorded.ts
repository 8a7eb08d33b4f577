import { Ring } from '../../lib/ring.ts'
import { metricOf } from '../../model/catalogue/catalogue.ts'
import type { History, MinuteColumns } from '../../model/history.ts'
import { parseSeriesKey } from '../../model/series.ts'
import { MINUTES, type MinuteRings, type Series } from '../series.ts'

const MINUTE_MS = 60_000
/** The daily profile of a forecast takes part from the third day on; what came before changes little. */
const MOST_MINUTES = 3 * MINUTES

/** The minutes of a history that lie before this run: they get the indexes from `-count` to -1 of the minute tier. */
export interface Recorded {
  /** Its own list: who has been given its minutes is taken off it, for those of a large machine are 14 MB. */
  readonly series: Map<string, MinuteColumns>
  /** Where in the columns of the history they begin, and how many they are. */
  readonly from: number
  readonly count: number
  /** Wall time of the first of them. */
  readonly firstMs: number
  /** How many minutes are kept from now on: means for a history that is longer than a day, for as long as it is; of all else a day. */
  readonly capacity: number
}

/** The newest minutes that began before `oldestMs`, three days of them at the most; undefined where there are none. */
export function recordedBefore(
  { firstMinuteMs, minutes, series }: Pick<History, 'firstMinuteMs' | 'minutes' | 'series'>,
  oldestMs: number,
): Recorded | undefined {
  const end = Math.min(minutes, Math.ceil((oldestMs - firstMinuteMs) / MINUTE_MS))
  if (!(end > 0) || series.size === 0) return undefined
  const capacity = Math.min(MOST_MINUTES, Math.max(MINUTES, end))
  const count = Math.min(end, capacity)
  const from = end - count
  return { series: new Map(series), from, count, firstMs: firstMinuteMs + from * MINUTE_MS, capacity }
}

/** Wall time of each minute. */
export function wallsOf({ firstMs, count }: Recorded): Float64Array {
  return Float64Array.from({ length: count }, (_, index) => firstMs + index * MINUTE_MS)
}

/**
 * The minutes of a series as rings that end before index 0; undefined where nothing was recorded of it. They are held inside what the metric
 * can be: a log is a file that anybody can edit.
 */
export function ringsOf(recorded: Recorded, series: Series): MinuteRings | undefined {
  const columns = recorded.series.get(series.key)
  if (columns === undefined || lastKnown(recorded, columns) < 0) return undefined
  const ring = (part: keyof MinuteColumns, capacity: number) => {
    const count = Math.min(recorded.count, capacity)
    const values = new Float32Array(count).fill(Number.NaN)
    values.set(columns[part].subarray(recorded.from + recorded.count - count, recorded.from + recorded.count))
    for (let index = 0; index < count; index++) values[index] = series.bounded(values[index] as number)
    return Ring.of(values, capacity, -count)
  }
  return {
    min: ring('min', MINUTES),
    mean: ring('mean', recorded.capacity),
    max: ring('max', MINUTES),
    last: ring('last', MINUTES),
  }
}

/** How long before this run, whose oldest slot is at `oldestMs`, the last minute of a series began; infinite for one that was not recorded, or that nobody knows. */
export function silentMs(recorded: Recorded, key: string, oldestMs: number): number {
  const columns = recorded.series.get(key)
  const last = columns === undefined ? -1 : lastKnown(recorded, columns)
  if (last < 0 || metricOf(parseSeriesKey(key).name) === undefined) return Number.POSITIVE_INFINITY
  return oldestMs - (recorded.firstMs + last * MINUTE_MS)
}

/** The newest minute with a value, counted from the first of `recorded`; -1 where there is none. */
function lastKnown({ from, count }: Recorded, { mean }: MinuteColumns): number {
  for (let index = count - 1; index >= 0; index--) {
    if (Number.isFinite(mean[from + index])) return index
  }
  return -1
}
