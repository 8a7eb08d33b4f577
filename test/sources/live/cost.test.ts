import { expect, test } from 'vitest'
import { Cost } from '../../../src/sources/live/cost.ts'

test('there is no CPU before two seconds are over', () => {
  const cost = new Cost()
  expect(cost.take(0, 500, 1000)).toEqual({ memoryBytes: 1000 })
  expect(cost.take(1999, 900, 1000)).toEqual({ memoryBytes: 1000 })
  expect(cost.take(2000, 900, 1000)).toEqual({ memoryBytes: 1000, cpuRatio: 0.2 })
})

test('a burst is spread over ten seconds, and forgotten after them', () => {
  const cost = new Cost()
  cost.take(0, 0, 100)
  expect(cost.take(2000, 500, 300)).toEqual({ cpuRatio: 0.25, memoryBytes: 200 })
  for (let second = 3; second < 10; second++) cost.take(second * 1000, 500, 200)
  expect(cost.take(10_000, 500, 200).cpuRatio).toBeCloseTo(0.05)
  expect(cost.take(12_000, 500, 200).cpuRatio).toBe(0)
})
