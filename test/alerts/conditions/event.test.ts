import { expect, test } from 'vitest'
import type { EventKind } from '../../../src/model/event.ts'
import { Court, happened, MINUTE, rule, START, states, turns } from '../court.ts'

const KEPT = rule({ name: 'killed', keepMs: 10 * MINUTE, when: { kind: 'event', event: 'oom_kill' } })
const readOnly = rule({
  name: 'read-only',
  keepMs: 10 * MINUTE,
  when: { kind: 'event', event: 'mount_readonly' },
  until: ['mount_writable'],
})
const kill = happened('oom_kill', 'memory', 'the kernel ended a process')

test('fires at once, whatever `for` says, and for as long as it is kept', () => {
  const court = new Court([KEPT])
  expect(states(court.at(0, { events: [happened('reboot', 'host')] }))).toEqual([])
  const fired = court.at(1000, { events: [kill] })
  expect(turns(fired)).toEqual(['firing killed'])
  expect(fired.alerts).toMatchObject([
    {
      kind: 'event',
      series: 'event{event="oom_kill",subject="memory"}',
      subject: 'memory',
      text: 'the kernel ended a process',
      value: 1,
      firedMs: START + 1000,
      rule: 'event oom_kill, kept 10 min',
    },
  ])
  expect(court.through(2000, 600_000, () => ({}))).toEqual([])
  expect(turns(court.at(601_000))).toEqual(['resolved killed cleared'])
})

test('each new one prolongs it and is counted', () => {
  const court = new Court([KEPT])
  court.at(0, { events: [kill] })
  const again = court.at(9 * MINUTE, { events: [kill, kill] })
  expect(turns(again)).toEqual([])
  expect(again.alerts).toMatchObject([{ value: 3, text: 'the kernel ended a process, 3 times' }])
  expect(states(court.at(18 * MINUTE))).toHaveLength(1)
  expect(turns(court.at(19 * MINUTE))).toEqual(['resolved killed cleared'])
})

test('there is no data that could be missing', () => {
  const court = new Court([KEPT])
  court.at(0, { events: [kill] })
  expect(court.at(5 * MINUTE).alerts[0]).not.toHaveProperty('noDataMs')
})

test('an alert for each subject, or for one alone', () => {
  const events = ['eth0', 'eth1'].map((name) => happened('interface_down', name))
  const when = { kind: 'event', event: 'interface_down' } as const
  expect(states(new Court([rule({ name: 'down', when })]).at(0, { events }))).toEqual([
    'down eth0 firing',
    'down eth1 firing',
  ])
  expect(states(new Court([rule({ name: 'down', when: { ...when, subject: 'eth1' } })]).at(0, { events }))).toEqual([
    'down eth1 firing',
  ])
})

test('what makes it good ends it before', () => {
  const on = (kind: EventKind, subject = '/srv') => happened(kind, subject)
  const court = new Court([readOnly])
  court.at(0, { events: [on('mount_readonly')] })
  expect(turns(court.at(1000, { events: [on('mount_writable', '/var')] }))).toEqual([])
  expect(turns(court.at(2000, { events: [on('mount_writable')] }))).toEqual(['resolved read-only cleared'])
  // Both in one second: the last one tells.
  expect(turns(court.at(3000, { events: [on('mount_readonly'), on('mount_writable')] }))).toEqual([])
  expect(turns(court.at(4000, { events: [on('mount_writable'), on('mount_readonly')] }))).toEqual(['firing read-only'])
})

test('of an earlier run it is kept for what was left', () => {
  const before = new Court([KEPT])
  before.wallOffsetMs = START - 4 * MINUTE
  const alert = before.at(0, { events: [kill] }).alerts[0]!
  const court = new Court([KEPT])
  expect(court.revive(alert, 0)).toBe(true)
  expect(states(court.at(5 * MINUTE))).toEqual(['killed memory firing'])
  expect(turns(court.at(6 * MINUTE))).toEqual(['resolved killed cleared'])
})
