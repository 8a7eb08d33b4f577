import { createForecaster, observe, predictions } from './forecaster.ts'

/** A series as a list, and how far ahead it is asked for. */
export interface SeriesToForecast {
  /** Oldest first, one a step; NaN where there is none. */
  readonly values: readonly number[]
  /** Seconds between two values. */
  readonly stepS: number
  /** Steps after which things repeat; left out or below 2 when they do not. */
  readonly period?: number | undefined
  /** How many steps ahead. */
  readonly horizon: number
}

/** What is expected of the steps to come, the nearest first: the middle, and the ranges that hold 80 and 95 of 100 values. */
export interface ForecastSeries {
  readonly mean: number[]
  readonly lo80: number[]
  readonly hi80: number[]
  readonly lo95: number[]
  readonly hi95: number[]
}

/**
 * Streams the values through a forecaster of their own. A series that was never negative stays so. Where nothing can be said, from fewer than 30 values, the lists
 * are empty.
 */
export function forecastSeries({ values, stepS, period, horizon }: SeriesToForecast): ForecastSeries {
  const stepMs = stepS * 1000
  const positive = values.every((value) => !(value < 0))
  const state = createForecaster({
    stepMs,
    horizon,
    ...(period !== undefined && period > 1 && { season: period }),
    ...(positive && { bounds: { min: 0 } }),
  })
  values.forEach((value, step) => {
    observe(state, step * stepMs, value)
  })
  // The last values may be missing: steps are counted from the end of the list.
  const late = values.length - 1 - values.findLastIndex(Number.isFinite)
  const expected = predictions(state)
  const out: ForecastSeries = { mean: [], lo80: [], hi80: [], lo95: [], hi95: [] }
  for (let step = 1; step <= horizon; step++) {
    const ahead = expected(late + step)
    if (ahead === undefined) break
    out.mean.push(ahead.mean)
    out.lo80.push(ahead.low80)
    out.hi80.push(ahead.high80)
    out.lo95.push(ahead.low95)
    out.hi95.push(ahead.high95)
  }
  return out
}
