import type { MinuteColumns } from '../../model/history.ts'

export const MINUTE_MS = 60_000

/** A machine has a few hundred series: what lies beyond this is a log that somebody else wrote, and would take all memory. */
const MOST_SERIES = 20_000

/** Minutes of a series that are still being filled: how many values each minute has had, at most 255. */
interface Filling extends MinuteColumns {
  readonly counts: Uint8Array
}

/** The minutes of all series over one stretch, filled value by value, in any order of time. */
export interface MinuteTable {
  readonly firstMinuteMs: number
  readonly minutes: number
  /** Takes the values of one moment; what lies outside the stretch is left out. */
  take(wallMs: number, values: Readonly<Record<string, number>>): void
  /** Takes minutes as they were counted before, the first of them at `firstMinuteMs`. What is there already is joined, each side as one value. */
  join(key: string, firstMinuteMs: number, columns: MinuteColumns): void
  /** Series that have a value anywhere in the stretch. */
  readonly series: ReadonlyMap<string, MinuteColumns>
}

/** Columns of minutes in which nothing is known, all four in one buffer, so that they cross threads as one. */
export function emptyColumns(minutes: number): MinuteColumns {
  return columnsIn(new Float32Array(4 * minutes).fill(Number.NaN))
}

/** Columns that lie one behind the other in `values`. */
export function columnsIn(values: Float32Array): MinuteColumns {
  const minutes = values.length / 4
  const column = (index: number) => values.subarray(index * minutes, (index + 1) * minutes)
  return { min: column(0), mean: column(1), max: column(2), last: column(3) }
}

export function createMinuteTable(firstMinuteMs: number, minutes: number): MinuteTable {
  const series = new Map<string, Filling>()
  const fillingOf = (key: string): Filling | undefined => {
    const found = series.get(key)
    if (found !== undefined || series.size >= MOST_SERIES) return found
    const filling = { ...emptyColumns(minutes), counts: new Uint8Array(minutes) }
    series.set(key, filling)
    return filling
  }
  return {
    firstMinuteMs,
    minutes,
    series,
    take(wallMs, values) {
      const minute = Math.floor((wallMs - firstMinuteMs) / MINUTE_MS)
      if (!(minute >= 0 && minute < minutes)) return
      for (const key in values) give(fillingOf(key), minute, values[key])
    },
    join(key, firstMs, columns) {
      const shift = Math.round((firstMs - firstMinuteMs) / MINUTE_MS)
      const from = Math.max(0, -shift)
      const to = Math.min(columns.mean.length, minutes - shift)
      if (!hasValue(columns.mean, from, to)) return
      const filling = fillingOf(key)
      if (filling === undefined) return
      for (let index = from; index < to; index++)
        if (filling.counts[index + shift] !== 0) return joinMinutes(filling, shift, columns, from, to)
      // Nothing was there yet, as nearly always: that is a copy.
      for (const column of ['min', 'mean', 'max', 'last'] as const)
        filling[column].set(columns[column].subarray(from, to), from + shift)
      for (let index = from; index < to; index++)
        if (!Number.isNaN(columns.mean[index])) filling.counts[index + shift] = 1
    },
  }
}

function hasValue(values: Float32Array, from: number, to: number): boolean {
  for (let index = from; index < to; index++) if (!Number.isNaN(values[index])) return true
  return false
}

function give(filling: Filling | undefined, minute: number, value: number | undefined): void {
  if (filling === undefined || value === undefined) return
  const { min, mean, max, last, counts } = filling
  const count = counts[minute] as number
  if (count === 0) {
    min[minute] = value
    mean[minute] = value
    max[minute] = value
  } else {
    if (value < (min[minute] as number)) min[minute] = value
    if (value > (max[minute] as number)) max[minute] = value
    mean[minute] = (mean[minute] as number) + (value - (mean[minute] as number)) / (count + 1)
  }
  last[minute] = value
  if (count < 255) counts[minute] = count + 1
}

function joinMinutes(filling: Filling, shift: number, columns: MinuteColumns, from: number, to: number): void {
  for (let index = from; index < to; index++) joinMinute(filling, index + shift, columns, index)
}

function joinMinute(filling: Filling, minute: number, columns: MinuteColumns, index: number): void {
  const mean = columns.mean[index] as number
  if (Number.isNaN(mean)) return
  const min = columns.min[index] as number
  const max = columns.max[index] as number
  const joins = filling.counts[minute] !== 0
  give(filling, minute, mean)
  if (!joins || min < (filling.min[minute] as number)) filling.min[minute] = min
  if (!joins || max > (filling.max[minute] as number)) filling.max[minute] = max
  filling.last[minute] = columns.last[index] as number
}
