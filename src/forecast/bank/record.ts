import { AT, type Memory, RECORD_HOURS, SLOTS } from './memory.ts'
import { lagOf } from './origins.ts'
import type { BankState } from './state.ts'

const HOUR_MS = 3_600_000

/** Keeps the 95 % band that was drawn for the cell the record's anchor reaches to from here; NaN when none was. */
export function keepBand({ memory }: BankState, slot: number, low: number, high: number): void {
  memory.f32[AT.bands + 2 * slot] = low
  memory.f32[AT.bands + 2 * slot + 1] = high
}

/** Looks whether the value of this cell lies in the band that was drawn for it, if one was. */
export function judgeBandDrawn(state: BankState, value: number): void {
  const { memory, cell, gap } = state
  const hour = hourOf(state, cell)
  clearHours(memory, hourOf(state, Math.max(0, cell - gap)), hour)
  const { anchors, rings, recordAnchor } = state.plan
  const ring = rings[recordAnchor]!
  let slot = 0
  while (slot < SLOTS && lagOf(memory, ring, slot, cell) !== anchors[recordAnchor]) slot++
  if (slot === SLOTS) return
  const at = AT.bands + 2 * slot
  const low = memory.f32[at]!
  if (Number.isNaN(low)) return
  const rounded = Math.fround(value)
  const bucket = 2 * (AT.hours + (hour % RECORD_HOURS))
  memory.u16[bucket + 1] = memory.u16[bucket + 1]! + 1
  if (rounded >= low && rounded <= memory.f32[at + 1]!) memory.u16[bucket] = memory.u16[bucket]! + 1
}

/** Which hour since the first sample a cell lies in. */
function hourOf({ plan: { stepMs } }: BankState, cell: number): number {
  return Math.floor((cell * stepMs) / HOUR_MS)
}

/** Empties the hours after the one that the last cell was in, which were of another day. */
function clearHours({ u16 }: Memory, last: number, hour: number): void {
  const passed = Math.min(RECORD_HOURS, hour - last)
  for (let i = 1; i <= passed; i++) {
    const bucket = 2 * (AT.hours + ((last + i) % RECORD_HOURS))
    u16.fill(0, bucket, bucket + 2)
  }
}

/** Of how many values the bands were compared with, how many lay inside, over the hours that are kept. */
export function recordOf({ memory }: BankState): { inside: number; judged: number } {
  let inside = 0
  let judged = 0
  for (let hour = 0; hour < RECORD_HOURS; hour++) {
    inside += memory.u16[2 * (AT.hours + hour)]!
    judged += memory.u16[2 * (AT.hours + hour) + 1]!
  }
  return { inside, judged }
}
