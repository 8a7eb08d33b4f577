import { expect, test } from 'vitest'
import { untilNextBeat } from '../../../src/sources/live/beat.ts'

test('a late tick does not shift the beats after it', () => {
  expect(untilNextBeat(100, 1137, 1000)).toBe(963)
  expect(untilNextBeat(100, 2100, 1000)).toBe(1000)
})

test('beats that were missed are left out', () => {
  expect(untilNextBeat(0, 7400, 1000)).toBe(600)
})

test('a timer that fires a millisecond early is no beat of its own', () => {
  expect(untilNextBeat(0, 999.2, 1000)).toBeCloseTo(1000.8)
})
