import { expect, test } from 'vitest'
import type { CheckResult, CheckState } from '../../../../src/model/check.ts'
import { Outbox } from '../../../../src/sources/live/checks/outbox.ts'
import { checkDefinition } from '../../../checks/definitions.ts'

const result = (check: string, state: CheckState = 'up', asked = false): CheckResult => ({
  check,
  outcome: { state },
  wallMs: 0,
  monoMs: 0,
  durationMs: 1,
  tries: 1,
  ...(asked && { asked }),
})

/** One that has told that these are up, at 0. */
function told(...names: string[]): Outbox {
  const outbox = new Outbox(0)
  outbox.define(new Map(names.map((name) => [name, checkDefinition(name, { failures: 3 })])))
  for (const name of names) outbox.add(result(name))
  outbox.take(0)
  return outbox
}

test('the first word comes at once, and then a beat every two seconds', () => {
  const outbox = new Outbox(100)
  expect(outbox.wakeMono).toBe(100)
  expect(outbox.take(100)).toEqual({ results: [], calm: true })
  expect(outbox.take(100)).toBeUndefined()
  expect(outbox.wakeMono).toBe(2100)
  expect(outbox.take(2100)).toEqual({ results: [], calm: true })
})

test('news goes together, at most every 50 ms, in the order in which it happened', () => {
  const outbox = new Outbox(0)
  outbox.take(0)
  outbox.add(result('a'))
  outbox.add(result('b'))
  expect(outbox.wakeMono).toBe(50)
  expect(outbox.take(49)).toBeUndefined()
  outbox.add(result('c'))
  const posting = outbox.take(50)
  expect([posting?.calm, posting?.results.map(({ check }) => check)]).toEqual([false, ['a', 'b', 'c']])
  // After a quiet time there is nothing to wait for.
  outbox.add(result('d'))
  expect(outbox.take(700)?.results.map(({ check }) => check)).toEqual(['d'])
})

test('what is as it was waits for company, and goes with news', () => {
  const outbox = told('a', 'b')
  outbox.add(result('a'))
  expect(outbox.wakeMono).toBe(500)
  expect(outbox.take(499)).toBeUndefined()
  outbox.add(result('b'))
  expect(outbox.take(500)).toEqual({ results: [result('a'), result('b')], calm: true })
  outbox.add(result('a'))
  outbox.add(result('b', 'degraded'))
  expect(outbox.wakeMono).toBe(550)
  expect(outbox.take(550)).toEqual({ results: [result('a'), result('b', 'degraded')], calm: false })
  outbox.add(result('b', 'degraded'))
  expect(outbox.wakeMono).toBe(1050)
})

test('failures are news until they were counted, and so is what somebody asked for', () => {
  const outbox = told('a')
  const calm = (one: CheckResult) => {
    outbox.add(one)
    return outbox.take(outbox.wakeMono)?.calm
  }
  const down = () => calm(result('a', 'down'))
  expect([down(), down(), down(), down(), down()]).toEqual([false, false, false, true, true])
  expect(calm(result('a', 'down', true))).toBe(false)
  expect([calm(result('a')), calm(result('a')), calm(result('a', 'up', true))]).toEqual([false, true, false])
})

test('checks that are gone are forgotten', () => {
  const outbox = told('a', 'b')
  outbox.define(new Map([['b', checkDefinition('b')]]))
  outbox.add(result('b'))
  expect(outbox.take(1000)?.calm).toBe(true)
  outbox.add(result('a'))
  expect(outbox.take(2000)?.calm).toBe(false)
})
