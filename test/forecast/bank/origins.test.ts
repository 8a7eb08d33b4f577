import { expect, test } from 'vitest'
import { planOf } from '../../../src/forecast/bank/anchors.ts'
import { ORIGIN_FIELDS, SLOTS } from '../../../src/forecast/bank/memory.ts'
import { clearOrigins, FIELD, keepOrigin, lagOf, recallOrigin, slotBefore } from '../../../src/forecast/bank/origins.ts'
import { MINUTES, zeroed } from '../series.ts'

const ring = planOf(MINUTES).rings.at(-1) as number
const origin = Float64Array.from({ length: ORIGIN_FIELDS }, (_, field) => 1000 + field)

test('an origin comes back: its value to 32 bits, what lies near it to 0.4 % of the distance', () => {
  const memory = zeroed(MINUTES)
  clearOrigins(memory, ring)
  keepOrigin(memory, ring, 3, 70_000, origin)
  const back = new Float64Array(ORIGIN_FIELDS)
  recallOrigin(memory, ring, 3, back)
  expect(back[FIELD.value]).toBe(1000)
  for (const field of [FIELD.medians, FIELD.lines, FIELD.low, FIELD.high, FIELD.min, FIELD.max])
    expect(Math.abs((back[field] as number) - 1000 - field)).toBeLessThanOrEqual(0.004 * field)
})

test('it is found by its distance, and an empty slot never is', () => {
  const memory = zeroed(MINUTES)
  clearOrigins(memory, ring)
  for (let slot = 0; slot < SLOTS; slot++) expect(lagOf(memory, ring, slot, 12_345)).toBe(0)
  expect(slotBefore(memory, ring, 0, 1, 1)).toBe(-1)
  keepOrigin(memory, ring, 2, 65_000, origin)
  // Cells begin again after 16 bits; distances go on.
  expect(lagOf(memory, ring, 2, 66_440)).toBe(1440)
  expect(slotBefore(memory, ring, 66_440, 1440, 360)).toBe(2)
  expect(slotBefore(memory, ring, 66_440, 429, 107)).toBe(-1)
})
