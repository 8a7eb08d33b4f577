import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { CheckState } from '../../../../src/model/check.ts'
import { holdMs, resultSteps, worse } from '../../../../src/ui/panels/check/history.ts'
import { definitionOf } from '../../../fixtures/checks.ts'

const past = (wallMs: number, latencyS: number, state: CheckState = 'up') => ({ wallMs, latencyS, state })
const { NaN: NONE } = Number

describe('results as steps', () => {
  const request = { endMs: 100, stepMs: 10, count: 5, holdMs: 25 }
  test('stand in the step they fall into, the last one holds the end', () => {
    // Steps begin at 60, 70, 80, 90 and 100.
    const { latencyS, states } = resultSteps([past(65, 1), past(99, 2)], { ...request, holdMs: 0 })
    expect([...latencyS]).toEqual([1, NONE, NONE, 2, NONE])
    expect(states).toEqual(['up', undefined, undefined, 'up', undefined])
  })
  test('stand until the next one, but not for ever', () => {
    const { latencyS } = resultSteps([past(45, 1), past(91, 2)], { ...request, count: 6 })
    expect([...latencyS]).toEqual([1, 1, 1, NONE, 2, 2])
  })
  test('several in one step are their mean, and the worst of their states', () => {
    const { latencyS, states } = resultSteps([past(90, 1), past(94, NONE, 'down'), past(98, 3)], request)
    expect(latencyS[3]).toBe(2)
    expect(states[3]).toBe('down')
  })
  test('a failure is a gap that stands, too', () => {
    const { latencyS, states } = resultSteps([past(70, 1), past(80, NONE, 'down')], request)
    expect([...latencyS]).toEqual([NONE, 1, NONE, NONE, NONE])
    expect(states).toEqual([undefined, 'up', 'down', 'down', 'down'])
  })
  test('what was recorded once a minute stands until the next one that was; what was not running is a gap', () => {
    const recorded = (wallMs: number, latencyS: number) => ({ ...past(wallMs, latencyS), recorded: true as const })
    const request = { endMs: 600_000, stepMs: 20_000, count: 31, holdMs: 37_500 }
    // Steps begin at 0, 20 s, and so on: a minute apart, five minutes off, one more line, and this run after a minute.
    const results = [recorded(0, 1), recorded(60_000, 2), recorded(119_000, 3), recorded(420_000, 4), past(480_000, 5)]
    const { latencyS } = resultSteps(results, request)
    const known = (from: number, to: number) => [...latencyS.subarray(from / 20, to / 20)]
    expect(known(0, 120)).toEqual([1, 1, 1, 2, 2, 3])
    expect(known(120, 160)).toEqual([3, 3])
    expect(known(160, 420).every(Number.isNaN)).toBe(true)
    expect(known(420, 480)).toEqual([4, 4, NONE])
    expect(known(480, 540)).toEqual([5, 5, NONE])
  })
  test('results at every step are never lost or moved, whatever the step', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 50 }), fc.integer({ min: 1, max: 60 }), (stepMs, count) => {
        const endMs = 10_000
        const first = Math.floor(endMs / stepMs) - count + 1
        const results = Array.from({ length: count }, (_, at) => past((first + at) * stepMs, at))
        const { latencyS } = resultSteps(results, { endMs, stepMs, count, holdMs: 0 })
        expect([...latencyS]).toEqual(results.map((result) => result.latencyS))
      }),
    )
  })
})

test('the worse of two states is the one that stands first in lists', () => {
  expect(worse('up', 'down')).toBe('down')
  expect(worse('degraded', 'unknown')).toBe('degraded')
  expect(worse(undefined, 'up')).toBe('up')
  expect(worse(undefined, undefined)).toBeUndefined()
})

test('a result stands for two and a half intervals', () => {
  expect(holdMs(definitionOf('api', { intervalMs: 60_000 }))).toBe(150_000)
})
