import { describe, expect, test } from 'vitest'
import { baseOf, createBlocks } from '../../../src/forecast/trend/blocks.ts'
import { coursesOf, isCourse, REACH, widthOf } from '../../../src/forecast/trend/courses.ts'
import type { Drift } from '../../../src/forecast/trend/drift.ts'
import { nowOf } from '../../../src/forecast/trend/line.ts'
import type { Held } from '../../../src/forecast/trend/look.ts'
import { createTrend, openTrend, type TrendState } from '../../../src/forecast/trend/state.ts'
import { createSwings, type Swings, swing } from '../../../src/forecast/trend/swings.ts'
import { noteTeeth } from '../../../src/forecast/trend/teeth.ts'
import { trendSample } from '../../../src/forecast/trend/trend.ts'
import { driftOf, stateOf } from './states.ts'

const MINUTE_MS = 60_000
const DAY_MS = 86_400_000

/** Blocks whose base is 0. */
const ZERO = createBlocks()
ZERO.f64[0] = 0

/** It is at 0, and this is believed. */
const believing = (drift: Drift, more: Partial<Held> = {}): TrendState =>
  stateOf({ blocks: ZERO, lastMs: drift.atMs, held: { drift, longer: undefined, slowing: undefined, ...more } })

const swingsOf = (points: readonly (readonly [minute: number, value: number])[]): Swings => {
  const swings = createSwings()
  for (const [minute, value] of points) swing(swings, minute * MINUTE_MS, value, 7 * DAY_MS)
  return swings
}

describe('a line to the limit', () => {
  test('takes the way that is left at its rate, and is believed for its reach', () => {
    const [course, ...others] = coursesOf(believing(driftOf()), 0, 100, 1)
    // 1 a second; blocks are 7.5 s late, but no more than that may be made up for.
    expect(course?.likelyMs).toBeGreaterThanOrEqual(92_500)
    expect(course?.likelyMs).toBeLessThanOrEqual(100_000)
    expect(course).toMatchObject({ reachMs: REACH * 80_000, slackMs: 0 })
    expect(others).toEqual([])
  })

  test('has none on the other side, none to where it would take months, and none without a trend', () => {
    expect(coursesOf(believing(driftOf()), 0, -100, -1)).toEqual([])
    expect(coursesOf(believing(driftOf()), 0, (1.01 * 90 * DAY_MS) / 1000, 1)).toEqual([])
    expect(coursesOf(stateOf({ blocks: ZERO }), 0, 100, 1)).toEqual([])
  })

  test('upside down is the same', () => {
    const down = driftOf({ rate: -1 / 1000, early: -25, late: -25 })
    expect(coursesOf(believing(down), 0, -100, -1)).toEqual(coursesOf(believing(driftOf()), 0, 100, 1))
  })

  test('of a longer look comes second', () => {
    const longer = driftOf({ level: 2, spanMs: 16 * MINUTE_MS, rate: 1 / 4000, scatter: 1e9 })
    const courses = coursesOf(believing(driftOf(), { longer }), 0, 100, 1)
    expect(courses.map(({ reachMs }) => reachMs)).toEqual([REACH * 80_000, REACH * 16 * MINUTE_MS])
    expect(courses[1]?.likelyMs).toBeGreaterThan(3 * (courses[0]?.likelyMs as number))
  })

  test('is none where the moves get smaller and their sum ends before it', () => {
    // 8, then 4: 4 more are to come.
    const slowing = driftOf({ level: 1, early: 8, late: 4 })
    expect(coursesOf(believing(driftOf(), { slowing }), 0, 5, 1)).toEqual([])
    expect(coursesOf(believing(driftOf(), { slowing }), 0, 3.9, 1)).toHaveLength(1)
    // The error of the bend: 8 and 4 may as well be 7 and 5, which would end at 12.5.
    expect(coursesOf(believing(driftOf(), { slowing: { ...slowing, bend: 2 } }), 0, 7, 1)).toHaveLength(1)
  })

  test('is none while it is a tooth, or less than a tenth of the falls within it', () => {
    const saw = swingsOf([
      [0, 0],
      [3, 180],
      [3.25, 0],
      [6.25, 180],
      [6.5, 0],
      [7, 30],
    ])
    const tooth = driftOf({ atMs: 7 * MINUTE_MS, value: 30, spanMs: 40_000 })
    const state = { ...believing(tooth), swings: [saw] }
    expect(coursesOf(state, 30, 500, 1)).toEqual([])
    // Its teeth reach that.
    expect(coursesOf(state, 30, 170, 1)).toHaveLength(1)
    const beat = { ...tooth, rate: 1 / MINUTE_MS, spanMs: 8 * MINUTE_MS }
    expect(coursesOf({ ...state, held: { drift: beat, longer: undefined, slowing: undefined } }, 30, 170, 1)).toEqual(
      [],
    )
  })

  test('of a series that was fed has its own rate and place', () => {
    const trend = createTrend()
    for (let s = 0; s <= 120; s++) trendSample(trend, s * 1000, 20 + s / 10)
    const state = openTrend(trend)
    expect(baseOf(state.blocks)).toBe(20)
    const [course] = coursesOf(state, nowOf(state), 92, 1)
    expect(Math.abs((course?.likelyMs as number) / 600_000 - 1)).toBeLessThan(0.02)
  })
})

describe('a line of peaks to the limit', () => {
  /** Teeth of ten minutes on a floor that rises by 1 each, as turning points of blocks of a minute. The last peak, 14, was at 49 min. */
  const points = Array.from({ length: 5 }, (_, tooth) => [
    [10 * tooth, tooth],
    [10 * tooth + 9, 10 + tooth],
  ]).flat() as [number, number][]
  const saw = swingsOf([...points, [50, 5], [54, 9]])
  const teeth = new Uint8Array(6)
  noteTeeth(teeth, 2, saw, 1, 4)
  const state = stateOf({ blocks: ZERO, lastMs: 54 * MINUTE_MS, swings: [createSwings(), saw, createSwings()], teeth })

  test('gets there with the first peak beyond it', () => {
    const [course] = coursesOf(state, 9, 17.5, 1)
    // 15, 16, 17, 18: the fourth after the one of 5 minutes ago.
    expect(course?.likelyMs).toBeCloseTo(35 * MINUTE_MS, 0)
    expect(course?.slackMs).toBeCloseTo(5 * MINUTE_MS, 0)
    expect(course?.reachMs).toBeCloseTo(REACH * 40 * MINUTE_MS, 0)
  })

  test('is heard only where no line heads there, and not once the teeth stay away', () => {
    const held = { drift: driftOf({ atMs: state.lastMs, value: 9 }), longer: undefined, slowing: undefined }
    expect(coursesOf({ ...state, held, swings: [], teeth: new Uint8Array(6) }, 9, 17.5, 1)).toHaveLength(1)
    expect(coursesOf({ ...state, lastMs: 70 * MINUTE_MS }, 9, 17.5, 1)).toEqual([])
  })

  test('does not go down to a limit below', () => {
    expect(coursesOf(state, 9, -5, -1)).toEqual([])
  })
})

describe('how sure its speed is', () => {
  test('is 6 % at the least, 2.3 errors besides, and never less sure for being further away', () => {
    expect(widthOf(driftOf(), 1000)).toBe(0.06)
    expect(widthOf(driftOf({ error: 1e-4 }), 1000)).toBeCloseTo(0.06 + 0.23, 9)
    expect(widthOf(driftOf({ error: 1e-4, rate: -1 / 1000 }), 1000)).toBeCloseTo(0.06 + 0.23, 9)
    const wandering = driftOf({ wander: 1e-3 })
    expect(widthOf(wandering, 10_000)).toBeGreaterThan(widthOf(wandering, 100_000))
    expect(widthOf(wandering, 0)).toBe(widthOf(wandering, 1))
  })
})

describe('a trend that charts are drawn to', () => {
  test('is one that does not slow down and is no tooth', () => {
    const drift = driftOf({ atMs: 25 * MINUTE_MS, value: 5, rate: 1 / MINUTE_MS, spanMs: 4 * MINUTE_MS })
    expect(isCourse(believing(drift), drift)).toBe(true)
    expect(isCourse(believing(drift, { slowing: driftOf() }), drift)).toBe(false)
    const saw = swingsOf([
      [0, 0],
      [9.5, 10],
      [10, 0],
      [19.5, 10],
      [20, 0],
      [25, 5],
    ])
    expect(isCourse({ ...believing(drift), swings: [saw] }, drift)).toBe(false)
    expect(isCourse({ ...believing(drift), swings: [saw] }, { ...drift, value: 14 })).toBe(true)
  })
})
