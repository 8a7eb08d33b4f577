import { expect, test } from 'vitest'
import { turnsApart } from '../../../src/checks/schedule/back-off.ts'

test('what is down runs every second turn, then every fourth', () => {
  const apart = (failures: number) => [0, 1, 2, 3, 4, 5, 6].map((downs) => turnsApart(downs, failures, 10_000))
  expect(apart(2)).toEqual([1, 1, 2, 2, 4, 4, 4])
  expect(apart(1)).toEqual([1, 2, 4, 4, 4, 4, 4])
})

test('and never more than a minute later than it would', () => {
  const apart = (intervalMs: number) => [2, 4].map((downs) => turnsApart(downs, 2, intervalMs))
  expect(apart(15_000)).toEqual([2, 4])
  expect(apart(30_000)).toEqual([2, 3])
  expect(apart(60_000)).toEqual([2, 2])
  expect(apart(61_000)).toEqual([1, 1])
  expect(apart(86_400_000)).toEqual([1, 1])
})
