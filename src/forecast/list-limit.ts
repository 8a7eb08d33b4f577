import type { TimeToLimit } from '../model/forecast.ts'
import type { ForecastSeries } from './batch.ts'
import { crossingOf } from './crossing.ts'
import { type Limit, timeToLimit } from './time-to-limit.ts'
import { createTrend } from './trend/state.ts'
import { trendSample } from './trend/trend.ts'

/** A trend looks at times from seconds to days. Values further apart, of whatever years, are told to it as if they were so far apart. */
const TREND_STEP_MS = 5000

export interface ListLimit {
  /** Oldest first, one a step, NaN in a gap; the last one is known. */
  readonly values: readonly number[]
  readonly stepMs: number
  /** What is expected of the steps to come. */
  readonly ahead: ForecastSeries
}

/**
 * When a series that is known as a list reaches a limit. What its trend says comes first, as for every other series; where that heads
 * nowhere, what is expected may cross the limit all the same, with the time of day for instance.
 */
export function listTimeToLimit({ values, stepMs, ahead }: ListLimit, limit: Limit): TimeToLimit {
  const scale = Math.max(1, stepMs / TREND_STEP_MS)
  const trend = createTrend()
  for (const [step, value] of values.entries()) trendSample(trend, (step * stepMs) / scale, value)
  const time = timeToLimit({ trend }, limit)
  if (time.kind === 'heading') {
    const { earliest, likely, latest } = time.eta
    const eta = {
      earliest: earliest * scale,
      likely: likely * scale,
      ...(latest !== undefined && { latest: latest * scale }),
    }
    return { kind: 'heading', eta }
  }
  if (time.kind === 'reached' || time.kind === 'unknown') return time
  const crossing = crossingOf(ahead, { now: values.at(-1) as number, stepS: stepMs / 1000 }, limit)
  return crossing.kind === 'heading' ? crossing : time
}
