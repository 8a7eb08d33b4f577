import type { Prediction } from '../model/forecast.ts'
import { createForecaster, type Forecaster, type ForecasterOptions, observe, predict } from './forecaster.ts'
import { boundedBy, joined, type Shape, shapeOf, shifted } from './shape.ts'
import { isCourse, REACH, widthOf } from './trend/courses.ts'
import { lineNow, nowOf } from './trend/line.ts'
import { createTrend, type Trend, trendMinute, trendSample } from './trend/trend.ts'

const MINUTE_MS = 60_000
const DAY_MINUTES = 1440
/** How far the fast horizon reaches, and where the slow one takes over. */
const FAST_MS = 300_000
/** How soon a trend that is believed decides, where nothing in the errors of the forecasters could speak for it yet. */
const TREND_MS = 120_000

/** Both horizons of one series: fast on its samples, to five minutes; slow on means of minutes, to a day. And where it is going besides. */
export interface SeriesForecaster {
  readonly fast: Forecaster
  readonly slow: Forecaster
  readonly trend: Trend
  readonly bounds: NonNullable<ForecasterOptions['bounds']>
  /** Times of the first and the last sample, and starts of the first and the last minute. */
  readonly samples: Span
  readonly minutes: Span
}

interface Span {
  firstMs: number
  lastMs: number
}

/** `everyMs`: how often the series is measured. */
export function createSeriesForecaster({
  everyMs,
  bounds = {},
}: {
  readonly everyMs: number
  readonly bounds?: ForecasterOptions['bounds']
}): SeriesForecaster {
  return {
    fast: createForecaster({ stepMs: everyMs, horizon: Math.max(1, Math.round(FAST_MS / everyMs)), bounds }),
    slow: createForecaster({ stepMs: MINUTE_MS, horizon: DAY_MINUTES, season: DAY_MINUTES, bounds }),
    trend: createTrend(),
    bounds,
    samples: { firstMs: Number.NaN, lastMs: Number.NaN },
    minutes: { firstMs: Number.NaN, lastMs: Number.NaN },
  }
}

/** A sample as measured. */
export function observeSample(state: SeriesForecaster, atMs: number, value: number): void {
  if (!Number.isFinite(value) || !Number.isFinite(atMs)) return
  observe(state.fast, atMs, value)
  trendSample(state.trend, atMs, value)
  extend(state.samples, atMs)
}

/** The mean of a whole minute. `atMs` is its start. Minutes from before the first sample come before it. */
export function observeMinute(state: SeriesForecaster, atMs: number, mean: number): void {
  if (!Number.isFinite(mean) || !Number.isFinite(atMs)) return
  observe(state.slow, atMs, mean)
  trendMinute(state.trend, atMs, mean)
  extend(state.minutes, atMs)
}

function extend(span: Span, atMs: number): void {
  if (!(atMs >= span.lastMs)) span.firstMs = atMs
  span.lastMs = atMs
}

/**
 * What is expected `aheadMs` after the last sample; undefined when that is further than anything can be said: than the series was seen, and
 * than its trend is believed. To five minutes the fast horizon speaks, beyond them the slow one, which starts where the fast one ends and
 * has its own way after some minutes; bands only widen. A trend that is believed draws both to its line.
 */
export function predictAhead(state: SeriesForecaster, aheadMs: number): Prediction | undefined {
  const { fast, slow, samples, minutes, trend, bounds } = state
  const quick = (ms: number) => shapeOf(predict(fast, ms / fast.options.stepMs))
  // The mean of a minute stands for its middle.
  const endMs = Number.isNaN(samples.lastMs) ? minutes.lastMs + MINUTE_MS : samples.lastMs
  const far = (ms: number) => shapeOf(predict(slow, (endMs + ms - minutes.lastMs) / MINUTE_MS - 0.5))
  const course = courseOf(trend)
  const knownMs = Math.max(samples.lastMs - samples.firstMs || 0, minutes.lastMs - minutes.firstMs || 0)
  if (aheadMs > Math.max(knownMs, course?.reachMs ?? 0)) return undefined
  const shape = shapeAt(aheadMs, quick, far)
  if (shape === undefined) return undefined
  return boundedBy(course === undefined ? shape : drawnTo(course, shape, aheadMs), bounds)
}

function shapeAt(
  aheadMs: number,
  quick: (ms: number) => Shape | undefined,
  far: (ms: number) => Shape | undefined,
): Shape | undefined {
  if (aheadMs <= FAST_MS) return quick(aheadMs) ?? far(aheadMs)
  const end = far(FAST_MS) && quick(FAST_MS)
  const beyond = far(aheadMs)
  if (end === undefined || beyond === undefined) return beyond ?? quick(aheadMs)
  return joined(end, far(FAST_MS) as Shape, beyond, (aheadMs - FAST_MS) / FAST_MS)
}

/** The line of the trend that is believed: where it is after so many milliseconds, and half its range. */
interface TrendLine {
  readonly reachMs: number
  at(aheadMs: number): { readonly mean: number; readonly half: number }
}

function courseOf(trend: Trend): TrendLine | undefined {
  const drift = trend.held?.drift
  if (drift === undefined || !isCourse(trend, drift)) return undefined
  const { base } = trend.blocks
  const start = base + lineNow(trend, drift, nowOf(trend) - base)
  return {
    reachMs: REACH * drift.spanMs,
    at: (aheadMs) => {
      const way = drift.rate * aheadMs
      return { mean: start + way, half: Math.abs(way) * widthOf(drift, aheadMs) }
    },
  }
}

/** Near the end it goes its own way, further on that of the line; beyond the reach of the line it keeps the distance. */
function drawnTo(line: TrendLine, shape: Shape, aheadMs: number): Shape {
  const reached = Math.min(aheadMs, line.reachMs)
  const { mean, half } = line.at(reached)
  const share = reached / (reached + TREND_MS)
  return shifted(shape, share * (mean - shape.mean), share * half)
}
