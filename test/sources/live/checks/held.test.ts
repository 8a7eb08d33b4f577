import { expect, test } from 'vitest'
import type { CheckBatch, CheckResult } from '../../../../src/model/check.ts'
import { Held } from '../../../../src/sources/live/checks/held.ts'
import { checkDefinition } from '../../../checks/definitions.ts'

const results = (check: string): readonly CheckResult[] => [
  { check, outcome: { state: 'up' }, wallMs: 0, monoMs: 0, durationMs: 1, tries: 1 },
]

function holding(intervalMs: number): { readonly held: Held; readonly told: CheckBatch[] } {
  const told: CheckBatch[] = []
  return { held: new Held(intervalMs, (batch) => told.push(batch)), told }
}

test('what is no news goes with the next batch of the host', () => {
  const { held, told } = holding(1000)
  expect(held.release()).toEqual({})
  held.take({ results: results('a'), next: { a: 1, b: 1 } }, true)
  held.take({ next: { a: 2 } }, true)
  held.take({ results: results('b'), next: {} }, true)
  expect(told).toEqual([])
  expect(held.release()).toEqual({ checks: { results: [...results('a'), ...results('b')], next: { a: 2, b: 1 } } })
  expect(held.release()).toEqual({})
})

test('news takes along what waits, and waits for nobody', () => {
  const { held, told } = holding(1000)
  held.take({ results: results('a'), next: { a: 1 } }, true)
  held.take({ results: results('b'), next: {} }, false)
  expect(told).toEqual([{ results: [...results('a'), ...results('b')], next: { a: 1 } }])
  expect(held.release()).toEqual({})
})

test('results do not go to another check that has got their name', () => {
  const { held, told } = holding(1000)
  held.take({ results: results('a'), next: { a: 1 } }, true)
  held.take({ definitions: [checkDefinition('a')] }, false)
  expect(told).toEqual([{ results: results('a'), next: { a: 1 } }, { definitions: [checkDefinition('a')] }])
})

test('where the host is measured seldom nothing waits', () => {
  const { held, told } = holding(5000)
  held.take({ results: results('a'), next: {} }, true)
  expect(told).toHaveLength(1)
})
