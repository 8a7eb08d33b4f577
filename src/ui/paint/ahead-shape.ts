import type { Ahead } from '../../model/forecast.ts'
import { DOT_ROWS, either, stepsOf } from './braille.ts'
import { shareOf, type ValueScale } from './scale.ts'

/** What of a cell the band covers. */
export type Cover = 'none' | 'lower' | 'upper' | 'all'

/** A forecast on the cells of a chart: two values a cell, column 0 the first one right of now. */
export interface AheadShape {
  readonly columns: number
  readonly rows: number
  /** The line and the edges of the band as shares of the height, two a column; NaN where nothing can be said. */
  readonly mean: Float64Array
  readonly low: Float64Array
  readonly high: Float64Array
}

export function aheadShape({ mean, low, high }: Ahead, scale: ValueScale, columns: number, rows: number): AheadShape {
  const share = (values: Float64Array) => values.map((value) => shareOf(value, scale))
  return { columns, rows, mean: share(mean), low: share(low), high: share(high) }
}

/** The band in a column, in `parts` of a row counted from the bottom, from `from` up to below `to`: both the same where there is none. */
export function bandParts(
  { low, high, rows }: AheadShape,
  column: number,
  parts: number,
): { from: number; to: number } {
  const edge = (shares: Float64Array) =>
    Math.round(either(shares[2 * column] as number, shares[2 * column + 1] as number) * rows * parts)
  const [from, to] = [edge(low), edge(high)]
  return Number.isNaN(from) || Number.isNaN(to) ? { from: 0, to: 0 } : { from, to }
}

/** What the band covers of a cell, to half a row. */
export function coverOf(shape: AheadShape, column: number, y: number): Cover {
  if (column < 0 || column >= shape.columns) return 'none'
  const { from, to } = bandParts(shape, column, 2)
  const half = 2 * (shape.rows - 1 - y)
  const lower = from <= half && half < to
  const upper = from <= half + 1 && half + 1 < to
  return lower && upper ? 'all' : lower ? 'lower' : upper ? 'upper' : 'none'
}

/** Less than so much of a row shows no band behind the line. */
const LEAST_BAND = 0.25

/** Whether the band is seen behind the line in a column: by how high it is and not by where its edges fall, so that it does not tear. */
export function isBanded({ low, high, rows }: AheadShape, column: number): boolean {
  const height = (at: number) => ((high[at] as number) - (low[at] as number)) * rows
  return either(height(2 * column), height(2 * column + 1)) >= LEAST_BAND
}

/** Whether the line comes into a cell, as dots. */
export function hasLine({ mean, rows }: AheadShape, column: number, y: number): boolean {
  const rowsFrom = (at: number) => Math.ceil(stepsOf(mean[at] as number, rows * DOT_ROWS, 1) / DOT_ROWS)
  const row = rows - y
  return rowsFrom(2 * column) === row || rowsFrom(2 * column + 1) === row
}

/**
 * Whether neither the line nor the band comes into any of the cells of a row; `parts` of a row can be told apart, and a value is drawn at
 * the nearest.
 */
export function isFree(
  { columns, rows, mean, low, high }: AheadShape,
  y: number,
  { from, to, parts }: { readonly from: number; readonly to: number; readonly parts: number },
): boolean {
  const bottom = (rows - 1 - y) / rows
  const top = (rows - y + 0.5 / parts) / rows
  for (let at = 2 * Math.max(0, from); at < 2 * Math.min(columns, to); at++) {
    const least = Math.min(low[at] as number, mean[at] as number)
    const most = Math.max(high[at] as number, mean[at] as number)
    if (least <= top && most >= bottom) return false
  }
  return true
}
