import { describe, expect, test } from 'vitest'
import { addToBlocks, createBlocks } from '../../../src/forecast/trend/blocks.ts'
import { type Drift, driftOf, SPANS } from '../../../src/forecast/trend/drift.ts'
import { normal, randomOf } from '../../bench/forecast/random.ts'

/** The line through 16 blocks of 5 s, each with the value that `of` gives it. */
function through(of: (block: number) => number, count = 16): Drift | undefined {
  const blocks = createBlocks()
  for (let block = 0; block <= 16; block++) {
    const value = of(block)
    if (!Number.isNaN(value)) addToBlocks(blocks, 0, block * 5000, value, () => undefined)
  }
  return driftOf(blocks, 0, count)
}

/** Share of many random series whose slope passes for a trend. */
function passing(of: (random: () => number) => (block: number) => number, at: number): number {
  const [count, t] = SPANS[at] as readonly [number, number]
  let passed = 0
  for (let seed = 0; seed < 1000; seed++) {
    const { rate, error } = through(of(randomOf(seed)), count) as Drift
    if (Math.abs(rate) > t * error) passed++
  }
  return passed / 1000
}

describe('a line through blocks', () => {
  test('has the rate and the end of a straight series', () => {
    const drift = through((block) => 100 + 2 * block) as Drift
    expect(drift.rate).toBeCloseTo(2 / 5000, 9)
    // The base is the first value; the last closed block, the 15th, ends half a block after its middle.
    expect(drift.value).toBeCloseTo(2 * 15.5, 4)
    expect(drift.atMs).toBe(80_000)
    expect(drift.spanMs).toBe(80_000)
    expect(drift.early).toBeCloseTo(drift.late, 4)
  })

  test('bridges a block that is missing, but neither many nor the first nor the last', () => {
    const line = (missing: readonly number[]) => through((block) => (missing.includes(block) ? Number.NaN : block))
    expect(line([5, 9])?.rate).toBeCloseTo(1 / 5000, 9)
    expect(line([3, 5, 7, 9, 11])).toBeUndefined()
    expect(line([0])).toBeUndefined()
  })

  test('tells a bend from a straight line', () => {
    const bent = through((block) => -((16 - block) ** 2)) as Drift
    expect(bent.early).toBeGreaterThan(1.5 * bent.late)
    expect(bent.early - bent.late).toBeGreaterThan(3 * bent.bend)
    const random = randomOf(3)
    const straight = through((block) => block + 0.5 * normal(random)) as Drift
    expect(Math.abs(straight.early - straight.late)).toBeLessThan(3 * straight.bend)
  })
})

describe('chance', () => {
  test.each([0, 1, 2])('noise is no trend (%i)', (at) => {
    expect(passing((random) => () => normal(random), at)).toBeLessThanOrEqual(0.001)
  })

  test.each([0, 1, 2])('a random walk hardly ever is (%i)', (at) => {
    const walk = (random: () => number) => {
      let value = 0
      return () => {
        value += normal(random)
        return value
      }
    }
    // Of 1 % of both signs together five more or less are chance as well.
    expect(passing(walk, at)).toBeLessThan(0.015)
  })

  test('a step is none, wherever it is', () => {
    for (let at = 1; at < 16; at++) {
      const { rate, error } = through((block) => (block < at ? 0 : 1)) as Drift
      expect(Math.abs(rate)).toBeLessThan(5 * error)
    }
  })

  test('a line under noise is one, once it stands out', () => {
    expect(passing((random) => (block) => 2 * block + normal(random), 0)).toBeGreaterThan(0.95)
  })
})
