import { expect, test } from 'vitest'
import { createSpread, spreadSample, usualReach } from '../../../src/forecast/trend/spread.ts'

test('is how far samples lie from the mean of their minute at the most, over the last minutes', () => {
  const spread = createSpread()
  // Each minute nine times 0 and once 10: mean 1.
  for (let s = 0; s < 3600; s += 6) spreadSample(spread, s * 1000, s % 60 === 0 ? 10 : 0)
  expect(usualReach(spread, 1)).toBeCloseTo(9, 9)
  expect(usualReach(spread, -1)).toBeCloseTo(1, 9)
  // Half an hour without: next to nothing is left.
  for (let s = 3600; s < 5460; s += 6) spreadSample(spread, s * 1000, 0)
  expect(usualReach(spread, 1)).toBeLessThan(0.3)
})

test('a minute with one sample says nothing', () => {
  const spread = createSpread()
  for (let minute = 0; minute < 10; minute++) spreadSample(spread, minute * 60_000, minute % 2)
  expect([usualReach(spread, -1), usualReach(spread, 1)]).toEqual([0, 0])
})
