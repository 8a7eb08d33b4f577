import type { Blocks } from './blocks.ts'
import { type Drift, driftOf, SPANS } from './drift.ts'
import { type Habits, unheardOf, wasAsSlow, wasNeverSo } from './habits.ts'

/** What is believed already needs this share of the evidence. */
const STAY = 0.6
/** A longer look needs all of it: one this many times as long as what is believed. */
const LONGER = 1.5
/** The longest time that is known need be no news, if it is this long: there is nothing to set it against. */
const LEAST_MS = 160_000
/** Least share of the faster of both moves, early and late, that the slower one has: in a trend, and in a straight line. */
const TREND = 0.25
const STRAIGHT = 0.7
/** A rate that differs by no more than this share is the same one. */
const SAME = 0.3
/** It has come to a halt where it has no more than this share of its rate left. */
const HALTED = 0.5
/** Share of the wander that counts against a halt: the halt itself is a part of it, once it lies in the longer look. */
const SWAY = 1 / 3
/** A move this much smaller than the one before may be the end of it; and where it was taken for its end before. */
const SLOWER = 0.75
const STILL_SLOWER = 0.9

/** A trend that is believed: as seen in the shortest time that tells something new, and in a longer one that agrees in direction. */
export interface Held {
  readonly drift: Drift
  readonly longer: Drift | undefined
  /** A longer look at it that has it slow down. */
  readonly slowing: Drift | undefined
}

/** What the levels looked at so far say. */
export interface Look {
  readonly found: Drift | undefined
  readonly longer: Drift | undefined
  readonly slowing: Drift | undefined
  /** Nothing longer was known. */
  readonly longest: boolean
}

export const NOTHING: Look = { found: undefined, longer: undefined, slowing: undefined, longest: true }

/** What is looked at, and what is believed of it. */
interface Seen {
  readonly blocks: Blocks
  readonly habits: Habits
  readonly lately: Habits
  readonly held: Held | undefined
}

/**
 * Goes on from what longer levels say to the shorter ones, from `from` down to `to`, from the longest time looked at to the shortest. A
 * shorter one is heard when it says something else than the longer one, and something that this series does not use to do: else it is its
 * noise, a tooth of its saw or one of its bursts.
 */
export function lookAt(seen: Seen, { found, longer, slowing, longest }: Look, from: number, to: number): Look {
  const { blocks, habits, held } = seen
  for (let level = from; level >= to; level--) {
    for (const [count, t] of SPANS) {
      const drift = driftOf(blocks, level, count)
      if (drift === undefined) continue
      const told = isTrend(drift, stays(drift, held) ? STAY * t : t)
      if (found === undefined && slowing === undefined && slowsDown(seen, drift, count)) slowing = drift
      const news = unheardOf(habits, drift)
      if (found === undefined) {
        if (told && (longest || news)) found = drift
        if (drift.spanMs >= LEAST_MS) longest = false
        continue
      }
      const along = drift.rate * found.rate > 0
      if (told && setsOut(found) && isStraight(drift) && drift.spanMs >= found.spanMs / 4) {
        if (along) found = drift
      } else if (news && told && !agree(drift, found, found.wander)) {
        longer = along ? found : undefined
        found = drift
      } else if (halts(seen, drift, found, news)) {
        found = undefined
        longer = undefined
      }
    }
  }
  return { found, longer, slowing, longest }
}

function stays({ rate, spanMs }: Drift, held: Held | undefined): boolean {
  return held !== undefined && rate * held.drift.rate > 0 && spanMs <= LONGER * held.drift.spanMs
}

/** The shorter look differs by no more than chance, and than a path with such a wander sways in that time, or by too little to matter. */
function agree(shorter: Drift, longer: Drift, wander: number): boolean {
  const sway = Math.sqrt(shorter.error ** 2 + longer.error ** 2 + wander / shorter.spanMs)
  return Math.abs(shorter.rate - longer.rate) <= Math.max(3 * sway, SAME * Math.abs(longer.rate))
}

/** The shorter look has it come to a halt, as it never did; since it began at least, where it is known how it went since then. */
function halts({ lately }: Seen, shorter: Drift, longer: Drift, news: boolean): boolean {
  if (shorter.rate * Math.sign(longer.rate) >= HALTED * Math.abs(longer.rate)) return false
  if (wasNeverSo(lately, shorter)) return !agree(shorter, longer, SWAY * longer.wander)
  return news && !agree(shorter, longer, longer.wander)
}

/** Its slope is beyond chance, and all of its parts rise: a step has one that does not. */
function isTrend({ rate, error, early, late }: Drift, t: number): boolean {
  if (rate === 0 || Math.abs(rate) <= t * error) return false
  return evenness(rate, early, late) >= TREND
}

/** It moves as fast early as late: it does not set out, turn or settle in the time looked at. */
function isStraight({ rate, early, late }: Drift): boolean {
  return evenness(rate, early, late) >= STRAIGHT
}

/** Its moves get smaller, beyond chance, and go on doing so to its end: a step with a rise behind it does not. */
function slowsDown({ blocks, habits, held }: Seen, drift: Drift, count: number): boolean {
  const already = held?.slowing !== undefined
  const { level, rate, error, early, late, bend, spanMs } = drift
  const sign = Math.sign(rate)
  if (level === 0 || Math.abs(rate) < 2.5 * error) return false
  if (late * sign <= 0 || (early - late) * sign < (already ? 1 : 2) * bend) return false
  if (late * sign > (already ? STILL_SLOWER : SLOWER) * early * sign) return false
  const end = driftOf(blocks, level - 1, count)
  if (end === undefined || (!already && wasAsSlow(habits, end, sign))) return false
  return end.rate * sign < ((late * sign * 3) / spanMs) * Math.sqrt(late / early)
}

/** It moves faster late than early. */
function setsOut(drift: Drift): boolean {
  return !isStraight(drift) && Math.abs(drift.late) > Math.abs(drift.early)
}

function evenness(rate: number, early: number, late: number): number {
  const sign = Math.sign(rate)
  return Math.min(early * sign, late * sign) / Math.max(early * sign, late * sign)
}
