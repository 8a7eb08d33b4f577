import { hertz } from '../../lib/units.ts'
import type { Frame, SeriesView } from '../../model/frame.ts'
import { seriesKey } from '../../model/series.ts'
import { type Segment, segment } from '../paint/segments.ts'
import { style } from '../screen/style.ts'
import type { Sight } from '../sight.ts'

const DIM = style('dim')
const TEXT = style('text')

/** What the CPU panel needs of a frame. */
export interface CpuData {
  readonly series: Sight
  readonly fresh: string
  readonly severity: string
  /** Severity of the alert on its heat. */
  readonly heat: string
  /** Cores that a container's quota comes to: what 100 % is. */
  readonly quotaCores: number | undefined
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
export function severityOf({ alerts }: Pick<Frame, 'alerts'>, name: string): string {
  const alert = alerts.find((candidate) => candidate.state === 'firing' && candidate.series.startsWith(name))
  return alert?.severity ?? ''
}

/** `3.4 of 4.2 GHz`, without the second where it is not told; empty where nothing is. */
export function frequencySegments(metrics: SeriesView): Segment[] {
  const now = metrics.value('cpu_frequency_hertz')
  if (now === undefined) return []
  const { figure, unit } = hertz(now)
  const most = metrics.value('cpu_frequency_limit_hertz')
  if (most === undefined) return [segment(figure, TEXT), segment(` ${unit}`, DIM)]
  const limit = hertz(most)
  const of = limit.unit === unit ? figure : `${figure} ${unit}`
  return [segment(of, TEXT), segment(` of ${limit.figure} ${limit.unit}`, DIM)]
}

/** Whether heat held back a core in the last second. */
export function isThrottled(metrics: SeriesView): boolean {
  return (metrics.value('cpu_throttled_per_second') ?? 0) > 0
}
