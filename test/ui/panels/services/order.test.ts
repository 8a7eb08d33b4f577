import { expect, test } from 'vitest'
import type { CheckStatus } from '../../../../src/model/check.ts'
import { listedChecks, showsChecks } from '../../../../src/ui/panels/services/order.ts'
import { API, BACKUP, CERTS, definitionOf, MAIL, OUTBOX, QUEUE, SHOP, statusOf } from '../../../fixtures/checks.ts'

const named = (name: string, parts: Partial<CheckStatus> = {}) => statusOf({ definition: definitionOf(name), ...parts })
const names = (checks: readonly CheckStatus[]) => checks.map(({ definition }) => definition.name)

test('trouble first, what was never asked last, and by name', () => {
  const checks = [BACKUP, named('web 10'), named('Web 9'), QUEUE, OUTBOX, CERTS, SHOP, API, named('db'), MAIL]
  expect(names(listedChecks(checks, '').checks)).toEqual([
    ...['mail', 'api', 'queue', 'shop.example', 'certs', 'outbox'],
    ...['db', 'Web 9', 'web 10', 'backup'],
  ])
})

test('the order changes only with a state', () => {
  const checks = Array.from({ length: 50 }, (_, index) => named(`check ${index}`))
  const slower = checks.map((check) => ({ ...check, failing: 1, sinceMs: 0, latency: { p50: 9, p95: 9 } }))
  expect(names(listedChecks(slower, '').checks)).toEqual(names(listedChecks(checks, '').checks))
})

test('the same checks and filter give the same list', () => {
  const checks = [MAIL, API]
  expect(listedChecks(checks, 'type:http')).toBe(listedChecks(checks, 'type:http'))
  expect(names(listedChecks(checks, 'type:http').checks)).toEqual(['api'])
  expect(listedChecks(checks, '').checks).toBe(listedChecks(checks, ' ').checks)
})

test('a filter that is wrong says so and hides nothing', () => {
  const { checks, total, error } = listedChecks([MAIL, API], 'stat:down')
  expect([checks.length, total, error?.at]).toEqual([2, 2, 0])
})

test('sockets are listed where there is nothing else, and in full when somebody wants to see them', () => {
  const view = (list: 'checks' | 'sockets') => ({ filter: '', list })
  expect(showsChecks([], view('checks'), true)).toBe(false)
  expect(showsChecks([MAIL], view('sockets'), true)).toBe(false)
  expect(showsChecks([MAIL], view('sockets'), false)).toBe(true)
  expect(showsChecks([MAIL], view('checks'), true)).toBe(true)
})
