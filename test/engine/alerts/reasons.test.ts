import { expect, test } from 'vitest'
import { Reasons } from '../../../src/engine/alerts/reasons.ts'
import type { Reason } from '../../../src/model/frame.ts'
import { alertOf } from '../../fixtures/alerts.ts'

type Moment = Parameters<Reasons['take']>

/** The reasons of one moment; of no check it is the certificate unless a test says so. */
function reasonsOf(alerts: Moment[0], unknown: Moment[1], checks: Moment[2], ofCertificate = ''): readonly Reason[] {
  const reasons = new Reasons()
  reasons.take(alerts, unknown, checks, (check) => check === ofCertificate)
  return reasons.list
}

const api: Reason = { verdict: 'warning', subject: 'api', text: 'slow 812 > 500 ms', sinceMs: 50 }
const apiAlert = alertOf({
  kind: 'check',
  name: 'check-degraded',
  series: 'check_up{check="api"}',
  subject: 'api',
  text: 'slow',
})

test('worst first, then newest; pending ones are no reason', () => {
  const unknown: Reason = { verdict: 'unknown', subject: 'host', text: 'not measured', sinceMs: 9 }
  const reasons = reasonsOf(
    [
      alertOf({ subject: 'old', sinceMs: 1 }),
      alertOf({ subject: 'new', sinceMs: 100 }),
      alertOf({ subject: 'worst', severity: 'critical' }),
      alertOf({ subject: 'soon', state: 'pending' }),
    ],
    [unknown],
    [api],
  )
  expect(reasons.map(({ subject }) => subject)).toEqual(['worst', 'host', 'new', 'api', 'old'])
})

test('a check says its trouble once, in its own words, and as bad as its worst alert', () => {
  expect(reasonsOf([apiAlert], [], [api])).toEqual([{ ...api, alert: apiAlert.id }])
  const [reason] = reasonsOf([{ ...apiAlert, severity: 'critical' }], [], [api])
  expect(reason).toMatchObject({ verdict: 'critical', text: 'slow 812 > 500 ms' })
})

test('a process that a check is for is told by the check, one that is watched by its alert', () => {
  const worker: Reason = { verdict: 'critical', subject: 'worker', text: 'no process worker', sinceMs: 50 }
  const gone = alertOf({ kind: 'process', series: 'process_count{process="worker"}', subject: 'worker' })
  expect(reasonsOf([gone], [], [worker])).toEqual([{ ...worker, alert: gone.id }])
  expect(reasonsOf([gone], [], [api]).map(({ subject }) => subject)).toEqual(['worker', 'api'])
})

test('who did it is told by the alert, unless the check knows better', () => {
  const known = { ...apiAlert, cause: 'node ended' }
  expect(reasonsOf([known], [], [api])).toEqual([{ ...api, alert: known.id, cause: 'node ended' }])
  expect(reasonsOf([known], [], [{ ...api, cause: 'db is down' }])[0]?.cause).toBe('db is down')
})

test('an alert on a check that is in no trouble stands for itself', () => {
  expect(reasonsOf([apiAlert], [], [])).toMatchObject([{ subject: 'api', text: 'slow' }])
})

test('a certificate is told by its check where that is its trouble, and as bad as the alert', () => {
  const shop: Reason = { verdict: 'warning', subject: 'shop', text: 'certificate 2 d', sinceMs: 50 }
  const alert = alertOf({
    name: 'certificate-ends-now',
    severity: 'critical',
    series: 'check_certificate_seconds{check="shop"}',
    subject: 'shop',
    text: 'certificate ends in 2 d',
  })
  expect(reasonsOf([alert], [], [shop], 'shop')).toEqual([{ ...shop, verdict: 'critical', alert: alert.id }])
  expect(reasonsOf([alert], [], [{ ...shop, text: 'slow' }])).toHaveLength(2)
  expect(reasonsOf([alert], [], [])).toMatchObject([{ text: 'certificate ends in 2 d' }])
})

test('what was seen, or is silenced, says so', () => {
  const seen = alertOf({ acknowledged: { alert: 'x', atMs: 1, note: '' }, silenced: { key: 'y', atMs: 1 } })
  const quiet = alertOf({ silenced: { key: 'y', atMs: 1, untilMs: 77 } })
  expect(reasonsOf([seen, quiet], [], [])).toMatchObject([
    { quiet: 'acknowledged' },
    { quiet: 'silenced', quietUntilMs: 77 },
  ])
})

test('what says the same stays the same object, and the list with it', () => {
  const reasons = new Reasons()
  const unknown = (): Reason => ({ verdict: 'unknown', subject: 'host', text: 'not measured', sinceMs: 9 })
  reasons.take([alertOf({ value: 0.941 }), apiAlert], [unknown()], [api], () => false)
  const before = reasons.list
  reasons.take([alertOf({ value: 0.942 }), { ...apiAlert }], [unknown()], [api], () => false)
  expect(reasons.list).toBe(before)
  reasons.take([alertOf({ text: '95 % used' }), apiAlert], [unknown()], [api], () => false)
  expect(reasons.list).not.toBe(before)
  expect(reasons.list.filter((reason) => before.includes(reason))).toHaveLength(2)
})
