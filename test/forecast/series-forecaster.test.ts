import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  createSeriesForecaster,
  observeMinute,
  observeSample,
  predictAhead,
  type SeriesForecaster,
} from '../../src/forecast/series-forecaster.ts'
import type { Prediction } from '../../src/model/forecast.ts'
import { normal, randomOf } from '../bench/forecast/random.ts'
import { START_MS } from '../bench/forecast/suite.ts'

const HOUR_MS = 3_600_000
const JOIN_MS = 300_000

interface Play {
  readonly everyS?: number
  readonly historyS?: number
  readonly untilS: number
  readonly value: (s: number) => number
  readonly bounds?: { readonly min?: number; readonly max?: number }
}

/** As the engine feeds it: minutes of before the start, then samples and the minutes that they make. */
function forecasterOf({ everyS = 5, historyS = 0, untilS, value, bounds }: Play): SeriesForecaster {
  const state = createSeriesForecaster({ everyMs: everyS * 1000, ...(bounds && { bounds }) })
  const origin = Math.floor(START_MS / 60_000) * 60_000
  for (let s = 0; s < historyS; s += 60) observeMinute(state, origin + s * 1000, value(s + 30))
  for (let s = historyS; s <= untilS; s += everyS) {
    observeSample(state, origin + s * 1000, value(s))
    if (s > historyS && s % 60 === 0) observeMinute(state, origin + (s - 60) * 1000, value(s - 30))
  }
  return state
}

const at = (state: SeriesForecaster, aheadMs: number): Prediction => {
  const prediction = predictAhead(state, aheadMs)
  if (prediction === undefined) throw new Error(`nothing after ${aheadMs} ms`)
  return prediction
}

const width = ({ low95, high95 }: Prediction) => high95 - low95

function noisy(seed: number, of: (s: number) => number = () => 0.5): (s: number) => number {
  const random = randomOf(seed)
  return (s) => of(s) + 0.01 * normal(random)
}

describe('ground', () => {
  test('nothing is said before 30 samples, and then no further than they go back', () => {
    expect(predictAhead(forecasterOf({ untilS: 28 * 5, value: noisy(1) }), 1000)).toBeUndefined()
    const state = forecasterOf({ untilS: 600, value: noisy(1) })
    expect(predictAhead(state, 600_000)).toBeDefined()
    expect(predictAhead(state, 600_001)).toBeUndefined()
  })

  test('half a day of minutes carries half a day', () => {
    const state = forecasterOf({ historyS: 12 * 3600, untilS: 12 * 3600 + 300, value: noisy(2) })
    expect(predictAhead(state, 11 * HOUR_MS)).toBeDefined()
    expect(predictAhead(state, 13 * HOUR_MS)).toBeUndefined()
  })

  test('minutes alone say something from their end on', () => {
    const state = createSeriesForecaster({ everyMs: 1000 })
    for (let m = 0; m < 120; m++) observeMinute(state, START_MS + m * 60_000, 0.5)
    expect(at(state, 1000).mean).toBeCloseTo(0.5, 5)
    expect(at(state, HOUR_MS).mean).toBeCloseTo(0.5, 5)
  })

  test('a trend that is believed carries as far as it is', () => {
    const state = forecasterOf({ everyS: 1, untilS: 100, value: (s) => 0.2 + s / 2000 })
    // 80 s of it are believed for 25 times as long; it is there after 1 500 s.
    expect(at(state, 1000_000).mean).toBeCloseTo(0.2 + 1100 / 2000, 1)
    expect(predictAhead(state, 3600_000)).toBeUndefined()
  })
})

describe('what it costs', () => {
  /** Plans and bounds are the same for many series. */
  const SHARED = ['plan', 'bounds']

  /** Bytes of all that is reachable, as V8 lays it out on 64 bits: a header of 24 bytes and 8 a property, and about 90 beside those of a buffer. */
  function bytesOf(root: object): number {
    const seen = new Set<object>()
    const sizeOf = (of: unknown): number => {
      if (typeof of !== 'object' || of === null || seen.has(of)) return 0
      seen.add(of)
      if (of instanceof ArrayBuffer) return 90 + of.byteLength
      const kept = Object.entries(of).filter(([key]) => !SHARED.includes(key))
      return kept.reduce((sum, [, value]) => sum + sizeOf(value), 24 + 8 * Object.keys(of).length)
    }
    return sizeOf(root)
  }

  test('both horizons and the trend take less than 8 KB, whatever they are fed', () => {
    const state = createSeriesForecaster({ everyMs: 1000, bounds: { min: 0, max: 1 } })
    const before = bytesOf(state)
    expect(before).toBeLessThan(8192)
    expect(before).toBeGreaterThan(state.fast.buffer.byteLength)
    const fed = forecasterOf({
      everyS: 1,
      historyS: 2 * 86_400,
      untilS: 2 * 86_400 + 3600,
      value: noisy(8, (s) => s / 1e6),
    })
    predictAhead(fed, HOUR_MS)
    expect(bytesOf(fed)).toBe(before)
    expect(new Set([fed.fast.buffer, fed.slow.buffer, fed.trend.buffer]).size).toBe(1)
  })
})

describe('where the horizons meet', () => {
  const shapes: readonly (readonly [string, (seed: number) => Play])[] = [
    ['noise', (seed) => ({ historyS: 7200, untilS: 9000, value: noisy(seed) })],
    [
      'a level that was left',
      (seed) => ({ historyS: 7200, untilS: 7800, value: noisy(seed, (s) => (s < 7400 ? 0.3 : 0.7)) }),
    ],
    ['a fill', (seed) => ({ historyS: 7200, untilS: 9000, value: noisy(seed, (s) => 0.2 + s / 40_000) })],
    ['a wave', (seed) => ({ historyS: 7200, untilS: 9000, value: noisy(seed, (s) => 0.5 + 0.2 * Math.sin(s / 900)) })],
  ]

  test.each(shapes)('it goes on without a jump: %s', (_, play) => {
    for (let seed = 0; seed < 5; seed++) {
      const state = forecasterOf(play(seed))
      const [before, after] = [at(state, JOIN_MS), at(state, JOIN_MS + 1)]
      for (const key of ['mean', 'low80', 'high80', 'low95', 'high95'] as const)
        expect(Math.abs(after[key] - before[key])).toBeLessThan(1e-4)
    }
  })

  test.each(shapes)('bands widen or hold: %s', (_, play) => {
    for (let seed = 0; seed < 5; seed++) {
      const state = forecasterOf(play(seed))
      let widest = 0
      for (let aheadS = 5; aheadS <= 7000; aheadS += 35) {
        const wide = width(at(state, aheadS * 1000))
        expect(wide).toBeGreaterThanOrEqual(widest - 1e-9)
        widest = wide
      }
    }
  })

  test('further on it says what the slow horizon does', () => {
    // The last ten minutes lie above a level of hours; what they say fades.
    const state = forecasterOf({ historyS: 6 * 3600, untilS: 6 * 3600 + 600, value: noisy(4) })
    const far = at(state, 5 * HOUR_MS)
    expect(Math.abs(far.mean - 0.5)).toBeLessThan(0.02)
    expect(far.low95).toBeLessThan(0.49)
    expect(far.high95).toBeGreaterThan(0.51)
  })
})

describe('what is expected', () => {
  test('lies on the line of a trend that is believed', () => {
    const state = forecasterOf({ historyS: 6 * 3600, untilS: 7 * 3600, value: noisy(6, (s) => 0.2 + s / 80_000) })
    for (const hours of [0.5, 1, 3])
      expect(Math.abs(at(state, hours * HOUR_MS).mean - (0.2 + (7 + hours) * 3600 * (1 / 80_000)))).toBeLessThan(0.02)
  })

  test('stays within the bounds', () => {
    const state = forecasterOf({
      historyS: 7200,
      untilS: 9000,
      value: noisy(7, (s) => 0.9 + s / 100_000),
      bounds: { min: 0, max: 1 },
    })
    for (const minutes of [1, 10, 60, 120]) {
      const { low95, mean, high95 } = at(state, minutes * 60_000)
      expect(high95).toBeLessThanOrEqual(1)
      expect(mean).toBeLessThanOrEqual(1)
      expect(low95).toBeGreaterThanOrEqual(0)
    }
  })

  test('is numbers in order, whatever came', () => {
    const values = fc.array(
      fc.oneof(
        fc.double({ min: -1e6, max: 1e6, noNaN: true }),
        fc.constantFrom(Number.NaN, Number.NEGATIVE_INFINITY, 0),
      ),
      { minLength: 40, maxLength: 120 },
    )
    fc.assert(
      fc.property(values, fc.nat(200), (list, gap) => {
        const state = createSeriesForecaster({ everyMs: 1000 })
        list.forEach((value, i) => {
          observeSample(state, START_MS + (i + (i > 60 ? gap : 0)) * 1000, value)
          if (i % 3 === 0) observeMinute(state, START_MS + i * 20_000, value)
        })
        for (const aheadMs of [0, 1000, 30_000, JOIN_MS, JOIN_MS + 1, 1e6, 1e7]) {
          const prediction = predictAhead(state, aheadMs)
          if (prediction === undefined) continue
          const { low95, low80, mean, high80, high95 } = prediction
          expect([low95, low80, mean, high80, high95].every(Number.isFinite)).toBe(true)
          expect(low95 <= low80 && low80 <= mean && mean <= high80 && high80 <= high95).toBe(true)
        }
      }),
      { numRuns: 60 },
    )
  })
})
