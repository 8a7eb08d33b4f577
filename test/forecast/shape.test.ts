import { describe, expect, test } from 'vitest'
import { boundedBy, joined, type Shape, shapeOf, shifted } from '../../src/forecast/shape.ts'

const shape = (mean: number, half: number): Shape => ({
  mean,
  low80: 0.6 * half,
  high80: 0.6 * half,
  low95: half,
  high95: half,
})

describe('joined', () => {
  test('begins where the first one ends, and comes to the second', () => {
    const [end, start, beyond] = [shape(10, 1), shape(8, 2), shape(9, 3)]
    expect(joined(end, start, start, 0)).toEqual(end)
    const far = joined(end, start, beyond, 50)
    expect(far.mean).toBeCloseTo(9, 9)
    expect(far.high95).toBeCloseTo(3, 9)
  })

  test('never gets narrower, however narrow the second is', () => {
    for (const share of [0, 0.1, 1, 10]) {
      const { low95, high95 } = joined(shape(0, 5), shape(0, 1), { ...shape(0, 1), low95: 0.2 }, share)
      expect(low95 + high95).toBeCloseTo(10, 9)
    }
  })
})

test('shifted moves, and widens to both sides alike', () => {
  const { mean, low80, low95, high95 } = shifted({ ...shape(1, 1), high95: 3 }, 2, 5)
  expect([mean, low95, high95]).toEqual([3, 4, 6])
  expect(low80).toBeLessThanOrEqual(low95)
  expect(shifted(shape(1, 4), 0, 3)).toEqual(shape(1, 4))
})

test('a prediction and its shape are the same within bounds', () => {
  const prediction = { mean: 0.5, low80: 0.4, high80: 0.75, low95: 0.25, high95: 1 }
  expect(boundedBy(shapeOf(prediction) as Shape, {})).toEqual(prediction)
  expect(boundedBy(shape(0.9, 1), { min: 0, max: 1 })).toMatchObject({ mean: 0.9, low95: 0, high95: 1 })
  expect(shapeOf(undefined)).toBeUndefined()
})
