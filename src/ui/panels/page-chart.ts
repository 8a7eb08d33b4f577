import type { Ahead } from '../../model/forecast.ts'
import { drawFitted } from '../paint/fitted.ts'
import { drawFrame } from '../paint/frame.ts'
import type { Look } from '../paint/look.ts'
import type { ValueScale } from '../paint/scale.ts'
import { drawSegments, type Segment, segment, segmentsWidth } from '../paint/segments.ts'
import { maximum, minimum } from '../paint/sparkline.ts'
import { axisFor, type TimeAxis, timeAxis, timeLabels } from '../paint/time-axis.ts'
import { type TimeChartLook, timeChart, valueAxis } from '../paint/timechart.ts'
import { style } from '../screen/style.ts'
import type { Surface } from '../screen/surface.ts'
import type { Hue } from '../theme/tokens.ts'
import { type ChartCrossing, paintedCrossing } from './chart-crossing.ts'
import type { PanelView } from './panel.ts'

const DIM = style('dim')
/** Rows from which on a chart has a label in its middle too. */
const MIDDLE_FROM = 5
/** … and its quarters, in full. */
const QUARTERS_FROM = 16
/** Labels of the value axis are so many rows apart at the least. */
const LABEL_ROWS = 2

/** A panel of a detail page that is a chart over time. */
export interface PageChart {
  readonly key: string
  readonly title: string
  readonly hue: Hue
  readonly note?: readonly Segment[]
  readonly headlines: readonly (readonly Segment[])[]
  /** Its history, two values a cell, oldest first; NaN in a gap. */
  readonly values: (axis: TimeAxis) => Float64Array
  /** What is expected of it; undefined while nothing can be said. */
  readonly ahead?: (axis: TimeAxis) => Ahead | undefined
  /** What it is now: in its first moment that stands in the heading before it is any of the history. */
  readonly now: number | undefined
  /** Top of the axis for the largest value in sight, and for the largest one that is expected. */
  readonly top: (most: number, expected: number) => number
  /** Drawn as a line, with its label, when it lies below the top. */
  readonly limit?: number
  /** When the limit will be reached: the chart is as wide as to show it. */
  readonly crossing?: ChartCrossing | undefined
  readonly label: (value: number) => string
  /** While nothing is expected history takes the columns that are kept for it. */
  readonly pastOnly?: boolean
  /** The clock times of a crossing stand beside it in its place too, not only in full. */
  readonly told?: boolean
  /** It has its labels without a box, too: its values say nothing by their height alone. */
  readonly labelled?: boolean
  /** Its axis for so many columns, where it is not the usual one. */
  readonly axis?: (columns: number) => TimeAxis
  /** Bottom of the axis for the lowest value in sight and the top; zero unless given. */
  readonly bottom?: (lowest: number, top: number) => number
  /** Painted below the curve: what is seen where the chart is empty. */
  readonly under?: (surface: Surface, axis: TimeAxis, scale: ValueScale) => void
  /** The colour of a crest that is not the hue's. */
  readonly crest?: (axis: TimeAxis) => TimeChartLook['crest']
  /** Painted over the chart: marks of what is no value. */
  readonly over?: (surface: Surface, axis: TimeAxis, scale: ValueScale) => void
  /** Figures below the chart, most important first: as many as fit whole. Without them the chart takes their row. */
  readonly figures?: readonly (readonly Segment[])[]
  /** Stands in place of the figures; where there are none, of the chart. */
  readonly sentence?: string | undefined
}

/** Parts of a line, two columns apart, as many as fit whole. */
export function lineOf(parts: readonly (readonly Segment[])[], columns: number): Segment[] {
  const line: Segment[] = []
  for (const part of parts) {
    if (part.length === 0) continue
    const gap = line.length === 0 ? [] : [segment('  ')]
    if (segmentsWidth(line) + segmentsWidth(gap) + segmentsWidth(part) > columns) continue
    line.push(...gap, ...part)
  }
  return line
}

interface Mark {
  readonly at: number
  readonly text: string
  readonly limit: boolean
}

/** Labels of the value axis: the ends first, since where there is little room they are the ones that stay; none is next to the limit's. */
function marksOf({ limit, label }: PageChart, { min, max }: ValueScale, rows: number, full: boolean): Mark[] {
  const steps = full && rows >= QUARTERS_FROM ? 4 : rows >= MIDDLE_FROM ? 2 : 1
  const within = limit !== undefined && limit > min && limit <= max ? (limit - min) / (max - min) : undefined
  const all = [steps, 0, ...Array.from({ length: steps - 1 }, (_, index) => index + 1)].map((step) => ({
    at: step / steps,
    text: label(min + ((max - min) * step) / steps),
    limit: within === step / steps,
  }))
  // Of the smallest values two heights may read the same.
  const marks = all.filter(({ text }, at) => all.findIndex((other) => other.text === text) === at)
  if (within === undefined || limit === undefined || marks.some((mark) => mark.limit)) return marks
  const near = ({ at }: Mark) => Math.abs(at - within) * (rows - 1) < LABEL_ROWS
  return [{ at: within, text: label(limit), limit: true }, ...marks.filter((mark) => !near(mark))]
}

/** The chart in its place, or over a whole screen: then with more labels, and as a line where that is chosen. */
export function paintPageChart(
  surface: Surface,
  chart: PageChart,
  wallMs: number,
  look: Look,
  view: Pick<PanelView, 'focused' | 'full' | 'spanMs' | 'zoomedFromMs' | 'chart' | 'paused'>,
): void {
  const { boxed } = look
  const { limit, crossing, figures, sentence } = chart
  const inner = surface.columns - (boxed ? 4 : 2)
  const wide = chart.axis?.(inner) ?? axisFor(inner, view, wallMs, crossing?.eta)
  const expected = chart.ahead?.(wide)
  const pastOnly = chart.pastOnly === true && expected === undefined
  const axisOf = (columns: number) =>
    chart.axis?.(columns) ??
    (pastOnly ? timeAxis(columns, view.spanMs, wallMs, true) : axisFor(columns, view, wallMs, crossing?.eta))
  const past = chart.values(pastOnly ? axisOf(inner) : wide)
  const most = Math.max(chart.now ?? 0, maximum(past))
  const max = chart.top(most, maximum(expected?.mean ?? []))
  const min = chart.bottom?.(minimum(past, minimum(expected?.mean ?? [], chart.now ?? max)), max) ?? 0
  // In a full view without a box there is no bottom border: the time axis takes a row.
  const axisRow = view.full && !boxed && figures === undefined ? 1 : 0
  const rows = surface.rows - (boxed ? 2 : 1) - (figures === undefined ? axisRow : 1)
  const marks = marksOf(chart, { min, max }, rows, view.full)
  const gutter =
    boxed || view.full || chart.labelled === true
      ? Math.max(4, 1 + Math.max(...marks.map(({ text }) => text.length)))
      : 0
  const columns = Math.max(4, inner - gutter)
  const axis = axisOf(columns)
  const labels = timeLabels(axis, gutter, view.paused, look)
  const bare = figures === undefined && sentence !== undefined
  const { content } = drawFrame(surface, look, {
    key: chart.key,
    title: chart.title,
    hue: chart.hue,
    focused: view.focused,
    ...(chart.note && { note: chart.note }),
    headlines: chart.headlines,
    axis: bare ? [] : labels,
  })
  if (bare) {
    drawFitted(content, 0, 0, [segment(sentence, DIM)], content.columns, look)
    return
  }
  if (rows < 1) return
  if (gutter > 0) valueAxis(content, rows, gutter - 1, marks)
  const plot = content.area(gutter, 0, columns, rows)
  chart.under?.(plot, axis, { min, max })
  const crest = chart.crest?.(axis)
  timeChart(
    plot,
    chart.values(axis),
    axis,
    {
      hue: chart.hue,
      max,
      min,
      chart: view.full ? view.chart : 'area',
      ahead: chart.ahead?.(axis),
      crossing: paintedCrossing(crossing, chart.hue, view.full || chart.told === true),
      ...(limit !== undefined && { limit }),
      ...(crest && { crest }),
    },
    look,
  )
  chart.over?.(plot, axis, { min, max })
  if (axisRow > 0)
    for (const { x, segments } of labels) for (const part of segments) content.text(x, rows, part.text, part.style)
  if (figures === undefined) return
  const room = content.columns - gutter
  if (sentence !== undefined) drawFitted(content, gutter, rows, [segment(sentence, DIM)], room, look)
  else drawSegments(content, gutter, rows, lineOf(figures, room))
}
