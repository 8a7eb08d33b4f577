import type { SeriesView } from '../../model/frame.ts'
import { drawFrame } from '../paint/frame.ts'
import type { Look } from '../paint/look.ts'
import { highBottom, niceTop } from '../paint/scale.ts'
import type { Segment } from '../paint/segments.ts'
import { maximum, minimum } from '../paint/sparkline.ts'
import { axisFor, timeLabels } from '../paint/time-axis.ts'
import { future, history, timeChart, valueAxis } from '../paint/timechart.ts'
import type { Surface } from '../screen/surface.ts'
import type { Hue } from '../theme/tokens.ts'
import { type ChartCrossing, paintedCrossing } from './chart-crossing.ts'
import type { PanelView } from './panel.ts'

export interface LargeChart {
  readonly key: string
  readonly title: string
  readonly hue: Hue
  readonly note?: readonly Segment[]
  readonly headline: readonly Segment[]
  readonly metrics: SeriesView
  readonly series: string
  readonly wallMs: number
  /** Top of the axis; from the values where it is not given. */
  readonly max?: number
  /** What such a top is for at the least. */
  readonly least?: number
  readonly limit?: number
  /** When the limit will be reached: the chart is as wide as to show it, and no higher than it has to be. */
  readonly crossing?: ChartCrossing | undefined
  /** A value as its axis label, such as `50 %`. */
  readonly label: (value: number) => string
}

const GUTTER = 10
/** Rows between two labels of the value axis. */
const LABEL_ROWS = 4
/** Fewer rows have no room for anything beside the curve. */
const TOLD_FROM = 6

/** The upper part of a full view: one series as a large chart with axes and units, what was and what is expected. */
export function largeChart(surface: Surface, chart: LargeChart, look: Look, view: PanelView, focused: boolean): void {
  const { hue, metrics, series, wallMs, limit, crossing } = chart
  const inner = surface.columns - (look.boxed ? 4 : 2)
  const columns = Math.max(4, inner - GUTTER)
  const axis = axisFor(columns, view, wallMs, crossing?.eta)
  const values = history(metrics, series, axis)
  const ahead = future(metrics, series, axis)
  const max = chart.max ?? niceTop(maximum(values, maximum(ahead?.mean ?? [], chart.least)))
  const labels = timeLabels(axis, GUTTER, view.paused, look)
  const { content } = drawFrame(surface, look, {
    key: chart.key,
    title: chart.title,
    hue,
    focused,
    ...(chart.note && { note: chart.note }),
    headlines: [chart.headline],
    axis: labels,
  })
  // Without a box there is no bottom border: the time axis takes a row.
  const rows = content.rows - (look.boxed ? 0 : 1)
  if (rows < 1) return
  const lowest = minimum(values, minimum(ahead?.mean ?? [], max))
  const bottom = crossing === undefined ? { min: 0, steps: 4 } : highBottom(lowest, max)
  const { min } = bottom
  const wanted = Math.max(1, Math.min(bottom.steps, Math.floor(rows / LABEL_ROWS)))
  // Steps from a bottom that is not zero are even only in halves.
  const steps = min > 0 && wanted === 3 ? 2 : wanted
  const marks = Array.from({ length: steps + 1 }, (_, step) => ({
    at: step / steps,
    text: chart.label(min + ((max - min) * step) / steps),
  }))
  const limited =
    limit !== undefined && limit > min && limit < max
      ? [{ at: (limit - min) / (max - min), text: chart.label(limit), limit: true }]
      : []
  valueAxis(content, rows, GUTTER - 1, [...limited, ...marks])
  timeChart(
    content.area(GUTTER, 0, columns, rows),
    values,
    axis,
    {
      hue,
      max,
      min,
      ahead,
      chart: view.chart,
      ...(limit !== undefined && { limit }),
      crossing: paintedCrossing(crossing, hue, rows >= TOLD_FROM),
    },
    look,
  )
  if (!look.boxed)
    for (const { x, segments } of labels) for (const { text, style } of segments) content.text(x, rows, text, style)
}
