import fc from 'fast-check'
import { expect, test } from 'vitest'
import { advanceFlapping, changeRatio, STEADY } from '../../../src/engine/checks/flapping.ts'
import type { CheckState } from '../../../src/model/check.ts'

const alternating = (count: number): CheckState[] =>
  Array.from({ length: count }, (_, index) => (index % 2 === 0 ? 'up' : 'down'))

function follow(states: readonly CheckState[]) {
  let flapping = STEADY
  return states.map((state) => {
    flapping = advanceFlapping(flapping, state)
    return flapping
  })
}

test('what changes every time changes by 100 %, what never does by 0 %', () => {
  expect(changeRatio(alternating(21))).toBeCloseTo(1, 10)
  expect(changeRatio(Array.from({ length: 21 }, () => 'down' as const))).toBe(0)
})

test('a change weighs 1.2 when it is the newest and 0.8 when it is the oldest of twenty', () => {
  const one = (at: number) => Array.from({ length: 21 }, (_, index): CheckState => (index < at ? 'up' : 'down'))
  expect(changeRatio(one(20)) * 20).toBeCloseTo(1.2, 10)
  expect(changeRatio(one(1)) * 20).toBeCloseTo(0.8, 10)
  // The example of the Nagios documentation: seven of twenty, somewhat weighted.
  const seven: CheckState[] = [...'uuuuuuduuduudddduduuu'].map((letter) => (letter === 'u' ? 'up' : 'down'))
  expect(seven).toHaveLength(21)
  expect(changeRatio(seven)).toBeGreaterThan(0.3)
  expect(changeRatio(seven)).toBeLessThan(0.45)
})

test('results there were not yet are no changes', () => {
  expect(changeRatio([])).toBe(0)
  expect(changeRatio(['up'])).toBe(0)
  expect(changeRatio(['up', 'down'])).toBeCloseTo(1.2 / 20, 10)
})

test('starts at a half and goes on down to a quarter', () => {
  const all = follow([...alternating(12), ...Array.from({ length: 20 }, () => 'down' as const)])
  const began = all.findIndex(({ flapping }) => flapping)
  expect(all[began]?.ratio).toBeGreaterThanOrEqual(0.5)
  expect(all[began - 1]?.ratio).toBeLessThan(0.5)
  const ended = all.findIndex(({ flapping }, index) => index > began && !flapping)
  expect(all[ended]?.ratio).toBeLessThanOrEqual(0.25)
  expect(all[ended - 1]?.ratio).toBeGreaterThan(0.25)
  expect(all.slice(ended).some(({ flapping }) => flapping)).toBe(false)
})

test('whatever comes: the share lies between 0 and 1, the memory is 21 results, and the limits hold', () => {
  const state = fc.constantFrom<CheckState>('up', 'degraded', 'down', 'unknown')
  fc.assert(
    fc.property(fc.array(state, { maxLength: 120 }), (states) => {
      let before = STEADY
      for (const now of follow(states)) {
        expect(now.ratio).toBeGreaterThanOrEqual(0)
        expect(now.ratio).toBeLessThanOrEqual(1)
        expect(now.states.length).toBeLessThanOrEqual(21)
        if (now.flapping !== before.flapping) {
          if (now.flapping) expect(now.ratio).toBeGreaterThanOrEqual(0.5)
          else expect(now.ratio).toBeLessThanOrEqual(0.25)
        }
        before = now
      }
    }),
  )
})
