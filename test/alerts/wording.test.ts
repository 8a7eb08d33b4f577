import { expect, test } from 'vitest'
import { builtinRules } from '../../src/alerts/builtin.ts'
import type { Transition } from '../../src/alerts/judge.ts'
import { causeOf, eventOf, valueText } from '../../src/alerts/wording.ts'
import type { Alert } from '../../src/model/alert.ts'
import type { ProcessRow } from '../../src/model/processes.ts'

const named = (name: string) => builtinRules.find((rule) => rule.name === name)!
const process = (over: Partial<ProcessRow>): ProcessRow => ({
  kind: 'process',
  pid: 1,
  ppid: 0,
  name: 'node',
  command: 'node server.js',
  state: 'R',
  nice: 0,
  threads: 1,
  cpuSeconds: 1,
  memoryBytes: 8.4 * 2 ** 30,
  startedMs: 0,
  startTicks: 0,
  kernel: false,
  history: [],
  ...over,
})

test('a cause is a name and a number', () => {
  const leaders = { cpu: [process({ cpuRatio: 0.912 })], memory: [process({ name: 'java' })] }
  expect(causeOf(named('cpu-busy'), leaders)).toBe('node uses 91 % of a core')
  expect(causeOf(named('memory-low'), leaders)).toBe('java holds 8.4 GiB')
  expect(causeOf(named('disk-full'), leaders)).toBeUndefined()
})

test('nobody is blamed without grounds', () => {
  expect(causeOf(named('cpu-busy'), undefined)).toBeUndefined()
  expect(causeOf(named('cpu-busy'), { cpu: [], memory: [] })).toBeUndefined()
  expect(causeOf(named('cpu-busy'), { cpu: [process({ cpuRatio: 0.02 })], memory: [] })).toBeUndefined()
  expect(causeOf(named('cpu-busy'), { cpu: [process({})], memory: [] })).toBeUndefined()
})

test('values carry their metric’s unit', () => {
  expect(valueText('disk_used_ratio', 0.97)).toBe('97 %')
  expect(valueText('memory_used_bytes', 2 ** 31)).toBe('2.0 GiB')
  expect(valueText('network_receive_bytes_per_second', 38e6)).toBe('38.0 MB/s')
  expect(valueText('uptime_seconds', 180)).toBe('3 min')
  expect(valueText('network_dropped_per_second', 12)).toBe('12/s')
  expect(valueText('load_1m', 3)).toBe('3')
})

const alert: Alert = {
  name: 'disk-full',
  state: 'firing',
  severity: 'critical',
  series: 'disk_used_ratio{mount="/var"}',
  value: 0.96,
  threshold: 0.95,
  direction: 'above',
  subject: '/var',
  text: '96 % used',
  sinceMs: 0,
  cause: 'vacuum-logs writes 38 MB/s',
}
const base: Transition = { kind: 'firing', alert, rule: named('disk-full'), heldMs: 200_000, peak: 0.97 }

test('firing is told with its severity and cause', () => {
  expect(eventOf(base, 5)).toEqual({
    wallMs: 5,
    level: 'critical',
    subject: '/var',
    text: '96 % used',
    cause: alert.cause,
  })
})

test('its end tells how bad it was and for how long', () => {
  const ended = (why: NonNullable<Transition['why']>) => eventOf({ ...base, kind: 'resolved', why }, 5)
  expect(ended('cleared')).toEqual({
    wallMs: 5,
    level: 'ok',
    subject: '/var',
    text: 'well again',
    cause: 'was 97 % for 3 min',
  })
  expect(ended('unknown')).toMatchObject({ level: 'event', text: 'not known any more' })
  expect(ended('removed')).toMatchObject({ level: 'event', text: 'disk-full removed' })
})

test('of a flag the words of its rule are told, not the number', () => {
  const rule = named('clock-unsynchronised')
  const ended = eventOf({ ...base, kind: 'resolved', why: 'cleared', rule, peak: 0, heldMs: 900_000 }, 5)
  expect(ended).toMatchObject({ level: 'ok', text: 'well again', cause: 'was not synchronised for 15 min' })
})
