import { expect, test } from 'vitest'
import { latencyOf, Past, resultsOf, usualPhasesOf } from '../../../src/engine/checks/past.ts'
import { MOST_RESULTS, type Phases } from '../../../src/model/check.ts'
import { resultOf } from '../../fixtures/checks.ts'

function append(past: Past, number: number, latencyS = number, phases?: Phases): void {
  const result = resultOf('api', { ...(phases && { phases }) }, { wallMs: number })
  past.append(result, number % 7 === 0 ? 'down' : 'up', latencyS)
}

test('keeps the newest results, oldest first', () => {
  const past = new Past()
  for (let number = 0; number < 1000; number++) append(past, number)
  const results = resultsOf(past.view)
  expect(results).toHaveLength(MOST_RESULTS)
  expect(results[0]).toEqual({ wallMs: 1000 - MOST_RESULTS, state: 'up', latencyS: 1000 - MOST_RESULTS })
  expect(results.at(-1)).toEqual({ wallMs: 999, state: 'up', latencyS: 999 })
  expect(results.at(-6)).toEqual({ wallMs: 994, state: 'down', latencyS: 994 })
})

test('a view goes on telling what it told, however many results come', () => {
  const past = new Past()
  const views = Array.from({ length: 900 }, (_, number) => {
    append(past, number, 0.1, { connect: number })
    return past.view
  })
  for (const [number, view] of views.entries()) {
    const results = resultsOf(view)
    expect(results.at(-1)?.wallMs).toBe(number)
    expect(results[0]?.wallMs).toBe(Math.max(0, number - MOST_RESULTS + 1))
  }
})

test('percentiles are of what was measured, by nearest rank', () => {
  const past = new Past()
  expect(latencyOf(past.view)).toBeUndefined()
  append(past, 0, Number.NaN)
  expect(latencyOf(past.view)).toBeUndefined()
  for (let number = 1; number <= 100; number++) append(past, number)
  expect(latencyOf(past.view)).toEqual({ p50: 50, p95: 95 })
})

test('the usual phases are medians of the results that had them', () => {
  const past = new Past()
  append(past, 1)
  expect(usualPhasesOf(past.view)).toBeUndefined()
  append(past, 2, 1, { connect: 2, first_byte: 0.5 })
  append(past, 3, 1, { connect: 4 })
  append(past, 4, 1, { connect: 3 })
  expect(usualPhasesOf(past.view)).toEqual({ connect: 3, first_byte: 0.5 })
})
