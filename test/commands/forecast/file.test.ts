import { expect, test } from 'vitest'
import { outlookOf } from '../../../src/commands/forecast/file.ts'
import { type Grid, gridOf } from '../../../src/forecast/grid.ts'

const MINUTE = 60_000

/** So many minutes, rising by one each. */
function rising(minutes: number): Grid {
  const steps = Array.from({ length: minutes }, (_, minute) => minute)
  return gridOf(
    steps.map((minute) => minute * MINUTE),
    steps,
  ) as Grid
}

test('without a horizon it is looked half as far ahead as back, at most a day', () => {
  expect(outlookOf(rising(101), 'data.csv').horizonMs).toBe(50 * MINUTE)
  expect(outlookOf(rising(101), 'data.csv').ahead).toHaveLength(50)
  expect(outlookOf(rising(5000), 'data.csv').horizonMs).toBe(1440 * MINUTE)
  expect(outlookOf(rising(40), 'data.csv', 90_000).ahead).toHaveLength(2)
})

test('a limit that was asked about is looked for, and the horizon goes on until it is reached', () => {
  const far = outlookOf(rising(101), 'data.csv', undefined, { value: 180 })
  const { limit } = far
  if (limit?.time.kind !== 'heading') throw new Error(limit?.time.kind)
  expect(Math.abs(limit.time.eta.likely / 60 - 80)).toBeLessThan(10)
  expect(far.horizonMs / 1000).toBeGreaterThan(limit.time.eta.likely)
  expect(far.ahead).toHaveLength(Math.ceil(far.horizonMs / MINUTE))
  // What was said stays.
  expect(outlookOf(rising(101), 'data.csv', 10 * MINUTE, { value: 180 }).horizonMs).toBe(10 * MINUTE)
  // So far away that the history would be a column or two.
  expect(outlookOf(rising(101), 'data.csv', undefined, { value: 100_000 }).horizonMs).toBe(50 * MINUTE)
})

test('too few samples make no forecast', () => {
  const outlook = outlookOf(rising(29), 'data.csv', undefined, { value: 100 })
  expect(outlook).toMatchObject({ samples: 29, ahead: [], limit: { time: { kind: 'unknown' } } })
})

test('a horizon that nobody could read is refused', () => {
  expect(() => outlookOf(rising(40), 'data.csv', 10_001 * MINUTE)).toThrow(
    '--horizon: expected at most 10.0 k steps of 1 min, 6 d 22 h for data.csv, got 6 d 22 h',
  )
})
