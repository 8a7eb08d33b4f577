import { baseOf } from './blocks.ts'
import type { Drift } from './drift.ts'
import { lineNow, peaksOf } from './line.ts'
import { SWING_LEVELS, type TrendState } from './state.ts'
import { countOf, type Swings, timeAt, valueAt } from './swings.ts'
import { type Envelope, isTooth, notedTeeth } from './teeth.ts'

/** A trend is believed to go on for this many times as long as it was seen. */
export const REACH = 25
/** Nothing is said beyond. */
const FAR_MS = 90 * 86_400_000
/** A trend that is seen mostly after a fall was not ended by it. */
const INSIDE = 0.75
/** Means of blocks that are nearly as long as a tooth drift with the beat of both: a rise has to be more than this share of a tooth. */
const BEAT = 0.1
/** Half-width of a 95 % range in standard errors, with the few degrees of freedom that 8 to 16 blocks leave. */
const WIDE = 2.3
/** Speeds change by themselves: the least half-width of a range, as a share of the time. */
const LEAST_WIDTH = 0.06

/** A line to the limit: milliseconds from now, and the relative half-width of the speed. */
export interface Course {
  readonly likelyMs: number
  readonly width: number
  readonly reachMs: number
  /** Half a tooth: a saw reaches its limit with a peak. */
  readonly slackMs: number
}

/** The lines that the trend takes to the limit, the nearest look first; none where it does not head there. `now`: the last value; `sign`: 1 where the limit is above. */
export function coursesOf(trend: TrendState, now: number, threshold: number, sign: 1 | -1): Course[] {
  const base = baseOf(trend.blocks)
  const limit = sign * (threshold - base)
  const courses: Course[] = []
  let finest = 0
  const { drift: nearest, longer, slowing } = trend.held ?? {}
  const settles = slowing !== undefined && slowing.rate * sign > 0 && levelsOff(slowing, sign, limit)
  for (const drift of [nearest, longer]) {
    if (drift === undefined || drift.rate * sign <= 0) continue
    const rate = drift.rate * sign
    const line = sign * lineNow(trend, drift, now - base)
    const { over, top } = peaksOf(trend, drift, sign, sign * (now - base))
    const rise = { value: Math.min(line, top), rate, limit, sinceMs: drift.atMs - INSIDE * drift.spanMs }
    const saw = trend.swings.findLastIndex(
      (swings, index) => reaches(index, drift.level) && isTooth(swings, sign, rise),
    )
    finest = Math.max(finest, saw)
    if (saw >= 0 || settles || rate * drift.spanMs < BEAT * deepestFall(trend, drift, sign)) continue
    const likelyMs = Math.max(0, limit - Math.min(line + over, top)) / rate
    if (likelyMs > FAR_MS) continue
    courses.push({ likelyMs, width: widthOf(drift, likelyMs), reachMs: REACH * drift.spanMs, slackMs: 0 })
  }
  if (courses.length > 0) return courses
  for (let index = trend.swings.length - 1; index >= finest; index--) {
    const envelope = teethAt(trend, index, sign)
    if (envelope === undefined || trend.lastMs - envelope.atMs > 2 * envelope.periodMs) continue
    const { rate, spanMs, atMs } = envelope
    const rise = { value: envelope.value, rate, limit, sinceMs: atMs - INSIDE * spanMs }
    if (trend.swings.some((swings, coarser) => coarser > index && isTooth(swings, sign, rise))) continue
    courses.push(...along(envelope, trend, limit))
  }
  return courses
}

/** The line of peaks that is believed in the turning points of a level. */
function teethAt({ swings, teeth }: TrendState, index: number, sign: number): Envelope | undefined {
  const { leastTeeth } = SWING_LEVELS[index] as (typeof SWING_LEVELS)[number]
  return notedTeeth(teeth, 2 * index + (sign > 0 ? 0 : 1), swings[index] as Swings, sign, leastTeeth)
}

/** The deepest fall between two turning points in the time looked at. */
function deepestFall({ swings, lastMs }: TrendState, { spanMs }: Drift, sign: number): number {
  let deepest = 0
  for (const points of swings) {
    for (let i = 1; i < countOf(points); i++) {
      if (lastMs - timeAt(points, i - 1) > spanMs) continue
      deepest = Math.max(deepest, sign * (valueAt(points, i - 1) - valueAt(points, i)))
    }
  }
  return deepest
}

/** Half-width of the 95 % range of the speed after `aheadMs`, as a share of it: the error of the slope, and what the path gathers besides. */
export function widthOf({ rate, error, wander }: Drift, aheadMs: number): number {
  return LEAST_WIDTH + (WIDE * Math.sqrt(error ** 2 + wander / Math.max(1, aheadMs))) / Math.abs(rate)
}

/** The trend that is believed is no tooth of a saw and does not slow down: it goes on, as far as can be seen. */
export function isCourse(trend: TrendState, { rate, value, atMs, spanMs, level }: Drift): boolean {
  const sign = Math.sign(rate)
  const rise = {
    value: sign * value,
    rate: Math.abs(rate),
    limit: Number.POSITIVE_INFINITY,
    sinceMs: atMs - INSIDE * spanMs,
  }
  if (trend.held?.slowing !== undefined) return false
  return !trend.swings.some((swings, index) => reaches(index, level) && isTooth(swings, sign, rise))
}

/** Turning points tell of trends seen in blocks as long as theirs, or in shorter ones. */
function reaches(index: number, level: number): boolean {
  const next = SWING_LEVELS[index + 1]
  return next === undefined || level < next.level
}

/** The geometric sum of moves that get smaller ends before the limit (Aitken's delta squared); the error of the bend counts against it. */
function levelsOff({ early, late, bend, value }: Drift, sign: number, limit: number): boolean {
  return value * sign + late ** 2 / Math.max(0, (early - late) * sign - bend) < limit
}

/** A saw reaches its limit with a peak: the first one that the line of peaks has beyond it. */
function along({ rate, error, value, atMs, spanMs, periodMs }: Envelope, trend: TrendState, limit: number): Course[] {
  const sinceMs = trend.lastMs - atMs
  const peaks = Math.max(Math.ceil(sinceMs / periodMs), Math.ceil((limit - value) / rate / periodMs))
  const likelyMs = peaks * periodMs - sinceMs
  if (likelyMs > FAR_MS) return []
  const width = (WIDE * error) / rate + LEAST_WIDTH
  return [{ likelyMs, width, reachMs: REACH * spanMs, slackMs: periodMs / 2 }]
}
