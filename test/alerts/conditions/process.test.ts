import { expect, test } from 'vitest'
import type { ProcessCondition } from '../../../src/model/alert-definition.ts'
import type { CheckStatus } from '../../../src/model/check.ts'
import type { Watched } from '../../../src/model/watch.ts'
import { NGINX, resultOf } from '../../fixtures/checks.ts'
import { WATCHED } from '../../fixtures/watched.ts'
import { Court, MINUTE, rule, START, turns } from '../court.ts'

function on(is: ProcessCondition['is'], process?: string) {
  return rule({ name: is, forMs: 0, when: { kind: 'process', is, ...(process !== undefined && { process }) } })
}

const GONE: Watched = { ...WATCHED, label: 'node', state: 'gone', instances: [] }
const RUNNING: Watched = { ...WATCHED, label: 'node', state: 'running', restarts: 0, runs: [] }

/** Started so many times, a minute after the other, the last time just now. */
const started = (times: number): Watched => ({
  ...RUNNING,
  restarts: times,
  runs: Array.from({ length: times + 1 }, (_, ago) => ({ pid: 100 + ago, startedMs: START - ago * MINUTE })),
})

const checked = (parts: Partial<CheckStatus>, found = 'none'): CheckStatus => ({
  ...NGINX,
  ...parts,
  last: resultOf('nginx', { expectations: [{ name: 'restarts', met: false, found, wanted: '<3' }] }),
})

test('a watched process that is gone, until it runs again', () => {
  const court = new Court([on('gone')])
  expect(court.at(0, { watched: { ...GONE, state: 'waiting' } }).alerts).toEqual([])
  const gone = court.at(1000, { watched: GONE })
  expect(gone.alerts).toMatchObject([
    { series: 'process_count{process="node"}', subject: 'node', text: 'not running', value: 0, direction: 'below' },
  ])
  expect(turns(court.at(2000, { watched: RUNNING }))).toEqual(['resolved gone cleared'])
})

test('three restarts within ten minutes are a loop', () => {
  const court = new Court([on('restarting')])
  expect(court.at(0, { watched: started(2) }).alerts).toEqual([])
  expect(court.at(0, { watched: started(3) }).alerts).toMatchObject([
    { subject: 'node', text: 'restarted 3 times in 10 min', value: 3 },
  ])
  // The first of them was ten minutes ago.
  expect(turns(court.at(8 * MINUTE, { watched: started(3) }))).toEqual(['resolved restarting cleared'])
})

test('the first run of each of several instances is no restart', () => {
  const court = new Court([on('restarting')])
  expect(court.at(0, { watched: { ...started(5), restarts: 0 } }).alerts).toEqual([])
})

test('a process that a check is for', () => {
  const missing = checked({ state: 'down', reason: 'missing' })
  expect(new Court([on('gone')]).at(0, { checks: [missing] }).alerts).toMatchObject([{ subject: 'nginx' }])
  expect(new Court([on('gone', 'other')]).at(0, { checks: [missing] }).alerts).toEqual([])
  const looping = checked({ state: 'degraded', reason: 'restarting' }, 'restarted 4 times in 10 min')
  expect(new Court([on('restarting', 'nginx')]).at(0, { checks: [looping] }).alerts).toMatchObject([
    { text: 'restarted 4 times in 10 min', value: 4 },
  ])
  const busy = checked({ state: 'degraded', reason: 'cpu' })
  expect(new Court([on('gone'), on('restarting')]).at(0, { checks: [busy] }).alerts).toEqual([])
})

test('a check that cannot be asked leaves it as it is', () => {
  const court = new Court([on('gone')])
  court.at(0, { checks: [checked({ state: 'down', reason: 'missing' })] })
  expect(turns(court.at(1000, { checks: [checked({ state: 'unknown', reason: 'permission' })] }))).toEqual([])
  expect(turns(court.at(2 * MINUTE, { checks: [checked({ state: 'unknown', reason: 'permission' })] }))).toEqual([
    'no data gone',
  ])
})

test('whom nobody watches any more is gone', () => {
  const court = new Court([on('gone')])
  court.at(0, { watched: GONE })
  expect(turns(court.at(1000, { watched: { ...RUNNING, label: 'nginx' } }))).toEqual(['resolved gone gone'])
})
