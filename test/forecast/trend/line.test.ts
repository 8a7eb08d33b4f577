import { describe, expect, test } from 'vitest'
import { lineNow, nowOf, peaksOf } from '../../../src/forecast/trend/line.ts'
import { createSpread, spreadSample } from '../../../src/forecast/trend/spread.ts'
import { createSwings, type Swings, swing } from '../../../src/forecast/trend/swings.ts'
import { blocksOf, driftOf, stateOf } from './states.ts'

describe('now', () => {
  test('is the middle one of the last three values, whatever their order', () => {
    for (const recent of [
      [1, 2, 9],
      [9, 2, 1],
      [2, 1, 9],
      [9, 1, 2],
    ] as const)
      expect(nowOf({ recent })).toBe(2)
  })

  test('is the last one before there are three, and not known before the first', () => {
    expect(nowOf({ recent: [Number.NaN, 1, 7] })).toBe(7)
    expect(nowOf({ recent: [Number.NaN, Number.NaN, Number.NaN] })).toBeNaN()
  })
})

describe('where the line is now', () => {
  // At 80 s the line is at 10 and rises by 1 a second: at 85 s it is at 15.
  const line = { value: 10, atMs: 80_000, scatter: 2 }

  test('is where it goes on to while the value lies within its scatter', () => {
    const state = stateOf({ lastMs: 85_000 })
    for (const now of [13, 15, 17]) expect(lineNow(state, driftOf(line), now)).toBe(15)
  })

  test('follows the value by what lies outside of it', () => {
    const state = stateOf({ lastMs: 85_000 })
    expect(lineNow(state, driftOf(line), 20)).toBe(18)
    expect(lineNow(state, driftOf(line), 10)).toBe(12)
  })

  test('of longer blocks follows the shorter ones after them, not a value', () => {
    // Blocks of 15 s end at 240 s; those of 5 s before it were lifted by 30.
    const blocks = blocksOf(240, (s) => s + (s >= 225 ? 30 : 0))
    const drift = driftOf({ level: 1, spanMs: 240_000, value: 240, atMs: 240_000, scatter: 5 })
    // 225 to 239 s are 262 on the average, at 232; with the line's rate that is 269.5 at the end of their time, half a second late.
    expect(lineNow(stateOf({ blocks, lastMs: 240_000 }), drift, 0)).toBeCloseTo(240 + 29.5 - 5, 3)
  })
})

describe('peaks', () => {
  const MINUTE_MS = 60_000
  const swingsOf = (points: readonly (readonly [s: number, value: number])[]): Swings => {
    const swings = createSwings()
    for (const [s, value] of points) swing(swings, s * 1000, value, 24 * 60 * MINUTE_MS)
    return swings
  }
  /** Flat, at 0, over the last ten minutes. */
  const flat = driftOf({ rate: 0, spanMs: 10 * MINUTE_MS, atMs: 10 * MINUTE_MS })
  const points = [
    [0, -1],
    [100, 5],
    [150, -2],
    [200, 9],
    [250, -4],
    [300, 7],
    [350, -1],
    [560, 3],
    [570, 0],
  ] as const
  const at = { lastMs: 10 * MINUTE_MS, swings: [swingsOf(points)] }

  test('reach beyond the line as the second highest does', () => {
    expect(peaksOf(stateOf(at), flat, 1, 0).over).toBe(7)
    expect(peaksOf(stateOf(at), flat, -1, 0).over).toBe(2)
  })

  test('count from the time that is looked at on, and those of late say how far it got', () => {
    const shorter = { ...flat, spanMs: 5 * MINUTE_MS }
    expect(peaksOf(stateOf(at), shorter, 1, 0).over).toBe(3)
    // The last quarter of ten minutes has the 3 alone.
    expect(peaksOf(stateOf(at), flat, 1, 0).top).toBe(3)
    expect(peaksOf(stateOf(at), flat, 1, 4).top).toBe(4)
  })

  test('are at least what samples usually reach beyond the mean of their minute, less the way of the line', () => {
    const spread = createSpread()
    for (let s = 0; s < 600; s++) spreadSample(spread, s * 1000, s % 60 === 0 ? 60 : 0)
    const state = stateOf({ lastMs: 10 * MINUTE_MS, spread, swings: [] })
    expect(peaksOf(state, flat, 1, 0).over).toBeCloseTo(59, 6)
    // 1 a second is 30 in half a minute; and blocks are 7.5 s late.
    const { over, top } = peaksOf(state, { ...flat, rate: 1 / 1000 }, 1, 100)
    expect(over).toBeCloseTo(29, 6)
    expect(top).toBeCloseTo(100 + 29 + 7.5, 6)
  })
})
