import { BLOCK_MS, type Blocks, blockAt, closedMs } from './blocks.ts'
import type { Drift } from './drift.ts'
import { usualReach } from './spread.ts'
import type { TrendState } from './state.ts'
import { countOf, timeAt, valueAt } from './swings.ts'

/** Deviations about a line that are usual. */
const USUAL = 1
/** Share of the time looked at in which a peak is one of late. */
const OF_LATE = 0.25
/** How old the newest of both is, on the average. */
const LATE_MS = 7500

/** The median of the last three values: one that stands alone is not where the series is. NaN before the first. */
export function nowOf({ recent }: Pick<TrendState, 'recent'>): number {
  const [a, b, c] = recent
  if (Number.isNaN(a)) return c
  return Math.max(Math.min(a, b), Math.min(Math.max(a, b), c))
}

/**
 * Where the line is now. Blocks of hours end long ago: what the shorter ones after them say counts as far as it lies outside of the usual
 * scatter about the line. `now`: the last value; both less the base.
 */
export function lineNow(
  { blocks, lastMs }: Pick<TrendState, 'blocks' | 'lastMs'>,
  { level, rate, value, atMs, scatter }: Drift,
  now: number,
): number {
  const line = value + rate * (lastMs - atMs)
  const off = (level === 0 ? now : latestOf(blocks, level - 1, rate, lastMs)) - line
  if (!(Math.abs(off) > USUAL * scatter)) return line
  return line + Math.sign(off) * (Math.abs(off) - USUAL * scatter)
}

/** The mean of the last blocks of a level, as many as one of the next level holds, moved on to `lastMs` at `rate`. */
function latestOf(blocks: Blocks, level: number, rate: number, lastMs: number): number {
  const length = BLOCK_MS[level] as number
  const count = (BLOCK_MS[level + 1] as number) / length
  let sum = 0
  for (let back = 0; back < count; back++) sum += blockAt(blocks, level, back)
  return sum / count + rate * (lastMs - closedMs(blocks, level) + (count * length) / 2)
}

/** How far the series reaches beyond its line: a limit is reached by the first peak, not by the mean. And how far it got of late. Upwards where `sign` says, less the base. */
export function peaksOf(
  { swings, spread, lastMs }: Pick<TrendState, 'swings' | 'spread' | 'lastMs'>,
  drift: Drift,
  sign: number,
  now: number,
): { readonly over: number; readonly top: number } {
  // In a minute the line itself moves as well; half of that is no peak.
  const usual = Math.max(0, usualReach(spread, sign) - Math.abs(drift.rate) * 30_000)
  let over = usual
  let top = now
  for (const points of swings) {
    let first = 0
    let second = 0
    for (let i = 0; i < countOf(points); i++) {
      const atMs = timeAt(points, i)
      if (lastMs - atMs > drift.spanMs) continue
      const value = sign * valueAt(points, i)
      if (lastMs - atMs < OF_LATE * drift.spanMs) top = Math.max(top, value)
      const beyond = value - sign * (drift.value + drift.rate * (atMs - drift.atMs))
      if (beyond > first) {
        second = first
        first = beyond
      } else if (beyond > second) second = beyond
    }
    over = Math.max(over, second)
  }
  // A median of three and a block that is closed are a little late.
  return { over, top: top + usual + sign * drift.rate * LATE_MS }
}
