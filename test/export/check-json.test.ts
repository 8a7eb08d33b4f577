import { expect, test } from 'vitest'
import { checkJson, checksJson } from '../../src/export/check-json.ts'
import { snapshotJson } from '../../src/export/snapshot-json.ts'
import type { CheckStatus } from '../../src/model/check.ts'
import { API, BACKUP, MAIL, NGINX, SERVICES } from '../fixtures/checks.ts'
import { frameOf, NOW } from '../fixtures/frame.ts'
import { HOSTILE, HOSTILE_CHECK } from './check-hostile.ts'

/** As it is read on the other side of a pipe. */
const read = (status: CheckStatus) => JSON.parse(JSON.stringify(checkJson(status, NOW)))

test('a check says all that is known of it', () => {
  expect(read(API)).toMatchSnapshot()
})

test('what is not known is null, and nothing is missing', () => {
  expect(read(BACKUP)).toEqual({
    name: 'backup',
    type: 'tcp',
    target: '10.0.4.9:22',
    state: 'unknown',
    reason: null,
    since_ms: null,
    flapping: false,
    latency_s: null,
    error: 'not asked yet',
    labels: {},
    details: {
      origin: 'configured',
      group: null,
      checked_ms: null,
      next_ms: NOW + 12_000,
      duration_s: null,
      tries: null,
      phases_s: null,
      expectations: [],
      certificate: null,
      facts: {},
      values: [],
      availability: { hour: null, day: null, week: null },
      latency: null,
    },
  })
  expect(Object.keys(read(API))).toEqual(Object.keys(read(BACKUP)))
  expect(Object.keys(read(API).details)).toEqual(Object.keys(read(BACKUP).details))
})

test('a check that measures no service has no latency', () => {
  expect(read(NGINX)).toMatchObject({ state: 'up', latency_s: null, error: null, details: { latency: null } })
})

test('the whole of check --format json carries version, time and verdict', () => {
  const whole = JSON.parse(JSON.stringify(checksJson([MAIL, NGINX], NOW)))
  expect(Object.keys(whole)).toEqual(['v', 't', 'verdict', 'checks'])
  expect(whole).toMatchObject({ v: 1, t: NOW, verdict: 'critical' })
  expect(whole.checks.map(({ name }: { name: string }) => name)).toEqual(['mail', 'nginx'])
  expect(checksJson([], NOW)).toMatchObject({ verdict: 'ok', checks: [] })
})

test('a snapshot tells the same of each check', () => {
  const snapshot = JSON.parse(JSON.stringify(snapshotJson(frameOf({ checks: SERVICES }))))
  expect(snapshot.checks).toEqual(SERVICES.map(read))
})

test('neither settings nor header fields are told, and odd text is only text', () => {
  const text = JSON.stringify(checkJson(HOSTILE_CHECK, NOW))
  expect(text).not.toContain('hunter2')
  expect(text).not.toMatch(/[\u0000-\u001f]/)
  const { labels, details } = JSON.parse(text)
  expect(labels.team).toBe(HOSTILE)
  expect(details.values.map(({ value }: { value: number | null }) => value)).toEqual([1.5, 1e21, null])
})
