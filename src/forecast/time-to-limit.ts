import type { Eta, TimeToLimit } from '../model/forecast.ts'
import type { SeriesForecaster } from './series-forecaster.ts'
import { type Course, coursesOf, REACH } from './trend/courses.ts'
import { nowOf } from './trend/line.ts'
import { openTrend } from './trend/state.ts'

/** A limit, in the unit of the series, and the side of it that is wrong. */
export interface Limit {
  readonly threshold: number
  readonly direction: 'above' | 'below'
}

/** Samples before which nothing is said. */
const LEAST_SAMPLES = 30
/** This many times as far as a trend is believed, and it is no more than a wave, unless it was seen for a good part of all that is known. */
const DISTANT = 4

/** When the series reaches a limit. docs/forecast.md, "The time to a limit", has the reasoning. */
export function timeToLimit(of: Pick<SeriesForecaster, 'trend'>, limit: Limit): TimeToLimit {
  const trend = openTrend(of.trend)
  const now = nowOf(trend)
  const sign = limit.direction === 'above' ? 1 : -1
  if (Number.isNaN(now)) return { kind: 'unknown' }
  if (sign * now >= sign * limit.threshold) return { kind: 'reached' }
  if (trend.samples < LEAST_SAMPLES) return { kind: 'unknown' }
  const courses = coursesOf(trend, now, limit.threshold, sign)
  const course = courses.find(({ likelyMs, reachMs }) => likelyMs <= reachMs)
  if (course !== undefined) return { kind: 'heading', eta: etaOf(course) }
  const knownMs = trend.lastMs - trend.firstMs
  const soon = courses.some(
    ({ likelyMs, reachMs }) => likelyMs <= DISTANT * reachMs || DISTANT * reachMs >= REACH * knownMs,
  )
  return { kind: soon ? 'too soon' : 'steady' }
}

/** How fast it moves, in its unit an hour; undefined when it does not, or nothing is known. */
export function perHour({ trend }: Pick<SeriesForecaster, 'trend'>): number | undefined {
  const { held } = openTrend(trend)
  return held && held.drift.rate * 3_600_000
}

function etaOf({ likelyMs, width, reachMs, slackMs }: Course): Eta {
  const earliest = Math.max(0, likelyMs / (1 + width) - slackMs)
  const latest = width < 1 ? likelyMs / (1 - width) + slackMs : Number.POSITIVE_INFINITY
  return {
    earliest: earliest / 1000,
    likely: likelyMs / 1000,
    ...(latest <= 2 * reachMs && { latest: latest / 1000 }),
  }
}
