import { clockTime, moment, span } from '../lib/units.ts'
import type { Prediction } from '../model/forecast.ts'

const S = 1000
const MIN = 60 * S
const H = 60 * MIN
const D = 24 * H

/** Times people ask about. */
const HORIZONS: readonly number[] = [
  ...[1, 5, 10, 30].map((n) => n * S),
  ...[1, 2, 5, 15, 30].map((n) => n * MIN),
  ...[1, 2, 4, 8, 12].map((n) => n * H),
  ...[1, 2, 4, 7, 14, 30].map((n) => n * D),
]
/** Steps of what is printed to programs and plotted. */
const STEPS: readonly number[] = [
  ...[1, 2, 5, 10, 15, 30].map((n) => n * S),
  ...[1, 2, 5, 10, 15, 30].map((n) => n * MIN),
  ...[1, 2, 6, 12].map((n) => n * H),
  D,
]
const MOST_ROWS = 8
/** Less than so many times apart two moments say the same. */
const NEAR = 3
const MOST_STEPS = 300

export interface HorizonRow {
  readonly aheadMs: number
  readonly prediction: Prediction
}

interface Steps {
  /** A step apart, the nearest first. */
  readonly ahead: readonly Prediction[]
  readonly stepMs: number
  readonly horizonMs: number
}

/** Some moments up to a horizon, the horizon last: the farthest of those people ask about, each that a step of its own tells of. */
export function horizonRows({ ahead, stepMs, horizonMs }: Steps): HorizonRow[] {
  const farMs = Math.min(horizonMs, ahead.length * stepMs)
  const whole = HORIZONS.filter((ms) => ms >= stepMs && ms < farMs * 0.8).slice(1 - MOST_ROWS)
  const steps = new Set([...whole, farMs].map((ms) => Math.max(1, Math.round(ms / stepMs))))
  return [...steps].flatMap((step) => {
    const prediction = ahead[step - 1]
    return prediction === undefined ? [] : [{ aheadMs: step * stepMs, prediction }]
  })
}

/** The step for a horizon: that of the samples, or a round one so long that there are no more than 300. */
export function stepFor(horizonMs: number, sampleMs: number): number {
  const least = horizonMs / MOST_STEPS
  if (least <= sampleMs) return sampleMs
  return STEPS.find((step) => step >= least && step % sampleMs === 0) ?? Math.ceil(least / sampleMs) * sampleMs
}

/** A moment well before a horizon, of those people ask about. */
export function nearHorizon(horizonMs: number): number | undefined {
  return HORIZONS.findLast((ms) => ms <= horizonMs / NEAR)
}

/** A span to come: `500 ms`, `90 s`, `5 min`, `4 h`. */
export function spanOf(ms: number): string {
  if (ms < S) return `${Math.round(ms)} ms`
  return ms < 2 * MIN && ms % MIN !== 0 ? `${Math.round(ms / S)} s` : span(ms / S)
}

/** A moment to come as its clock: with seconds while they matter. */
export function momentText(wallMs: number, nowMs: number): string {
  const text = moment(wallMs, nowMs)
  return wallMs - nowMs < 10 * MIN && /^\d\d:\d\d$/.test(text) ? clockTime(wallMs) : text
}
