import { expect, test } from 'vitest'
import { countOf, createSwings, type Swings, swing, timeAt, valueAt } from '../../../src/forecast/trend/swings.ts'

const HOUR_MS = 3_600_000

function swingsOf(values: readonly number[], stepMs = 5000): Swings {
  const swings = createSwings()
  values.forEach((value, step) => {
    swing(swings, step * stepMs, value, HOUR_MS)
  })
  return swings
}

const points = (swings: Swings) => Array.from({ length: countOf(swings) }, (_, i) => valueAt(swings, i))

test('turning points are kept, what lies between them is not', () => {
  expect(points(swingsOf([0, 1, 2, 3, 2, 1, 4, 4, 5]))).toEqual([0, 3, 1, 5])
})

test('of too many the smallest swings go', () => {
  const noisy = Array.from({ length: 100 }, (_, i) => (i % 2) * 0.1)
  const kept = points(swingsOf([...noisy, 5, 1, ...noisy.map((value) => value + 1), 8]))
  expect(kept.length).toBeLessThanOrEqual(12)
  expect(kept).toContain(5)
  expect(kept.at(-1)).toBe(8)
})

test('a series that stands has one point', () => {
  expect(points(swingsOf([3, 3, 3, 3]))).toEqual([3])
})

test('what is older than the memory is forgotten, but where it is going is not', () => {
  const swings = swingsOf([0, 9, 1, 2, 1, 2])
  swing(swings, 2 * HOUR_MS, 5, HOUR_MS)
  expect(points(swings)).toEqual([2, 5])
  swing(swings, 2.9 * HOUR_MS, 4, HOUR_MS)
  swing(swings, 3.2 * HOUR_MS, 6, HOUR_MS)
  expect(points(swings)).toEqual([5, 4, 6])
  expect(timeAt(swings, 2)).toBe(3.2 * HOUR_MS)
})

test('ups and downs go by turns, whatever comes', () => {
  const values = Array.from({ length: 500 }, (_, i) => Math.sin(i * 1.7) * (i % 13) + (i % 50))
  const kept = points(swingsOf(values, 1000))
  for (let i = 2; i < kept.length; i++) {
    const [a, b, c] = [kept[i - 2] as number, kept[i - 1] as number, kept[i] as number]
    expect((b - a) * (c - b)).toBeLessThan(0)
  }
})
