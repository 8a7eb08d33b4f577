import { expect, test } from 'vitest'
import { gridOf } from '../../src/forecast/grid.ts'

const T0 = 1_700_000_000_000
const NAN = Number.NaN
const at = (...seconds: number[]) => seconds.map((second) => T0 + second * 1000)

test('the step is the median distance, and a gap stays a gap', () => {
  const grid = gridOf(at(0, 60, 120, 300, 360), [1, 2, 3, 6, 7])
  expect(grid).toEqual({ stepMs: 60_000, endMs: T0 + 360_000, values: [1, 2, 3, NAN, NAN, 6, 7], known: 5 })
})

test('times that are a little late stand on their whole seconds', () => {
  const times = [0, 1.004, 1.998, 3.011, 4.002].map((second) => T0 + second * 1000)
  expect(gridOf(times, [1, 2, 3, 4, 5])).toMatchObject({ stepMs: 1000, values: [1, 2, 3, 4, 5] })
  // Half a second is no second.
  expect(gridOf(at(0, 0.5, 1), [1, 2, 3])?.stepMs).toBe(500)
})

test('order does not matter, and what falls into one step is averaged', () => {
  expect(gridOf(at(180, 120, 60, 0), [4, 3, 2, 1])?.values).toEqual([1, 2, 3, 4])
  expect(gridOf(at(0, 60, 120, 121, 180), [1, 2, 3, 5, 6])?.values).toEqual([1, 2, 4, 6])
})

test('without two times there is no grid', () => {
  expect(gridOf([], [])).toBeUndefined()
  expect(gridOf(at(5), [1])).toBeUndefined()
  expect(gridOf(at(5, 5, 5), [1, 2, 3])).toBeUndefined()
})

test('a day is the period where two of them are there and it is a whole number of steps', () => {
  const hours = (count: number, everyS: number) => {
    const seconds = Array.from({ length: count }, (_, index) => index * everyS)
    return gridOf(at(...seconds), seconds)?.period
  }
  expect(hours(48, 3600)).toBe(24)
  expect(hours(47, 3600)).toBeUndefined()
  expect(hours(200, 7 * 3600)).toBeUndefined()
  expect(hours(100, 86_400)).toBeUndefined()
})

test('one sample of long ago does not make a grid of millions of steps', () => {
  const grid = gridOf([0, ...at(0, 1, 2)], [9, 1, 2, 3])
  expect(grid?.values.length).toBeLessThanOrEqual(200_000)
  expect(grid?.values.slice(-3)).toEqual([1, 2, 3])
  expect(grid?.known).toBe(3)
})
