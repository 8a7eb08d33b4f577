import type { Prediction } from '../model/forecast.ts'
import { timesOf } from './bank/state.ts'
import { type Bounds, createForecaster, type Forecaster, forecasterBytes, observe, predictions } from './forecaster.ts'
import { boundedBy, joined, type Shape, shapeOf, shifted } from './shape.ts'
import { baseOf } from './trend/blocks.ts'
import { isCourse, REACH, widthOf } from './trend/courses.ts'
import { lineNow, nowOf } from './trend/line.ts'
import { createTrend, openTrend, TREND_BYTES, type Trend, type TrendState } from './trend/state.ts'
import { trendMinute, trendSample } from './trend/trend.ts'

/*
 * How this folder fits together. A series is fed here, sample by sample and minute by minute, and the same numbers go two ways:
 *
 *   forecaster.ts, bank/   what the next values will be: a bank of simple models that are weighed by their past errors, with bands. Twice:
 *                          `fast` on the samples, to five minutes; `slow` on means of minutes, to a day
 *   trend/                 where it is going: evidence for a trend that would carry it to a limit. time-to-limit.ts asks it
 *
 * `predictionsAhead` joins both horizons (shape.ts) and draws them to the trend that is believed. batch.ts, grid.ts, crossing.ts and list-limit.ts
 * do the same for series that are known as lists. docs/forecast.md has the mathematics.
 */

const MINUTE_MS = 60_000
const DAY_MINUTES = 1440
/** How far the fast horizon reaches, and where the slow one takes over. */
const FAST_MS = 300_000
/** How soon a trend that is believed decides, where nothing in the errors of the forecasters could speak for it yet. */
const TREND_MS = 120_000

/**
 * What is known of one series. All numbers of it lie in one buffer: in V8 a typed array takes a hundred bytes and its buffer as many
 * besides what is in them.
 */
export interface SeriesForecaster {
  readonly fast: Forecaster
  readonly slow: Forecaster
  readonly trend: Trend
}

/** `everyMs`: how often the series is measured. */
export function createSeriesForecaster({
  everyMs,
  bounds,
}: {
  readonly everyMs: number
  readonly bounds?: Bounds
}): SeriesForecaster {
  const within = bounds && { bounds }
  const fast = { stepMs: everyMs, horizon: Math.max(1, Math.round(FAST_MS / everyMs)), ...within }
  const slow = { stepMs: MINUTE_MS, horizon: DAY_MINUTES, season: DAY_MINUTES, ...within }
  const slowAt = forecasterBytes(fast)
  const trendAt = slowAt + forecasterBytes(slow)
  const buffer = new ArrayBuffer(trendAt + TREND_BYTES)
  return {
    fast: createForecaster(fast, buffer, 0),
    slow: createForecaster(slow, buffer, slowAt),
    trend: createTrend(buffer, trendAt),
  }
}

/** A sample as measured. */
export function observeSample(state: SeriesForecaster, atMs: number, value: number): void {
  if (!Number.isFinite(value) || !Number.isFinite(atMs)) return
  observe(state.fast, atMs, value)
  trendSample(state.trend, atMs, value)
}

/** The mean of a whole minute. `atMs` is its start. Minutes from before the first sample come before it. */
export function observeMinute(state: SeriesForecaster, atMs: number, mean: number): void {
  if (!Number.isFinite(mean) || !Number.isFinite(atMs)) return
  observe(state.slow, atMs, mean)
  trendMinute(state.trend, atMs, mean)
}

/** A minute for the trend alone, and so for the times to limits; it costs a fifth. To be called instead of `observeMinute`, in its order. */
export function observeTrendMinute(state: SeriesForecaster, atMs: number, mean: number): void {
  trendMinute(state.trend, atMs, mean)
}

/** What is expected so many milliseconds after the last sample. */
export type ExpectedAhead = (aheadMs: number) => Prediction | undefined

/**
 * What is expected after the last sample, to be asked for many moments; it holds until the next sample. Undefined further than anything can
 * be said: than the series was seen, and than its trend is believed. To five minutes the fast horizon speaks, beyond them the slow one, which
 * starts where the fast one ends and has its own way after some minutes; bands only widen. A trend that is believed draws both to its line.
 */
export function predictionsAhead({ fast, slow, trend }: SeriesForecaster): ExpectedAhead {
  const [samples, minutes] = [timesOf(fast), timesOf(slow)]
  const [soon, later] = [predictions(fast), predictions(slow)]
  const quick = (ms: number) => shapeOf(soon(ms / fast.plan.stepMs))
  // The mean of a minute stands for its middle.
  const endMs = Number.isNaN(samples.lastMs) ? minutes.lastMs + MINUTE_MS : samples.lastMs
  const far = (ms: number) => shapeOf(later((endMs + ms - minutes.lastMs) / MINUTE_MS - 0.5))
  const course = courseOf(openTrend(trend))
  const knownMs = Math.max(samples.lastMs - samples.firstMs || 0, minutes.lastMs - minutes.firstMs || 0)
  return (aheadMs) => {
    if (aheadMs > Math.max(knownMs, course?.reachMs ?? 0)) return undefined
    const shape = shapeAt(aheadMs, quick, far)
    if (shape === undefined) return undefined
    return boundedBy(course === undefined ? shape : drawnTo(course, shape, aheadMs), fast.bounds)
  }
}

/** What is expected at one moment: as `predictionsAhead`, which is for many. */
export function predictAhead(state: SeriesForecaster, aheadMs: number): Prediction | undefined {
  return predictionsAhead(state)(aheadMs)
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

function courseOf(trend: TrendState): TrendLine | undefined {
  const drift = trend.held?.drift
  if (drift === undefined || !isCourse(trend, drift)) return undefined
  const base = baseOf(trend.blocks)
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
