import { drawFitted } from '../../paint/fitted.ts'
import { drawFrame } from '../../paint/frame.ts'
import type { Look } from '../../paint/look.ts'
import { drawSegments, type Segment, segment, segmentsWidth } from '../../paint/segments.ts'
import { maximum } from '../../paint/sparkline.ts'
import { timeAxis, timeChart, timeLabels, valueAxis } from '../../paint/timechart.ts'
import { style } from '../../screen/style.ts'
import type { Surface } from '../../screen/surface.ts'
import type { Hue } from '../../theme/tokens.ts'
import type { PanelView } from '../panel.ts'
import { processValue, processWindow, type WatchData } from './data.ts'

const DIM = style('dim')
/** Rows from which on a chart has a label in its middle too. */
const MIDDLE_FROM = 5
/** … and its quarters, in full. */
const QUARTERS_FROM = 16

/** A panel that is a chart of one series of the watched process, and a line of figures below it. */
export interface WatchChart {
  readonly key: string
  readonly title: string
  readonly hue: Hue
  readonly note?: readonly Segment[]
  readonly headlines: readonly (readonly Segment[])[]
  /** Behind `process_`. */
  readonly series: string
  /** Top of the axis for the largest value in sight. */
  readonly top: (most: number) => number
  readonly limit?: number
  readonly label: (value: number) => string
  /** Figures below the chart, most important first: as many as fit whole. */
  readonly figures: readonly (readonly Segment[])[]
  /** Stands in place of the figures. */
  readonly sentence: string | undefined
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

/** The chart in its place, or over a whole screen: then with more labels, and as a line where that is chosen. */
export function paintChart(surface: Surface, chart: WatchChart, data: WatchData, look: Look, view: PanelView): void {
  const { boxed } = look
  const inner = surface.columns - (boxed ? 4 : 2)
  const probe = timeAxis(inner, view.spanMs, data.wallMs)
  const request = { endMs: data.wallMs, by: 'mean' } as const
  // In its first moment a value stands in the heading before it is any of the history.
  const most = Math.max(
    processValue(data, chart.series) ?? 0,
    maximum(processWindow(data, chart.series, { ...request, stepMs: probe.stepMs, count: probe.nowColumn * 2 })),
  )
  const max = chart.top(most)
  const { limit } = chart
  const rows = surface.rows - (boxed ? 2 : 1) - 1
  const steps = view.full && rows >= QUARTERS_FROM ? 4 : rows >= MIDDLE_FROM ? 2 : 1
  // The ends first: where there is little room they are the ones that stay.
  const marks = [steps, 0, ...Array.from({ length: steps - 1 }, (_, index) => index + 1)].map((step) => {
    const value = (max * step) / steps
    return { at: step / steps, text: chart.label(value), limit: limit !== undefined && limit === value }
  })
  const gutter = boxed || view.full ? Math.max(4, 1 + Math.max(...marks.map(({ text }) => text.length))) : 0
  const columns = Math.max(4, inner - gutter)
  const axis = timeAxis(columns, view.spanMs, data.wallMs)
  const { content } = drawFrame(surface, look, {
    key: chart.key,
    title: chart.title,
    hue: chart.hue,
    focused: view.focused,
    ...(chart.note && { note: chart.note }),
    headlines: chart.headlines,
    axis: timeLabels(axis, gutter, columns, view.paused, look),
  })
  if (rows < 1) return
  if (gutter > 0) valueAxis(content, rows, gutter - 1, marks)
  timeChart(
    content.area(gutter, 0, columns, rows),
    processWindow(data, chart.series, { ...request, stepMs: axis.stepMs, count: axis.nowColumn * 2 }),
    axis,
    { hue: chart.hue, max, chart: view.full ? view.chart : 'area', ...(limit !== undefined && { limit }) },
    look,
  )
  const room = content.columns - gutter
  if (chart.sentence !== undefined) drawFitted(content, gutter, rows, [segment(chart.sentence, DIM)], room, look)
  else drawSegments(content, gutter, rows, lineOf(chart.figures, room))
}
