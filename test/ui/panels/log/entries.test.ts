import { expect, test } from 'vitest'
import type { LogEvent } from '../../../../src/model/event.ts'
import { listedLog } from '../../../../src/ui/panels/log/entries.ts'
import { alertOf, recordOf } from '../../../fixtures/alerts.ts'
import { NOW } from '../../../fixtures/frame.ts'

const FULL = alertOf({ name: 'disk-full', severity: 'critical', sinceMs: NOW - 600_000 })
const SLOW = alertOf({ name: 'check-degraded', subject: 'api', sinceMs: NOW - 300_000, incident: FULL.id })
const records = [recordOf(SLOW), recordOf({ ...FULL, incident: FULL.id })]

function event(minutes: number, subject: string, level: LogEvent['level'], alert?: string): LogEvent {
  const at = { wallMs: NOW - minutes * 60_000, subject, level, text: `${minutes} minutes ago` }
  return { ...at, kind: alert === undefined ? 'started' : 'alert', ...(alert !== undefined && { alert }) }
}

const EVENTS = [
  event(1, 'api', 'ok', SLOW.id),
  event(2, 'healthtop', 'event'),
  event(5, 'api', 'warning', SLOW.id),
  event(7, 'healthtop', 'event'),
  event(10, '/var', 'critical', FULL.id),
]

test('an incident stands where the entry stands that speaks for it, so that times fall from the top', () => {
  const { rows } = listedLog({ events: EVENTS, records }, { filter: '', opened: [] })
  expect(rows.map(({ event: { subject, wallMs } }) => [subject, (NOW - wallMs) / 60_000])).toEqual([
    ['healthtop', 2],
    ['healthtop', 7],
    ['/var', 10],
  ])
  expect(rows[2]?.incident).toMatchObject({ others: 1, opened: false })
})

test('opened, its others are listed below it, the last one known', () => {
  const { rows } = listedLog({ events: EVENTS, records }, { filter: '', opened: [FULL.id] })
  expect(rows.slice(2).map(({ event: { subject }, member }) => [subject, member])).toEqual([
    ['/var', undefined],
    ['api', 'inner'],
    ['api', 'last'],
  ])
})
