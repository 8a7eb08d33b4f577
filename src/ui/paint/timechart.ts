import type { Ahead } from '../../model/forecast.ts'
import type { SeriesView } from '../../model/frame.ts'
import { style } from '../screen/style.ts'
import type { Surface } from '../screen/surface.ts'
import type { Hue } from '../theme/tokens.ts'
import { aheadArea } from './ahead-area.ts'
import { aheadLine } from './ahead-line.ts'
import { aheadShape } from './ahead-shape.ts'
import { type AreaLook, area } from './braille.ts'
import { type Crossing, drawCrossing } from './crossing.ts'
import { halved, lineChart } from './linechart.ts'
import type { Look } from './look.ts'
import { rowOf, shareOf } from './scale.ts'
import { stepsAhead, type TimeAxis } from './time-axis.ts'

const DIM = style('dim')
const LIMIT = style('limit')
const CRIT = style('crit')

/** The values of a series for the history of an axis: two a cell. */
export function history(
  metrics: Pick<SeriesView, 'window'>,
  key: string,
  { nowColumn, stepMs, endMs }: TimeAxis,
): Float64Array {
  return metrics.window(key, { endMs, stepMs, count: nowColumn * 2, by: 'mean' })
}

/** What is expected of a series right of now; undefined while nothing can be said, and where there is no room. */
export function future(metrics: Pick<SeriesView, 'ahead'>, key: string, axis: TimeAxis): Ahead | undefined {
  const count = stepsAhead(axis)
  return count === 0 ? undefined : metrics.ahead(key, { endMs: axis.endMs, stepMs: axis.stepMs, count })
}

export interface TimeChartLook {
  readonly hue: Hue
  readonly max: number
  readonly min?: number
  /** What is expected right of now. */
  readonly ahead?: Ahead | undefined
  /** A limit that matters, in the unit of the values: a line in empty cells. */
  readonly limit?: number
  /** When the limit will be reached. */
  readonly crossing?: Crossing | undefined
  readonly chart: 'area' | 'line'
  /** The colour of an area's crest in a column, where it is not the hue's. */
  readonly crest?: AreaLook['crest']
}

/** History as an area or a line, the `now` line, the forecast, a limit and when it will be reached; the surface is the chart's own. */
export function timeChart(
  surface: Surface,
  values: Float64Array,
  axis: TimeAxis,
  chart: TimeChartLook,
  look: Look,
): void {
  const { hue, max, min = 0, ahead, limit, crossing, crest } = chart
  const { nowColumn } = axis
  const { rows, columns } = surface
  const scale = { min, max }
  const limitRow = limit !== undefined && limit >= min && limit <= max ? rowOf(shareOf(limit, scale), rows) : undefined
  if (limitRow !== undefined) surface.fill(look.glyphs.limitLine, LIMIT, 0, limitRow, columns, 1)
  const past = surface.area(0, 0, nowColumn, rows)
  const coming = surface.area(nowColumn + 1, 0, columns - nowColumn - 1, rows)
  const shape = ahead && aheadShape(ahead, scale, coming.columns, rows)
  const asLine = chart.chart === 'line' || look.charts === 'line'
  if (asLine) {
    if (ahead !== undefined) aheadLine(coming, ahead, scale, hue, look)
    lineChart(past, halved(values), min, max, hue, look)
  } else {
    if (shape !== undefined) aheadArea(coming, shape, { hue, limitRow }, look)
    area(past, min === 0 ? values : values.map((value) => value - min), { hue, max: max - min, crest }, look)
  }
  for (let y = 0; y < rows; y++) surface.put(nowColumn, y, look.glyphs.now, DIM)
  if (crossing !== undefined && limitRow !== undefined)
    drawCrossing(surface, axis, crossing, { shape, hue, y: limitRow, tinted: !asLine }, look)
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
    const y = rowOf(at, rows)
    if (taken.has(y)) continue
    taken.add(y)
    surface.text(Math.max(0, width - text.length), y, text, limit ? CRIT : DIM, width)
  }
}
