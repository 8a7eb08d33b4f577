import type { TimeToLimit } from '../model/forecast.ts'
import type { ForecastSeries } from './batch.ts'
import type { Limit } from './time-to-limit.ts'

/**
 * When a series that was forecast as a list reaches a limit: its middle and the edges of its 95 % band, each where it first crosses.
 * `steady` where the middle does not within the list.
 */
export function crossingOf(
  { mean, lo95, hi95 }: ForecastSeries,
  { now, stepS }: { readonly now: number; readonly stepS: number },
  { threshold, direction }: Limit,
): TimeToLimit {
  const beyond = (value: number) => (direction === 'above' ? value >= threshold : value <= threshold)
  if (mean.length === 0) return { kind: 'unknown' }
  if (beyond(now)) return { kind: 'reached' }
  const [near, far] = direction === 'above' ? [hi95, lo95] : [lo95, hi95]
  const first = (values: readonly number[]) => {
    const step = values.findIndex(beyond)
    return step < 0 ? undefined : (step + 1) * stepS
  }
  const likely = first(mean)
  if (likely === undefined) return { kind: 'steady' }
  const latest = first(far)
  return {
    kind: 'heading',
    eta: { earliest: first(near) ?? likely, likely, ...(latest !== undefined && { latest }) },
  }
}
