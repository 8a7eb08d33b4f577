import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { planOf, strideOf } from '../../../src/forecast/bank/anchors.ts'
import { stepsTo } from '../../../src/forecast/bank/clock.ts'
import { intervalScore } from '../../../src/forecast/bank/experts.ts'
import { fromHalf, toHalf } from '../../../src/forecast/bank/halves.ts'
import { createMemory, PROFILE_WORDS, SLOTS } from '../../../src/forecast/bank/memory.ts'
import { createProfile, followProfile, usualAt } from '../../../src/forecast/bank/profile.ts'

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
  test('reach from one step to the horizon', () => {
    expect(planOf(1440).anchors).toEqual([1, 3, 11, 38, 128, 429, 1440])
    expect(planOf(1).anchors).toEqual([1])
    for (const horizon of [2, 3, 12, 48, 150, 288, 300]) {
      const { anchors } = planOf(horizon)
      expect(anchors[0]).toBe(1)
      expect(anchors.at(-1)).toBe(horizon)
    }
  })

  test('an origin is kept until its anchor is reached', () => {
    for (let horizon = 1; horizon < 2000; horizon++)
      for (const anchor of planOf(horizon).anchors) {
        expect(strideOf(anchor) * SLOTS).toBeGreaterThanOrEqual(anchor)
        expect(strideOf(anchor) / 2).toBeLessThanOrEqual(anchor / 2)
      }
  })
})

describe('the clock', () => {
  const steps = (times: readonly number[]) => {
    const clock = { lastMs: times[0] as number, stepMs: times[0] as number }
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
})

test('the interval score is the width, and 40 times what a value is outside', () => {
  expect(intervalScore(2, 5, 3)).toBe(3)
  expect(intervalScore(2, 5, 6)).toBe(43)
  expect(intervalScore(2, 5, 1.5)).toBe(23)
})

describe('a profile', () => {
  const learnt = (days: number, value: (day: number, step: number) => number | undefined) => {
    const memory = createMemory(1, 1, PROFILE_WORDS + 72)
    const profile = createProfile(memory, 1440, 72)
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
