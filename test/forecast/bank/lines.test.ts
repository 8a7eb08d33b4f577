import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { correctLines, followLines, lineLevel, lineSlope } from '../../../src/forecast/bank/lines.ts'
import { LINES } from '../../../src/forecast/bank/parameters.ts'
import { zeroed } from '../series.ts'

/** Weighted least squares from all values: the line's value at age 0, and its slope. */
function leastSquares(
  points: readonly { at: number; value: number }[],
  halfLife: number,
): { level: number; slope: number } {
  const now = points.at(-1)?.at as number
  const weighted = points.map(({ at, value }) => ({ x: at - now, value, w: 0.5 ** ((now - at) / halfLife) }))
  const sum = (of: (point: (typeof weighted)[number]) => number) =>
    weighted.reduce((total, point) => total + of(point), 0)
  const [w, x, y] = [sum((p) => p.w), sum((p) => p.w * p.x), sum((p) => p.w * p.value)]
  const [mx, my] = [x / w, y / w]
  const slope = sum((p) => p.w * (p.x - mx) * (p.value - my)) / sum((p) => p.w * (p.x - mx) ** 2)
  return { level: my - slope * mx, slope }
}

test('the lines are those of weighted least squares, across gaps as well', () => {
  const step = fc.record({ gap: fc.integer({ min: 1, max: 40 }), value: fc.integer({ min: -100, max: 100 }) })
  fc.assert(
    fc.property(fc.array(step, { minLength: 6, maxLength: 120 }), (steps) => {
      const memory = zeroed()
      const points: { at: number; value: number }[] = []
      for (const { gap, value } of steps) {
        // Nothing is a jump where moves are usually that large.
        followLines(memory, points.length, gap, value, 1e9)
        points.push({ at: (points.at(-1)?.at ?? 0) + gap, value })
      }
      LINES.forEach(({ halfLife }, line) => {
        const { level, slope } = leastSquares(points, halfLife)
        expect(lineLevel(memory, line, points.length)).toBeCloseTo(level, 5)
        expect(lineSlope(memory, line, points.length)).toBeCloseTo(slope, 5)
      })
    }),
    { numRuns: 60 },
  )
})

const carried = LINES.findIndex(({ overJumps }) => overJumps)

test('a jump lifts the past of one line along: its slope stays, the others bend', () => {
  const memory = zeroed()
  for (let step = 0; step < 100; step++) followLines(memory, step, 1, 2 * step - (step < 90 ? 0 : 150), 2)
  expect(lineSlope(memory, carried, 100)).toBeCloseTo(2, 6)
  expect(lineLevel(memory, carried, 100)).toBeCloseTo(2 * 99 - 150, 6)
  expect(lineSlope(memory, 0, 100)).toBeLessThan(1)
})

test('an outlier leaves that line where it was', () => {
  const memory = zeroed()
  for (let step = 0; step < 100; step++) followLines(memory, step, 1, step === 80 ? 1e6 : 2 * step, 2)
  expect(lineSlope(memory, carried, 100)).toBeCloseTo(2, 6)
})

test('the newest value can be changed', () => {
  const [one, other] = [zeroed(), zeroed()]
  for (let step = 0; step < 20; step++) {
    followLines(one, step, 1, step ** 2, 1e9)
    followLines(other, step, 1, step === 19 ? 0 : step ** 2, 1e9)
  }
  correctLines(other, 19 ** 2)
  expect(Array.from(other.f64)).toEqual(Array.from(one.f64))
})
