import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import {
  createForecaster,
  type Forecaster,
  judgedSteps,
  observe,
  predict,
  trackRecord,
} from '../../src/forecast/forecaster.ts'
import type { Prediction } from '../../src/model/forecast.ts'
import { MINUTES, uniform } from './series.ts'

const STEPS = [0.25, 1, 2, 5, 8, 17, 64, 200, 1440, 9999]
const all = (state: Forecaster): Prediction[] => STEPS.map((steps) => predict(state, steps) as Prediction)

/** Series of quiet, of moves and of jumps, as machines have them: pieces of a slope and a noise that start anywhere. */
const series = fc
  .array(
    fc.record({
      length: fc.integer({ min: 5, max: 90 }),
      level: fc.integer({ min: -1000, max: 1000 }),
      slope: fc.constantFrom(0, 0, 1, -2, 0.125),
      noise: fc.constantFrom(0, 1, 8),
      seed: fc.nat(),
    }),
    { minLength: 1, maxLength: 6 },
  )
  .map((pieces) =>
    pieces.flatMap(({ length, level, slope, noise, seed }) => {
      const random = uniform(seed)
      // Multiples of 1/1024 add and scale without rounding.
      return Array.from({ length }, (_, i) => level + slope * i + Math.round(noise * random() * 1024) / 1024)
    }),
  )
  .filter((values) => values.length >= 30)

function through(values: readonly number[], startMs = 0, options = MINUTES): Forecaster {
  const state = createForecaster(options)
  values.forEach((value, step) => {
    observe(state, startMs + step * options.stepMs, value)
  })
  return state
}

test('whatever comes in, no NaN or infinity comes out, and the bands are ordered', () => {
  const value = fc.oneof(
    fc.double(),
    fc.double({ noNaN: true, noDefaultInfinity: true }),
    fc.constantFrom(0, -0, Number.MIN_VALUE, -Number.MAX_VALUE, Number.MAX_VALUE, 1e30, 1e-30, 5, 5, 5),
  )
  const apart = fc.oneof(fc.constant(60_000), fc.integer({ min: -1e6, max: 1e7 }), fc.constantFrom(0, 1, 1e13))
  let said = 0
  fc.assert(
    fc.property(fc.array(fc.tuple(apart, value), { minLength: 30, maxLength: 200 }), (samples) => {
      const state = createForecaster({ ...MINUTES, season: 20 })
      let atMs = 0
      for (const [ms, sample] of samples) {
        atMs += ms
        observe(state, atMs, sample)
      }
      for (const steps of STEPS) {
        const ahead = predict(state, steps)
        if (ahead === undefined) {
          expect(judgedSteps(state)).toBe(0)
          continue
        }
        said++
        const { low95, low80, mean, high80, high95 } = ahead
        const edges = [low95, low80, mean, high80, high95]
        expect(edges.every(Number.isFinite)).toBe(true)
        expect(edges.toSorted((a, b) => a - b)).toEqual(edges)
      }
      const record = trackRecord(state)
      if (record) expect(record.inside >= 0 && record.inside <= 1).toBe(true)
    }),
    { numRuns: 150 },
  )
  expect(said).toBeGreaterThan(100)
})

test('bands widen or hold with the distance', () => {
  fc.assert(
    fc.property(series, (values) => {
      const widths = all(through(values)).map(({ low95, high95 }) => high95 - low95)
      for (let i = 1; i < widths.length; i++)
        expect(widths[i] as number).toBeGreaterThanOrEqual((widths[i - 1] as number) * (1 - 1e-9) - 1e-9)
    }),
    { numRuns: 100 },
  )
})

test('scaling a series scales its forecast', () => {
  fc.assert(
    fc.property(series, fc.constantFrom(2 ** -20, 0.5, 4, 2 ** 30), (values, by) => {
      const scaled = all(through(values.map((value) => value * by)))
      expect(scaled).toEqual(
        all(through(values)).map((ahead) =>
          Object.fromEntries(Object.entries(ahead).map(([key, edge]) => [key, edge * by])),
        ),
      )
    }),
    { numRuns: 60 },
  )
})

test('a constant added is a constant added', () => {
  fc.assert(
    fc.property(series, fc.integer({ min: -1_000_000, max: 1_000_000 }), (values, more) => {
      const moved = all(through(values.map((value) => value + more)))
      all(through(values)).forEach((ahead, i) => {
        const other = moved[i] as Prediction
        for (const key of ['mean', 'low95', 'low80', 'high80', 'high95'] as const)
          expect(Math.abs(other[key] - more - ahead[key])).toBeLessThan(1e-6 * (1 + Math.abs(ahead[key])))
      })
    }),
    { numRuns: 60 },
  )
})

test('shifting time shifts nothing else', () => {
  fc.assert(
    fc.property(series, fc.integer({ min: 0, max: 2e12 }), (values, ms) => {
      expect(all(through(values, ms))).toEqual(all(through(values)))
    }),
    { numRuns: 40 },
  )
})

test('the same samples give the same forecast', () => {
  fc.assert(
    fc.property(series, (values) => {
      expect(all(through(values))).toEqual(all(through(values)))
    }),
    { numRuns: 20 },
  )
})
