import type { Frame, SeriesView } from '../../model/frame.ts'
import { seriesKey } from '../../model/series.ts'

/** What the CPU panel needs of a frame. */
export interface CpuData {
  readonly metrics: SeriesView
  readonly tick: number
  readonly wallMs: number
  readonly fresh: string
  readonly severity: string
}

/** Busy ratios of all cores, in order of their number. */
export function coreRatios(metrics: SeriesView): number[] {
  const count = metrics.keys('core_used_ratio').length
  return Array.from(
    { length: count },
    (_, core) => metrics.value(seriesKey('core_used_ratio', { cpu: String(core) })) ?? Number.NaN,
  )
}

/** The severity of the alert on a metric; empty where there is none. */
export function severityOf(frame: Frame, name: string): string {
  const alert = frame.alerts.find((candidate) => candidate.state === 'firing' && candidate.series.startsWith(name))
  return alert?.severity ?? ''
}
