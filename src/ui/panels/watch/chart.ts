import type { Ahead } from '../../../model/forecast.ts'
import type { Look } from '../../paint/look.ts'
import type { Segment } from '../../paint/segments.ts'
import type { TimeAxis } from '../../paint/time-axis.ts'
import { future } from '../../paint/timechart.ts'
import type { Surface } from '../../screen/surface.ts'
import { type PageChart, paintPageChart } from '../page-chart.ts'
import type { PanelView } from '../panel.ts'
import { processKey, processValue, processWindow, type WatchData } from './data.ts'

/** A panel that is a chart of one series of the watched process, and a line of figures below it. */
export interface WatchChart
  extends Pick<
    PageChart,
    'key' | 'title' | 'hue' | 'note' | 'headlines' | 'top' | 'limit' | 'crossing' | 'label' | 'sentence'
  > {
  /** Behind `process_`. */
  readonly series: string
  readonly figures: readonly (readonly Segment[])[]
}

/** What is expected of one of its series while it runs: of who is gone nothing is. */
function processAhead({ watched, metrics }: WatchData, what: string, axis: TimeAxis): Ahead | undefined {
  return watched?.state === 'running' ? future(metrics, processKey(watched, what), axis) : undefined
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
      ahead: (axis) => processAhead(data, series, axis),
    },
    data.wallMs,
    look,
    view,
  )
}
