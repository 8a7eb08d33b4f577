import { countOf, type Swings, timeAt, valueAt } from './swings.ts'

/** A rise that was taken back before says that this one may be, until it has gone this much further. */
const BEYOND = 1.1
/** A rise this many times as fast as any before is none of those. */
const FASTER = 2.5
/** Share of a rise that has to be taken back for it to have ended. */
const ENDED = 0.5

/** A series as one that rises towards `limit`, whatever it does. Values less the base. */
export interface Rise {
  readonly value: number
  /** A millisecond. */
  readonly rate: number
  readonly limit: number
  /** Since when it is seen; what fell after that did not end it. */
  readonly sinceMs: number
}

/** The turning point as seen by somebody to whom up is where the limit lies. */
function at(swings: Swings, index: number, sign: number): number {
  return sign * valueAt(swings, index)
}

/** It rose as far and as fast before, and it was taken back: it belongs to a saw, and its teeth stay below the limit. */
export function isTooth(swings: Swings, sign: number, { value, rate, limit, sinceMs }: Rise): boolean {
  for (let peak = 0; peak < countOf(swings) - 1; peak++) {
    if (!isPeak(swings, peak, sign)) continue
    const top = at(swings, peak, sign)
    let bottom = Number.POSITIVE_INFINITY
    for (let valley = peak + 1; valley < countOf(swings); valley++) {
      if (timeAt(swings, valley) > sinceMs) break
      bottom = Math.min(bottom, at(swings, valley, sign))
    }
    const risen = peak === 0 ? Number.NaN : top - at(swings, peak - 1, sign)
    const fallen = top - bottom
    if (fallen <= 0 || fallen < ENDED * risen) continue
    const size = peak === 0 ? fallen : Math.max(risen, fallen)
    if (value - bottom > BEYOND * size || Math.max(bottom + BEYOND * size, top) >= limit) continue
    const took = peak === 0 ? 0 : timeAt(swings, peak) - timeAt(swings, peak - 1)
    if (took > 0 && rate * took > FASTER * risen) continue
    return true
  }
  return false
}

function isPeak(swings: Swings, index: number, sign: number): boolean {
  const value = at(swings, index, sign)
  return (index === 0 || value > at(swings, index - 1, sign)) && value > at(swings, index + 1, sign)
}

/** The line through the peaks of a saw whose floor rises as well. Values less the base, times in milliseconds. */
export interface Envelope {
  readonly rate: number
  readonly error: number
  /** The line of the peaks at `atMs`, the last one's time. */
  readonly value: number
  readonly atMs: number
  /** From the first peak to the last one. */
  readonly spanMs: number
  /** From one peak to the next. */
  readonly periodMs: number
}

/** 99.95 % quantiles of Student's t for 3, 5, 7 and 9 degrees of freedom: 3, 4, 5 and 6 teeth. */
const T = [12.92, 6.87, 5.41, 4.78]
const LEAST_TEETH = 3
/** Teeth are alike: their ends lie this near to the lines, in heights of a tooth, and their distances vary no more than this. */
const ALIKE = 0.2
const REGULAR = 0.35
/** What was taken for teeth already may be that much less so. */
const STAY = 1.7

/**
 * Two parallel lines, one through the large peaks and one through the valleys between them (analysis of covariance): undefined with fewer
 * than `least` of each, where their common slope may be chance, and where they are no teeth but ups and downs of any kind. `already`: it was one before, and little doubt does not end it.
 */
export function envelopeOf(swings: Swings, sign: number, least: number, already = false): Envelope | undefined {
  const pairs = teethOf(swings, sign)
  if (pairs.length < (already ? LEAST_TEETH : least)) return undefined
  const slack = already ? STAY : 1
  const mean = (of: (pair: number) => number) => pairs.reduce((sum, pair) => sum + of(pair), 0) / pairs.length
  const time = (index: number) => timeAt(swings, index)
  const [topT, lowT] = [mean(time), mean((peak) => time(peak + 1))]
  const [top, low] = [mean((peak) => at(swings, peak, sign)), mean((peak) => at(swings, peak + 1, sign))]
  let xx = 0
  let xy = 0
  let yy = 0
  for (const peak of pairs) {
    for (const [t, v] of [
      [time(peak) - topT, at(swings, peak, sign) - top],
      [time(peak + 1) - lowT, at(swings, peak + 1, sign) - low],
    ] as const) {
      xx += t * t
      xy += t * v
      yy += v * v
    }
  }
  const rate = xy / xx
  const freedom = 2 * pairs.length - 3
  const scatter = Math.sqrt(Math.max(0, yy - rate * xy) / freedom)
  const error = scatter / Math.sqrt(xx)
  if (!(rate * slack > (T[Math.min(T.length, pairs.length - LEAST_TEETH + 1) - 1] as number) * error)) return undefined
  if (scatter > slack * ALIKE * (top - low)) return undefined
  const [first, last] = [pairs[0] as number, pairs.at(-1) as number]
  const spanMs = time(last) - time(first)
  const periodMs = spanMs / (pairs.length - 1)
  const uneven = pairs.slice(1).some((peak, i) => {
    const distance = time(peak) - time(pairs[i] as number)
    return Math.abs(distance - periodMs) > slack * REGULAR * periodMs
  })
  if (uneven) return undefined
  return {
    rate,
    error,
    value: top + rate * (time(last) - topT),
    atMs: time(last),
    spanMs,
    periodMs,
  }
}

/** Whether teeth are believed in: not, for the first time, or as they were before, when a little doubt does not end it. */
const BELIEF = { none: 0, first: 1, again: 2 } as const

/** Notes, at `place`, whether there are teeth in turning points that have changed. */
export function noteTeeth(beliefs: Uint8Array, place: number, swings: Swings, sign: number, least: number): void {
  const already = beliefs[place] !== BELIEF.none
  const envelope = envelopeOf(swings, sign, least, already)
  beliefs[place] = envelope === undefined ? BELIEF.none : already ? BELIEF.again : BELIEF.first
}

/** The line that was found when they were noted: of the same turning points, so it need not be kept. */
export function notedTeeth(
  beliefs: Uint8Array,
  place: number,
  swings: Swings,
  sign: number,
  least: number,
): Envelope | undefined {
  const belief = beliefs[place]
  return belief === BELIEF.none ? undefined : envelopeOf(swings, sign, least, belief === BELIEF.again)
}

/** Peaks that fell at least half as far as the one that fell most, each with a valley right after it. */
function teethOf(swings: Swings, sign: number): number[] {
  const peaks: number[] = []
  let most = 0
  // The valley of the last peak is one only when the series has left it.
  for (let i = 0; i < countOf(swings) - 2; i++) {
    if (!isPeak(swings, i, sign)) continue
    peaks.push(i)
    most = Math.max(most, at(swings, i, sign) - at(swings, i + 1, sign))
  }
  return peaks.filter((i) => at(swings, i, sign) - at(swings, i + 1, sign) >= ENDED * most)
}
