import { figureOf, type Scale } from '../model/scale.ts'

/** The value axis of a plot: round values, evenly apart. */
export interface PlotAxis {
  /** In the lowest row. */
  readonly min: number
  /** In the highest row. */
  readonly max: number
  /** Lowest first. */
  readonly ticks: readonly number[]
  /** The row of a value, 0 at the top. */
  rowOf(value: number): number
}

/** A label of the value axis. */
export interface Mark {
  readonly value: number
  readonly text: string
  readonly limit: boolean
}

/** Labels are so many rows apart at the least. */
const LABEL_ROWS = 3

/** An axis that holds all values: its ends and its labels are multiples of 1, 2 or 5 times a power of ten. What is no number does not count. */
export function axisOf(values: readonly number[], rows: number): PlotAxis {
  const known = values.filter(Number.isFinite)
  const low = known.reduce((least, value) => Math.min(least, value), Number.POSITIVE_INFINITY)
  const high = known.reduce((most, value) => Math.max(most, value), Number.NEGATIVE_INFINITY)
  // A flat line stands in the middle of something, nothing at all at the bottom.
  const flat = !(high > low)
  const centre = Number.isFinite(low) ? low : 0
  const air = Math.abs(centre) * 0.1
  const from = flat ? centre - air : low
  const to = flat ? centre + (air || 1) : high
  const step = roundStep((to - from) / Math.max(1, Math.floor((rows - 1) / LABEL_ROWS)))
  const first = Math.floor(from / step + 1e-9)
  const last = Math.ceil(to / step - 1e-9)
  const [min, max] = [first * step, last * step]
  return {
    min,
    max,
    ticks: Array.from({ length: last - first + 1 }, (_, at) => (first + at) * step),
    rowOf: (value) => Math.round((1 - (value - min) / (max - min)) * (rows - 1)),
  }
}

function roundStep(least: number): number {
  const power = 10 ** Math.floor(Math.log10(least))
  return ([1, 2, 5, 10].find((factor) => factor * power >= least * (1 - 1e-9)) ?? 10) * power
}

/** The labels of an axis, that of a limit first: it is the one to keep where there is little room. */
export function marksOf(ticks: readonly number[], scale: Scale, limit: number | undefined): Mark[] {
  const mark = (value: number, isLimit: boolean) => ({ value, text: figureOf(value, scale), limit: isLimit })
  return [...(limit === undefined ? [] : [mark(limit, true)]), ...ticks.map((value) => mark(value, false))]
}

/** Which label stands in which row: none beside that of a limit. */
export function markRows(marks: readonly Mark[], rowOf: (value: number) => number): ReadonlyMap<number, Mark> {
  const rows = new Map<number, Mark>()
  for (const mark of marks) {
    const row = rowOf(mark.value)
    const near = [row - 1, row, row + 1].some(
      (other) => rows.get(other)?.limit === true || (other === row && rows.has(row)),
    )
    if (!near) rows.set(row, mark)
  }
  return rows
}

/** Values on so many columns: the mean of those that share a column, a straight line between those that are columns apart. NaN is a gap. */
export function resampled(values: readonly number[], columns: number): number[] {
  const { length } = values
  if (length === 0 || columns <= 0) return []
  return Array.from({ length: columns }, (_, column) => {
    if (length > columns)
      return meanOf(values, Math.floor((column * length) / columns), Math.floor(((column + 1) * length) / columns))
    const at = columns === 1 ? length - 1 : (column * (length - 1)) / (columns - 1)
    const [before, after] = [values[Math.floor(at)] as number, values[Math.ceil(at)] as number]
    return before + (after - before) * (at - Math.floor(at))
  })
}

function meanOf(values: readonly number[], from: number, to: number): number {
  let sum = 0
  let known = 0
  for (let at = from; at < to; at++) {
    const value = values[at] as number
    if (Number.isNaN(value)) continue
    sum += value
    known++
  }
  return known === 0 ? Number.NaN : sum / known
}
