import { AT, RECORD_HOURS, SLOTS } from './memory.ts'
import { lagOf } from './origins.ts'
import type { BankState } from './state.ts'

/** Keeps the 95 % band that was drawn for the cell the record's anchor reaches to from here; NaN when none was. */
export function keepBand({ memory }: BankState, slot: number, low: number, high: number): void {
  memory.f32[AT.bands + 2 * slot] = low
  memory.f32[AT.bands + 2 * slot + 1] = high
}

/** Looks whether the value of this cell lies in the band that was drawn for it, if one was. `hour` counts since the first sample. */
export function judgeBandDrawn(state: BankState, hour: number, value: number): void {
  turnTo(state, hour)
  const { memory, cell, plan, recordAnchor } = state
  const ring = plan.rings[recordAnchor]!
  let slot = 0
  while (slot < SLOTS && lagOf(memory, ring, slot, cell) !== plan.anchors[recordAnchor]) slot++
  if (slot === SLOTS) return
  const at = AT.bands + 2 * slot
  const low = memory.f32[at]!
  if (Number.isNaN(low)) return
  const rounded = Math.fround(value)
  const bucket = 2 * (AT.hours + (hour % RECORD_HOURS))
  memory.u16[bucket + 1] = memory.u16[bucket + 1]! + 1
  if (rounded >= low && rounded <= memory.f32[at + 1]!) memory.u16[bucket] = memory.u16[bucket]! + 1
}

/** Empties the hours that were passed over. */
function turnTo(state: BankState, hour: number): void {
  const passed = Math.min(RECORD_HOURS, hour - state.hour)
  for (let i = 1; i <= passed; i++) {
    const bucket = 2 * (AT.hours + ((state.hour + i) % RECORD_HOURS))
    state.memory.u16.fill(0, bucket, bucket + 2)
  }
  state.hour = hour
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
