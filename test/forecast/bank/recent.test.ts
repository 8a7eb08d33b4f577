import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { WINDOWS } from '../../../src/forecast/bank/parameters.ts'
import { correct, recentQuantile, remember } from '../../../src/forecast/bank/recent.ts'
import { zeroed } from '../series.ts'

const LEVELS = [0, 0.025, 0.1, 0.5, 0.9, 0.975, 1]

/** The same by sorting. */
function quantile(values: readonly number[], level: number): number {
  const sorted = values.toSorted((a, b) => a - b)
  const position = level * (sorted.length - 1)
  const [below, above] = [sorted[Math.floor(position)] as number, sorted[Math.ceil(position)] as number]
  return below + (position - Math.floor(position)) * (above - below)
}

test('quantiles of each window are those of its sorted values, also of values that were changed', () => {
  const step = fc.record({
    value: fc.integer({ min: -50, max: 50 }),
    changed: fc.option(fc.integer(), { nil: undefined }),
  })
  fc.assert(
    fc.property(fc.array(step, { minLength: 1, maxLength: 260 }), (steps) => {
      const memory = zeroed()
      const values: number[] = []
      for (const { value, changed } of steps) {
        remember(memory, values.length, value)
        values.push(value)
        if (changed === undefined) continue
        values[values.length - 1] = Math.fround(changed)
        correct(memory, values.length, changed)
      }
      WINDOWS.forEach((width, window) => {
        for (const level of LEVELS)
          expect(recentQuantile(memory, values.length, window, level)).toBeCloseTo(
            quantile(values.slice(-width), level),
            3,
          )
      })
    }),
    { numRuns: 60 },
  )
})
