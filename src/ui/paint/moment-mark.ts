import { style } from '../screen/style.ts'
import type { Surface } from '../screen/surface.ts'
import type { Token } from '../theme/tokens.ts'
import type { Look } from './look.ts'
import { rowOf, shareOf, type ValueScale } from './scale.ts'
import { drawSegments, type Segment, segmentsWidth } from './segments.ts'
import type { TimeAxis } from './time-axis.ts'

/** The rows above are those of the crest. */
const LEAST_ROW = 2

/** A moment in the history of a chart. */
export interface MomentMark {
  readonly wallMs: number
  /** What stands left of it, above the curve: `▲ fired 14:09`. */
  readonly text: readonly Segment[]
  readonly tone: Token
}

/** The column of the history that a moment lies in; undefined where it is not on the chart. */
export function columnOf({ nowColumn, stepMs, endMs }: TimeAxis, wallMs: number): number | undefined {
  const firstMs = (Math.floor(endMs / stepMs) - 2 * nowColumn + 1) * stepMs
  const column = Math.floor((wallMs - firstMs) / (2 * stepMs))
  return column >= 0 && column < nowColumn ? column : undefined
}

interface Placed {
  readonly column: number
  /** Where its text begins, and how many rows above the curve are free there. */
  readonly left: number
  readonly free: number
}

function placeOf(
  rows: number,
  axis: TimeAxis,
  values: Float64Array,
  scale: ValueScale,
  { wallMs, text }: MomentMark,
): Placed | undefined {
  const column = columnOf(axis, wallMs)
  if (column === undefined) return undefined
  const width = segmentsWidth(text)
  const left = column >= width ? column - width + 1 : Math.min(column, axis.nowColumn - width)
  return { column, left, free: left < 0 ? 0 : clearRows(values, scale, rows, left, left + width) }
}

/**
 * Marks a moment by a line down to the curve, and says what it was where there is room above the curve. It is painted below the curve,
 * which covers the rest of the line, and so does the line of a limit.
 */
export function drawMomentMark(
  surface: Surface,
  axis: TimeAxis,
  values: Float64Array,
  scale: ValueScale & { readonly limit?: number | undefined },
  mark: MomentMark,
  { glyphs }: Look,
): void {
  const placed = placeOf(surface.rows, axis, values, scale, mark)
  if (placed === undefined) return
  const { column, left, free } = placed
  const { text, tone } = mark
  // A row of air where there is one.
  const wanted = Math.max(0, free - 2)
  const taken = scale.limit === undefined ? -1 : rowOf(shareOf(scale.limit, scale), surface.rows)
  const row = wanted !== taken ? wanted : wanted > 0 ? wanted - 1 : 1
  if (free > 0) drawSegments(surface, left, row, text)
  for (let y = free > 0 ? row + 1 : 0; y < surface.rows; y++) surface.put(column, y, glyphs.now, style(tone))
}

/**
 * Marks, over a curve that leaves them no room above it, the moments that `drawMomentMark` could not tell: by a line through it, and by
 * what it was near the foot of the curve, where that says least; each a row above the one before.
 */
export function drawCoveredMarks(
  surface: Surface,
  axis: TimeAxis,
  values: Float64Array,
  scale: ValueScale,
  marks: readonly MomentMark[],
  { glyphs }: Look,
): void {
  let y = surface.rows - 2
  for (const mark of marks) {
    const placed = placeOf(surface.rows, axis, values, scale, mark)
    if (placed === undefined || placed.free > 0) continue
    const { column, left } = placed
    for (let row = 0; row < surface.rows; row++) surface.put(column, row, glyphs.now, style(mark.tone))
    if (left < 0 || y < LEAST_ROW) continue
    drawSegments(surface, left, y, mark.text)
    y--
  }
}

/** Rows at the top of a chart into which the curve does not come, in columns from `from` to below `to`. */
function clearRows(values: Float64Array, scale: ValueScale, rows: number, from: number, to: number): number {
  let most = Number.NEGATIVE_INFINITY
  for (const value of values.subarray(2 * from, 2 * to)) if (value > most) most = value
  // The crest fills a part of the row that it ends in.
  return most === Number.NEGATIVE_INFINITY ? rows : Math.min(rows, Math.floor((1 - shareOf(most, scale)) * rows))
}
