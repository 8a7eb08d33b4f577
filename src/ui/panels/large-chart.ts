import type { SeriesView } from '../../model/frame.ts'
import { drawFrame } from '../paint/frame.ts'
import type { Look } from '../paint/look.ts'
import { niceTop } from '../paint/scale.ts'
import type { Segment } from '../paint/segments.ts'
import { maximum } from '../paint/sparkline.ts'
import { history, timeAxis, timeChart, timeLabels, valueAxis } from '../paint/timechart.ts'
import type { Surface } from '../screen/surface.ts'
import type { Hue } from '../theme/tokens.ts'
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
  /** A value as its axis label, such as `50 %`. */
  readonly label: (value: number) => string
}

const GUTTER = 10
/** Rows between two labels of the value axis. */
const LABEL_ROWS = 4

/** The upper part of a full view: one series as a large chart with axes and units. */
export function largeChart(surface: Surface, chart: LargeChart, look: Look, view: PanelView, focused: boolean): void {
  const inner = surface.columns - (look.boxed ? 4 : 2)
  const columns = Math.max(4, inner - GUTTER)
  const axis = timeAxis(columns, view.spanMs, chart.wallMs)
  const values = history(chart.metrics, chart.series, axis)
  const max = chart.max ?? niceTop(maximum(values, chart.least))
  const labels = timeLabels(axis, GUTTER, columns, view.paused, look)
  const { content } = drawFrame(surface, look, {
    key: chart.key,
    title: chart.title,
    hue: chart.hue,
    focused,
    ...(chart.note && { note: chart.note }),
    headlines: [chart.headline],
    axis: labels,
  })
  // Without a box there is no bottom border: the time axis takes a row.
  const rows = content.rows - (look.boxed ? 0 : 1)
  if (rows < 1) return
  const steps = Math.max(1, Math.min(4, Math.floor(rows / LABEL_ROWS)))
  const marks = Array.from({ length: steps + 1 }, (_, step) => ({
    at: step / steps,
    text: chart.label((max * step) / steps),
  }))
  const limited =
    chart.limit !== undefined && chart.limit < max
      ? [{ at: chart.limit / max, text: chart.label(chart.limit), limit: true }]
      : []
  valueAxis(content, rows, GUTTER - 1, [...limited, ...marks])
  timeChart(
    content.area(GUTTER, 0, columns, rows),
    values,
    axis,
    { hue: chart.hue, max, chart: view.chart, ...(chart.limit !== undefined && { limit: chart.limit }) },
    look,
  )
  if (!look.boxed)
    for (const { x, segments } of labels) for (const { text, style } of segments) content.text(x, rows, text, style)
}
