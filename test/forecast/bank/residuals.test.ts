import { expect, test } from 'vitest'
import { planOf } from '../../../src/forecast/bank/anchors.ts'
import { countResidual, fadeBins, residualQuantile } from '../../../src/forecast/bank/residuals.ts'
import { normal, zeroed } from '../series.ts'

const HALF_LIFE = 500
const BLOCK = planOf({ stepMs: 1000, horizon: 1 }).blocks[0] as number

function counted(residuals: readonly number[]) {
  const memory = zeroed()
  residuals.forEach((residual, cell) => {
    fadeBins(memory, BLOCK, cell - 1, cell, HALF_LIFE)
    countResidual(memory, BLOCK, cell, HALF_LIFE, residual)
  })
  return memory
}

test('none are no distance', () => {
  expect(residualQuantile(zeroed(), BLOCK, 0.975)).toBe(0)
})

test('quantiles come out to within a bin', () => {
  const random = normal(1)
  const memory = counted(Array.from({ length: 5000 }, random))
  // Bins are a factor of e^(1/1.5), 1.95, wide.
  for (const [level, truth] of [
    [0.025, -1.96],
    [0.1, -1.28],
    [0.9, 1.28],
    [0.975, 1.96],
  ] as const) {
    expect(residualQuantile(memory, BLOCK, level) / truth).toBeGreaterThan(0.7)
    expect(residualQuantile(memory, BLOCK, level) / truth).toBeLessThan(1.4)
  }
  expect(Math.abs(residualQuantile(memory, BLOCK, 0.5))).toBeLessThan(0.2)
})

test('what is all on one side has no other', () => {
  const memory = counted(Array.from({ length: 100 }, () => 3))
  for (const level of [0, 0.025, 0.5, 0.975, 1]) expect(residualQuantile(memory, BLOCK, level)).toBeGreaterThan(1.5)
})

test('old ones fade: after a few half-lives the new ones are what counts', () => {
  const memory = counted([...Array.from({ length: 1000 }, () => 50), ...Array.from({ length: 5 * HALF_LIFE }, () => 1)])
  expect(residualQuantile(memory, BLOCK, 0.9)).toBeLessThan(2)
})

test('nothing overflows, however long it goes on and however large they are', () => {
  const memory = counted(Array.from({ length: 40_000 }, (_, i) => (i % 2 === 0 ? 1e300 : -1e300)))
  expect(residualQuantile(memory, BLOCK, 0.5)).toBeLessThan(Number.POSITIVE_INFINITY)
  expect(residualQuantile(memory, BLOCK, 0.025)).toBeLessThan(-10)
  expect(residualQuantile(memory, BLOCK, 0.975)).toBeGreaterThan(10)
})
