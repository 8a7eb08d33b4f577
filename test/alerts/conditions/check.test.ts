import { expect, test } from 'vitest'
import type { CheckCondition } from '../../../src/model/alert-definition.ts'
import type { CheckStatus } from '../../../src/model/check.ts'
import { API, CERTS, definitionOf, MAIL, OUTBOX, QUEUE, SERVICES, statusOf } from '../../fixtures/checks.ts'
import { Court, MINUTE, rule, turns } from '../court.ts'

function on(is: CheckCondition['is'], more: Partial<CheckCondition> = {}) {
  return rule({ name: is, forMs: 0, when: { kind: 'check', where: {}, is, ...more } })
}

const subjects = (court: Court, checks: readonly CheckStatus[]) =>
  court.at(0, { checks }).alerts.map((one) => one.subject)

const ALL = [...SERVICES, QUEUE, CERTS]

test('finds the checks that are in the state, of all or of a name or with labels', () => {
  expect(subjects(new Court([on('down')]), ALL)).toEqual(['mail'])
  expect(subjects(new Court([on('degraded')]), ALL)).toEqual(['api', 'shop.example'])
  expect(subjects(new Court([on('flapping')]), ALL)).toEqual(['queue'])
  expect(subjects(new Court([on('unknown')]), ALL)).toEqual(['certs'])
  expect(subjects(new Court([on('degraded', { check: 'api' })]), ALL)).toEqual(['api'])
  expect(subjects(new Court([on('degraded', { where: { team: 'web', tier: 'front' } })]), ALL)).toEqual(['api'])
  expect(subjects(new Court([on('degraded', { check: 'nobody' })]), ALL)).toEqual([])
})

test('an alert says what is wrong, and carries the labels of its check', () => {
  const { alerts } = new Court([on('down'), on('degraded', { check: 'api' }), on('flapping')]).at(0, {
    checks: [MAIL, API, QUEUE],
  })
  expect(alerts.map(({ subject, text }) => `${subject} ${text}`)).toEqual([
    'mail down refused by 127.0.0.1:25',
    'api slow 812 > 500 ms',
    'queue flapping',
  ])
  expect(alerts[0]).toMatchObject({
    kind: 'check',
    series: 'check_up{check="mail"}',
    labels: { check: 'mail', team: 'office' },
    value: 0,
    threshold: 1,
    direction: 'below',
    rule: 'any check is down',
  })
})

test('is well again when it is; what is not known meanwhile resolves nothing', () => {
  const court = new Court([on('down')])
  const up = statusOf({ definition: MAIL.definition })
  court.at(0, { checks: [MAIL] })
  const unknown = { ...MAIL, state: 'unknown', reason: 'missing' } as const
  expect(turns(court.at(1000, { checks: [unknown] }))).toEqual([])
  expect(turns(court.at(MINUTE + 1, { checks: [unknown] }))).toEqual(['no data down'])
  expect(turns(court.at(2 * MINUTE, { checks: [MAIL] }))).toEqual(['data again down'])
  expect(turns(court.at(3 * MINUTE, { checks: [up] }))).toEqual(['resolved down cleared'])
})

test('what fails because of another one is inhibited, and begins nothing', () => {
  const court = new Court([on('down')])
  expect(subjects(court, [OUTBOX])).toEqual([])
  const down = { ...OUTBOX, state: 'down', reason: 'critical' } as const
  court.at(1000, { checks: [down] })
  const over = court.at(2000, { checks: [OUTBOX] })
  expect(turns(over)).toEqual(['resolved down inhibited'])
})

test('one that was never asked is no trouble, and one that is removed is gone', () => {
  const never = statusOf({ definition: definitionOf('new'), state: 'unknown', asked: false })
  expect(subjects(new Court([on('unknown'), on('down')]), [never])).toEqual([])
  const court = new Court([on('down')])
  court.at(0, { checks: [MAIL] })
  expect(turns(court.at(1000, { checks: [], gone: (key) => key === 'check_up{check="mail"}' }))).toEqual([
    'resolved down gone',
  ])
})

test('of one check the worst shows', () => {
  const court = new Court([{ ...on('down'), severity: 'critical' }, on('flapping')])
  expect(court.at(0, { checks: [{ ...MAIL, flapping: true }] }).alerts.map(({ name }) => name)).toEqual(['down'])
})

test('its message may name labels of the check', () => {
  const court = new Court([{ ...on('unknown'), message: '{subject} of {labels.team}{labels.nothing}: {text}' }])
  const labelled = { ...CERTS, definition: { ...CERTS.definition, labels: { team: 'ops' } } }
  expect(court.at(0, { checks: [labelled] }).alerts[0]?.text).toBe(
    'certs of ops: unknown there is no program check_certs',
  )
})
