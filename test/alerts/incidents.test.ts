import { expect, test } from 'vitest'
import { assignIncident, type OpenIncident, reopened, type Ties } from '../../src/alerts/incidents.ts'
import type { Evidence } from '../../src/model/alert.ts'
import { alertOf, recordOf } from '../fixtures/alerts.ts'
import { MINUTE, START } from './court.ts'

const ALONE: Ties = { related: new Set() }
const NODE = { pid: 4211, startTicks: 35 }

/** Alerts that fire one after the other, in minutes after the first one; the incident of each. */
function fire(alerts: readonly (readonly [id: string, atMin: number, ties?: Ties, check?: string])[]): string[] {
  let open: readonly OpenIncident[] = []
  return alerts.map(([id, atMin, ties = ALONE, check]) => {
    const alert = alertOf({ id, labels: check === undefined ? {} : { check } })
    const assigned = assignIncident(open, alert, START + atMin * MINUTE, ties)
    open = assigned.open
    return assigned.incident
  })
}

test('what fires within half a minute of each other is one incident, named after its first alert', () => {
  expect(
    fire([
      ['a', 0],
      ['b', 0.5],
      ['c', 1],
    ]),
  ).toEqual(['a', 'a', 'a'])
  expect(
    fire([
      ['a', 0],
      ['b', 0.6],
      ['c', 1],
    ]),
  ).toEqual(['a', 'b', 'b'])
})

test('what comes by itself is alone, but for what is of its check', () => {
  const certificate = { ...ALONE, alone: true }
  expect(
    fire([
      ['a', 0],
      ['b', 0.1, certificate, 'shop'],
      ['c', 0.2],
      ['d', 0.3, certificate, 'mail'],
      ['e', 5, ALONE, 'shop'],
    ]),
  ).toEqual(['a', 'b', 'a', 'd', 'b'])
})

test('the same suspect joins them for ten minutes', () => {
  const suspected = { ...ALONE, suspect: NODE }
  expect(
    fire([
      ['a', 0, suspected],
      ['b', 10, suspected],
    ]),
  ).toEqual(['a', 'a'])
  expect(
    fire([
      ['a', 0, suspected],
      ['b', 10.1, suspected],
    ]),
  ).toEqual(['a', 'b'])
  const other = { ...ALONE, suspect: { pid: NODE.pid, startTicks: 99 } }
  expect(
    fire([
      ['a', 0, suspected],
      ['b', 5, other],
    ]),
  ).toEqual(['a', 'b'])
})

test('so do checks of which one depends on the other', () => {
  const onDb = { related: new Set(['db']) }
  expect(
    fire([
      ['a', 0, ALONE, 'db'],
      ['b', 5, onDb, 'api'],
    ]),
  ).toEqual(['a', 'a'])
  expect(
    fire([
      ['a', 0, ALONE, 'db'],
      ['b', 5, ALONE, 'api'],
    ]),
  ).toEqual(['a', 'b'])
})

test('what they have in common counts before the time', () => {
  const suspected = { ...ALONE, suspect: NODE }
  expect(
    fire([
      ['a', 0, suspected],
      ['b', 3],
      ['c', 4, suspected],
    ]),
  ).toEqual(['a', 'b', 'a'])
})

test('a thousand alerts in one second are one incident', () => {
  const storm = Array.from({ length: 1000 }, (_, at) => [`alert ${at}`, at / 60_000] as const)
  expect(new Set(fire(storm))).toEqual(new Set(['alert 0']))
})

test('a clock that was set back does not join what has nothing to do with each other', () => {
  expect(
    fire([
      ['a', 60],
      ['b', 0],
    ]),
  ).toEqual(['a', 'b'])
  expect(
    fire([
      ['a', 0.5],
      ['b', 0],
    ]),
  ).toEqual(['a', 'a'])
})

test('an incident that was closed is not joined', () => {
  const first = assignIncident([], alertOf({ id: 'a' }), START, ALONE)
  expect(assignIncident([], alertOf({ id: 'b' }), START, ALONE).incident).toBe('b')
  expect(first.open).toMatchObject([{ id: 'a', members: ['a'] }])
})

test('what fires after a restart joins the incident that was open before it, by time, process or check', () => {
  const incident = 'a'
  const evidence: Evidence = {
    atMs: START,
    moment: 'pending',
    suspects: [{ ...NODE, name: 'node', startedMs: START, value: 1, fresh: false }],
    changes: [],
  }
  const records = [
    recordOf(alertOf({ id: 'b', incident, firedMs: START + MINUTE, labels: { check: 'api' } })),
    // Its first alert is over, the incident is not.
    recordOf(alertOf({ id: 'a', incident, firedMs: START }), { state: 'resolved', evidence: [evidence] }),
    recordOf(alertOf({ id: 'x', incident: 'x', firedMs: START }), { state: 'resolved' }),
  ]
  const open = reopened(records)
  expect(open.map(({ id, members }) => [id, members])).toEqual([['a', ['b', 'a']]])
  const joined = (atMin: number, ties: Ties) =>
    assignIncident(open, alertOf({ id: 'new', labels: {} }), START + atMin * MINUTE, ties).incident
  expect(joined(1.5, ALONE)).toBe('a')
  expect(joined(2, ALONE)).toBe('new')
  expect(joined(10, { ...ALONE, suspect: NODE })).toBe('a')
  expect(joined(10, { related: new Set(['api']) })).toBe('a')
  expect(joined(11.1, { related: new Set(['api']) })).toBe('new')
})
