import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { planOf, strideOf } from '../../../src/forecast/bank/anchors.ts'
import { stepsTo } from '../../../src/forecast/bank/clock.ts'
import { intervalScore } from '../../../src/forecast/bank/experts.ts'
import { fromHalf, toHalf } from '../../../src/forecast/bank/halves.ts'
import { SLOTS } from '../../../src/forecast/bank/memory.ts'
import { createProfile, followProfile, profileOf, usualAt } from '../../../src/forecast/bank/profile.ts'
import { MINUTES, zeroed } from '../series.ts'

test('16 bits hold a number to 0.4 %', () => {
  fc.assert(
    fc.property(fc.double({ min: -1e30, max: 1e30, noNaN: true }), (value) => {
      if (Math.abs(value) < 1e-30) return
      expect(Math.abs(fromHalf(toHalf(value)) / value - 1)).toBeLessThanOrEqual(2 ** -8)
    }),
  )
  expect(fromHalf(toHalf(0))).toBe(0)
})

describe('anchors', () => {
  const anchorsOf = (horizon: number) => planOf({ stepMs: 60_000, horizon }).anchors

  test('reach from one step to the horizon', () => {
    expect(anchorsOf(1440)).toEqual([1, 3, 11, 38, 128, 429, 1440])
    expect(anchorsOf(1)).toEqual([1])
    for (const horizon of [2, 3, 12, 48, 150, 288, 300]) {
      const anchors = anchorsOf(horizon)
      expect(anchors[0]).toBe(1)
      expect(anchors.at(-1)).toBe(horizon)
    }
  })

  test('an origin is kept until its anchor is reached', () => {
    for (let horizon = 1; horizon < 2000; horizon++)
      for (const anchor of anchorsOf(horizon)) {
        expect(strideOf(anchor) * SLOTS).toBeGreaterThanOrEqual(anchor)
        expect(strideOf(anchor) / 2).toBeLessThanOrEqual(anchor / 2)
      }
  })
})

test('plans are shared by all series on a grid', () => {
  expect(planOf({ ...MINUTES })).toBe(planOf(MINUTES))
  expect(planOf({ ...MINUTES, stepMs: 30_000 })).not.toBe(planOf(MINUTES))
})

describe('the clock', () => {
  const steps = (times: readonly number[]) => {
    const clock = { firstMs: times[0] as number, lastMs: times[0] as number, stepMs: times[0] as number }
    return times.slice(1).map((ms) => stepsTo(clock, ms, 1000))
  }

  test.each([
    { times: [0, 1000, 2000], gaps: [1, 1] },
    { times: [0, 1400, 1900, 3000], gaps: [1, 1, 1] },
    { times: [0, 100, 300], gaps: [0, 0] },
    { times: [0, 7000], gaps: [7] },
    { times: [50_000, 3000, 4000], gaps: [1, 1] },
    { times: [0, 1e15], gaps: [1e9] },
  ])('$times', ({ times, gaps }) => {
    expect(steps(times)).toEqual(gaps)
  })

  test('knows since when it goes on, also after it was set back', () => {
    const clock = { firstMs: 5000, lastMs: 5000, stepMs: 5000 }
    stepsTo(clock, 6000, 1000)
    expect(clock).toMatchObject({ firstMs: 5000, lastMs: 6000 })
    stepsTo(clock, 2000, 1000)
    expect(clock).toMatchObject({ firstMs: 2000, lastMs: 2000 })
  })
})

test('the interval score is the width, and 40 times what a value is outside', () => {
  expect(intervalScore(2, 5, 3)).toBe(3)
  expect(intervalScore(2, 5, 6)).toBe(43)
  expect(intervalScore(2, 5, 1.5)).toBe(23)
})

describe('a profile', () => {
  const learnt = (days: number, value: (day: number, step: number) => number | undefined) => {
    const memory = zeroed(MINUTES)
    const profile = profileOf(1440)
    createProfile(profile, memory)
    for (let cell = 0; cell < days * 1440; cell++) {
      const sample = value(Math.floor(cell / 1440), cell % 1440)
      if (sample !== undefined) followProfile(profile, memory, cell, sample)
    }
    return (step: number) => usualAt(profile, memory, step)
  }

  test('is the mean of the same time of earlier days', () => {
    const usual = learnt(3, (_, step) => Math.sin((2 * Math.PI * step) / 1440))
    for (const step of [100, 360, 777, 1100]) expect(usual(step)).toBeCloseTo(Math.sin((2 * Math.PI * step) / 1440), 1)
  })

  test('follows within days', () => {
    const usual = learnt(20, (day) => (day < 10 ? 0 : 100))
    expect(usual(700)).toBeGreaterThan(95)
  })

  test('knows nothing of hours that were never seen', () => {
    const usual = learnt(3, (_, step) => (step < 600 || step > 900 ? 5 : undefined))
    expect(usual(750)).toBeNaN()
    expect(usual(300)).toBe(5)
  })
})
