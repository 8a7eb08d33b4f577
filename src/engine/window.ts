import type { Ring } from '../lib/ring.ts'
import type { WindowRequest } from '../model/frame.ts'
import { fillRecent } from './restore/recent.ts'
import type { MinuteRings, Series } from './series.ts'
import { STALE_INTERVALS } from './stale.ts'
import type { Store } from './store.ts'

const MINUTE_MS = 60_000

/** How far a view may read. */
export interface Extent {
  /** Slots below this index. */
  readonly slots: number
  /** Minutes from this index on: what was recorded by an earlier run may be read later than the view was made. */
  readonly firstMinute: number
  /** Minutes below this index. */
  readonly minutes: number
}

/** All there is now. */
export function extentOf({ walls, minuteWalls }: Store): Extent {
  return { slots: walls.end, firstMinute: minuteWalls.first, minutes: minuteWalls.end }
}

/** Indexes of the minute tier. */
interface Minutes {
  readonly from: number
  readonly end: number
}

/**
 * A stretch of a series as equal steps of wall time, read backwards from the newest slot: nothing is allocated but the result.
 * Steps that reach back further than the full-rate ring come from the minute tier. A sample also stands for the time since the one
 * before it unless that is a gap (more than 2.5 intervals), so that timers that are a little late tear no holes.
 */
export function readWindow(store: Store, series: Series, extent: Extent, request: WindowRequest): Float64Array {
  const { stepMs, count, endMs } = request
  const out = new Float64Array(count).fill(Number.NaN)
  const firstMs = (Math.floor(endMs / stepMs) - count + 1) * stepMs
  const oldest = readSlots(store, series, extent.slots, request, firstMs, out)
  if (oldest <= firstMs) return out
  // A ring that has dropped no slots knows all of this run: before it there is only what was recorded.
  const recorded = Math.max(store.walls.start, series.ring.start) <= series.ring.first
  if (recorded && extent.firstMinute >= 0) return out
  const recent = recorded && stepMs < MINUTE_MS ? store.recent(series) : undefined
  if (recent !== undefined) fillRecent(recent, request, firstMs, out)
  if (series.minutes === undefined) return out
  readMinutes(store, series.minutes, extent, request, firstMs, oldest, out, recorded)
  return out
}

/** Fills what the full-rate ring knows; returns the wall time from which on it does (infinite where it has nothing). */
function readSlots(
  store: Store,
  series: Series,
  end: number,
  { stepMs, count, by, endMs }: WindowRequest,
  firstMs: number,
  out: Float64Array,
): number {
  const { walls } = store
  const { ring } = series
  const start = Math.max(walls.start, ring.start)
  if (start >= end) return Number.POSITIVE_INFINITY
  const gapMs = STALE_INTERVALS * store.everyMs
  const stopMs = firstMs + count * stepMs
  const newest = lastSlotBefore(store, start, end, stopMs)
  // The sample after the one at hand: its step, time and value. After the view's last slot that is the moment asked for.
  let laterStep = count
  let laterMs = newest + 1 < end ? walls.at(newest + 1) : Math.min(endMs, stopMs)
  let later = newest + 1 < end ? ring.at(newest + 1) : ring.at(end - 1)
  let step = -1
  let sum = 0
  let known = 0
  let lowMs = Number.POSITIVE_INFINITY
  for (let index = newest; index >= start; index--) {
    const wall = walls.at(index)
    if (wall >= stopMs) continue
    const value = ring.at(index)
    if (wall < lowMs || wall >= lowMs + stepMs) {
      if (step >= 0) settle(out, step, by, sum, known)
      sum = 0
      known = 0
      step = wall < firstMs ? -1 : Math.floor((wall - firstMs) / stepMs)
      lowMs = firstMs + step * stepMs
      if (laterMs - wall <= gapMs) {
        for (let between = step + 1; between < laterStep; between++)
          if (Number.isNaN(out[between]!)) out[between] = later
      }
      laterStep = step
      if (step < 0) return firstMs
    }
    laterMs = wall
    later = value
    if (Number.isNaN(value)) continue
    if (by === 'mean') sum += value
    else if (known === 0 || (by === 'max' && value > sum)) sum = value
    known++
  }
  if (step >= 0) settle(out, step, by, sum, known)
  return walls.at(start)
}

/** Writes a step that is complete. After a jump back of the clock a step can come up twice: the newer samples win. */
function settle(out: Float64Array, step: number, by: WindowRequest['by'], sum: number, known: number): void {
  if (known > 0 && Number.isNaN(out[step]!)) out[step] = by === 'mean' ? sum / known : sum
}

/** The newest slot in [start, end) whose wall time is before `stopMs`; `start - 1` when there is none. */
function lastSlotBefore({ walls, risingFrom }: Store, start: number, end: number, stopMs: number): number {
  if (walls.at(end - 1) < stopMs) return end - 1
  // Older than a jump back of the clock: times do not rise, so every slot has to be looked at.
  if (risingFrom > start && risingFrom < end && walls.at(risingFrom) >= stopMs) return risingFrom - 1
  let low = Math.max(start, risingFrom < end ? risingFrom : start)
  let high = end
  while (low < high) {
    const middle = (low + high) >>> 1
    if (walls.at(middle) < stopMs) low = middle + 1
    else high = middle
  }
  return low - 1
}

/**
 * Fills, from the minute tier, the steps that begin before `untilMs`, where the slots begin. A step that both tiers know in part is taken from
 * the minutes where those know all of it, and made of both where the minutes were recorded by an earlier run.
 */
function readMinutes(
  store: Store,
  minutes: MinuteRings,
  extent: Extent,
  request: WindowRequest,
  firstMs: number,
  untilMs: number,
  out: Float64Array,
  recorded: boolean,
): void {
  const { stepMs, count, by } = request
  const ring = by === 'mean' ? minutes.mean : by === 'max' ? minutes.max : minutes.last
  const limit = Math.min(count, Math.ceil((untilMs - firstMs) / stepMs))
  const shared = limit - 1
  const slots = out[shared] as number
  out[shared] = Number.NaN
  const end = recorded ? Math.min(0, extent.minutes) : extent.minutes
  const known = fillMinutes(store, ring, { from: extent.firstMinute, end }, request, firstMs, limit, out)
  const found = out[shared] as number
  if (Number.isNaN(found)) out[shared] = slots
  else if (recorded && !Number.isNaN(slots)) {
    const newestMs = store.walls.at(extent.slots - 1) + store.everyMs
    const slotsMs = Math.max(0, Math.min(firstMs + limit * stepMs, newestMs) - untilMs)
    out[shared] = joined(
      by,
      { value: found, ms: stepMs < MINUTE_MS ? 0 : known * MINUTE_MS },
      { value: slots, ms: slotsMs },
    )
  }
}

interface Part {
  readonly value: number
  /** How long it is known for. */
  readonly ms: number
}

function joined(by: WindowRequest['by'], earlier: Part, later: Part): number {
  const ms = earlier.ms + later.ms
  if (by === 'last' || earlier.ms === 0 || ms === 0) return later.value
  if (by === 'max') return Math.max(earlier.value, later.value)
  return (earlier.value * earlier.ms + later.value * later.ms) / ms
}

/**
 * Fills steps below `limit` that nothing is known of. A minute belongs to the steps whose middle it holds, or to the one that holds its
 * middle. Returns how many minutes the newest of these steps was made of.
 */
function fillMinutes(
  store: Store,
  ring: Ring,
  { from, end }: Minutes,
  { stepMs, by }: WindowRequest,
  firstMs: number,
  limit: number,
  out: Float64Array,
): number {
  let newest = 0
  let step = -1
  let sum = 0
  let known = 0
  for (let index = end - 1; index >= Math.max(from, ring.start, store.minuteWalls.start); index--) {
    const value = ring.at(index)
    const minuteMs = store.minuteWalls.at(index)
    if (minuteMs + MINUTE_MS <= firstMs) break
    if (Number.isNaN(value)) continue
    if (stepMs < MINUTE_MS) {
      const first = Math.max(0, Math.ceil((minuteMs - firstMs) / stepMs - 0.5))
      for (let at = first; at < limit && firstMs + (at + 0.5) * stepMs < minuteMs + MINUTE_MS; at++) {
        if (Number.isNaN(out[at]!)) out[at] = value
      }
      continue
    }
    const at = Math.floor((minuteMs + MINUTE_MS / 2 - firstMs) / stepMs)
    if (at !== step) {
      if (step >= 0) settle(out, step, by, sum, known)
      sum = 0
      known = 0
      step = at < limit ? at : -1
    }
    if (by === 'mean') sum += value
    else if (known === 0 || (by === 'max' && value > sum)) sum = value
    known++
    if (step === limit - 1) newest = known
  }
  if (step >= 0) settle(out, step, by, sum, known)
  return newest
}
