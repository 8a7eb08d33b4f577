import type { SeriesView } from '../../model/frame.ts'
import { style } from '../screen/style.ts'
import type { Surface } from '../screen/surface.ts'
import type { Hue } from '../theme/tokens.ts'
import { type AreaLook, area } from './braille.ts'
import { lineChart } from './linechart.ts'
import type { Look } from './look.ts'
import { type Segment, segment } from './segments.ts'

const DIM = style('dim')
const LIMIT = style('limit')
const CRIT = style('crit')

/** A stretch of time on a chart: history left of `now`, room for what will be right of it. */
export interface TimeAxis {
  /** Column of the `now` line; history fills the columns left of it. */
  readonly nowColumn: number
  /** One value of the history is this long; two values a cell. */
  readonly stepMs: number
  readonly endMs: number
}

/** A value a tick is all there is. */
const LEAST_STEP_MS = 1000

/** Two thirds of the columns are history; all but the column of now where nothing is forecast (`pastOnly`). */
export function timeAxis(columns: number, spanMs: number, endMs: number, pastOnly = false): TimeAxis {
  const nowColumn = Math.max(1, pastOnly ? columns - 1 : Math.floor((columns * 2) / 3))
  return { nowColumn, stepMs: Math.max(LEAST_STEP_MS, Math.ceil(spanMs / (nowColumn * 2) / 100) * 100), endMs }
}

/** The values of a series for the history of an axis: two a cell. */
export function history(
  metrics: Pick<SeriesView, 'window'>,
  key: string,
  { nowColumn, stepMs, endMs }: TimeAxis,
): Float64Array {
  return metrics.window(key, { endMs, stepMs, count: nowColumn * 2, by: 'mean' })
}

export interface TimeChartLook {
  readonly hue: Hue
  readonly max: number
  readonly min?: number
  /** A limit that matters, in the unit of the values: a line in empty cells. */
  readonly limit?: number
  readonly chart: 'area' | 'line'
  /** The colour of an area's crest in a column, where it is not the hue's. */
  readonly crest?: AreaLook['crest']
}

/** History as an area or a line, the `now` line, and a limit; the surface is the chart's own. */
export function timeChart(
  surface: Surface,
  values: Float64Array,
  { nowColumn }: TimeAxis,
  chart: TimeChartLook,
  look: Look,
): void {
  const { hue, max, min = 0, limit, crest } = chart
  const { rows, columns } = surface
  if (limit !== undefined && limit >= min && limit <= max) {
    const y = Math.min(rows - 1, Math.max(0, Math.round((1 - (limit - min) / (max - min)) * (rows - 1))))
    surface.fill(look.glyphs.limitLine, LIMIT, 0, y, columns, 1)
  }
  const past = surface.area(0, 0, nowColumn, rows)
  if (chart.chart === 'line' || look.charts === 'line') lineChart(past, halved(values), min, max, hue, look)
  else area(past, min === 0 ? values : values.map((value) => value - min), { hue, max: max - min, crest }, look)
  for (let y = 0; y < rows; y++) surface.put(nowColumn, y, look.glyphs.now, DIM)
}

/** One value a cell of two: their mean, or the one that is known. */
function halved(values: Float64Array): Float64Array {
  return Float64Array.from({ length: values.length >> 1 }, (_, index) => {
    const left = values[2 * index] as number
    const right = values[2 * index + 1] as number
    return Number.isNaN(left) ? right : Number.isNaN(right) ? left : (left + right) / 2
  })
}

/** Labels of the axis of a share. */
export const PERCENT_AXIS = [
  { at: 1, text: '100' },
  { at: 0, text: '0' },
  { at: 0.5, text: '50' },
] as const

/** Labels of a value axis in the gutter left of a chart: right-aligned, the top, the middle where there is room, and the bottom. */
export function valueAxis(
  surface: Surface,
  rows: number,
  width: number,
  labels: readonly { readonly at: number; readonly text: string; readonly limit?: boolean }[],
): void {
  const taken = new Set<number>()
  for (const { at, text, limit } of labels) {
    const y = Math.min(rows - 1, Math.max(0, Math.round((1 - at) * (rows - 1))))
    if (taken.has(y)) continue
    taken.add(y)
    surface.text(Math.max(0, width - text.length), y, text, limit ? CRIT : DIM, width)
  }
}

/** `10 min`, `1 h`, `30 s`: a span in one unit. */
function spanText(ms: number): string {
  const minutes = ms / 60_000
  if (minutes < 1) return `${Math.round(ms / 1000)} s`
  if (minutes < 120) return `${Math.round(minutes)} min`
  return `${Math.round(minutes / 60)} h`
}

/** To five minutes where that is less than a label is exact: `+30 min` of an hour, though the column of now is none of them. */
function roundSpan(ms: number): number {
  const step = 5 * 60_000
  return ms < 3 * step ? ms : Math.round(ms / step) * step
}

/** What stands in the bottom border below a chart whose first column is content column `x`. */
export function timeLabels(
  axis: TimeAxis,
  x: number,
  columns: number,
  past: boolean,
  { glyphs }: Look,
): { x: number; segments: Segment[] }[] {
  const start = `${glyphs.minus}${spanText(axis.nowColumn * 2 * axis.stepMs)}`
  const ahead = columns - axis.nowColumn - 1
  const end = `+${spanText(roundSpan(ahead * 2 * axis.stepMs))}`
  const now = past ? 'then' : 'now'
  const labels = [
    { x, segments: [segment(start, DIM)] },
    // At the right end it may not stand out of the chart.
    { x: x + Math.min(axis.nowColumn - 1, columns - now.length), segments: [segment(now, DIM)] },
  ]
  if (ahead > end.length + 6) labels.push({ x: x + columns - end.length - 1, segments: [segment(end, DIM)] })
  return labels
}
