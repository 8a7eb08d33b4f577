import type { WindowRequest } from '../model/frame.ts'
import type { MinuteRings, Series } from './series.ts'
import { STALE_INTERVALS } from './stale.ts'
import type { Store } from './store.ts'

const MINUTE_MS = 60_000

/** How far a view may read. */
export interface Extent {
  /** Slots below this index. */
  readonly slots: number
  /** Minutes below this index. */
  readonly minutes: number
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
  // Only a ring that has dropped slots has a past to look up elsewhere.
  const dropped = Math.max(store.walls.start, series.ring.start) > series.ring.first
  if (dropped && oldest > firstMs && series.minutes !== undefined) {
    readMinutes(store, series.minutes, extent.minutes, request, firstMs, oldest, out)
  }
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

/** Fills, from the minute tier, the steps that begin before `untilMs`. A minute belongs to the steps whose middle it holds, or to the one that holds its middle. */
function readMinutes(
  store: Store,
  minutes: MinuteRings,
  end: number,
  { stepMs, count, by }: WindowRequest,
  firstMs: number,
  untilMs: number,
  out: Float64Array,
): void {
  const ring = by === 'mean' ? minutes.mean : by === 'max' ? minutes.max : minutes.last
  const limit = untilMs === Number.POSITIVE_INFINITY ? count : Math.min(count, Math.ceil((untilMs - firstMs) / stepMs))
  // A step that both tiers know in part is taken from the minutes, which know all of it.
  if (limit > 0 && untilMs > firstMs + (limit - 1) * stepMs && hasMinute(store, end, firstMs + (limit - 1) * stepMs)) {
    out[limit - 1] = Number.NaN
  }
  let step = -1
  let sum = 0
  let known = 0
  for (let index = end - 1; index >= Math.max(ring.start, store.minuteWalls.start); index--) {
    const value = ring.at(index)
    const minuteMs = store.minuteWalls.at(index)
    if (minuteMs + MINUTE_MS <= firstMs) break
    if (Number.isNaN(value)) continue
    if (stepMs < MINUTE_MS) {
      const from = Math.max(0, Math.ceil((minuteMs - firstMs) / stepMs - 0.5))
      for (let at = from; at < limit && firstMs + (at + 0.5) * stepMs < minuteMs + MINUTE_MS; at++) {
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
  }
  if (step >= 0) settle(out, step, by, sum, known)
}

/** Whether the minute tier reaches back to the minute that holds `wallMs`. */
function hasMinute({ minuteWalls }: Store, end: number, wallMs: number): boolean {
  return (
    end > minuteWalls.start &&
    minuteWalls.at(minuteWalls.start) <= wallMs &&
    wallMs < minuteWalls.at(end - 1) + MINUTE_MS
  )
}
