import type { Look } from '../../paint/look.ts'
import type { Segment } from '../../paint/segments.ts'
import type { Surface } from '../../screen/surface.ts'
import { type PageChart, paintPageChart } from '../page-chart.ts'
import type { PanelView } from '../panel.ts'
import { processValue, processWindow, type WatchData } from './data.ts'

/** A panel that is a chart of one series of the watched process, and a line of figures below it. */
export interface WatchChart
  extends Pick<PageChart, 'key' | 'title' | 'hue' | 'note' | 'headlines' | 'top' | 'limit' | 'label' | 'sentence'> {
  /** Behind `process_`. */
  readonly series: string
  readonly figures: readonly (readonly Segment[])[]
}

/** The chart of a series in its place, or over a whole screen. */
export function paintChart(surface: Surface, chart: WatchChart, data: WatchData, look: Look, view: PanelView): void {
  const { series } = chart
  paintPageChart(
    surface,
    {
      ...chart,
      now: processValue(data, series),
      values: ({ stepMs, nowColumn }) =>
        processWindow(data, series, { endMs: data.wallMs, stepMs, count: nowColumn * 2, by: 'mean' }),
    },
    data.wallMs,
    look,
    view,
  )
}
