import { expect, test } from 'vitest'
import { builtinRules } from '../../src/alerts/builtin.ts'
import type { Rule } from '../../src/alerts/rule.ts'
import type { Transition } from '../../src/alerts/transition.ts'
import { eventOf, ruleText, valueText, worstText } from '../../src/alerts/wording.ts'
import type { AlertDefinition } from '../../src/model/alert-definition.ts'
import { alertOf } from '../fixtures/alerts.ts'

const named = (name: string): Rule => builtinRules.find((rule) => rule.name === name) as Rule

test('values carry their metric’s unit', () => {
  expect(valueText('disk_used_ratio', 0.97)).toBe('97 %')
  expect(valueText('memory_used_bytes', 2 ** 31)).toBe('2.0 GiB')
  expect(valueText('network_receive_bytes_per_second', 38e6)).toBe('38.0 MB/s')
  expect(valueText('uptime_seconds', 180)).toBe('3 min')
  expect(valueText('network_dropped_per_second', 12)).toBe('12/s')
  expect(valueText('load_1m', 3)).toBe('3')
  expect(valueText('load_1m', 1.7949)).toBe('1.79')
  expect(valueText('load_1m', 31.6)).toBe('32')
})

const alert = alertOf({
  name: 'disk-full',
  severity: 'critical',
  text: '96 % used',
  cause: 'vacuum-logs writes 38 MB/s',
})
const base: Transition = { kind: 'firing', alert, rule: named('disk-full'), heldMs: 200_000, peak: 0.97 }
const ended = (resolution: NonNullable<Transition['resolution']>, more: Partial<Transition> = {}) =>
  eventOf({ ...base, kind: 'resolved', resolution, ...more }, 5)

test('firing is told with its severity and cause, and can be opened', () => {
  expect(eventOf(base, 5)).toEqual({
    wallMs: 5,
    kind: 'alert',
    level: 'critical',
    subject: '/var',
    text: '96 % used',
    cause: alert.cause,
    alert: alert.id,
  })
})

test('nobody is told of one that waits, nor of an end that is none', () => {
  expect(eventOf({ ...base, kind: 'pending' }, 5)).toBeUndefined()
  expect(ended('cleared', { quiet: true })).toBeUndefined()
})

test('its end tells how bad it was and for how long', () => {
  expect(ended('cleared')).toEqual({
    wallMs: 5,
    kind: 'alert',
    level: 'ok',
    subject: '/var',
    text: 'well again',
    cause: 'was 97 % for 3 min',
    alert: alert.id,
  })
  expect(ended('gone')).toMatchObject({ level: 'event', text: 'not there any more' })
  expect(ended('removed')).toMatchObject({ level: 'event', text: 'disk-full removed' })
  expect(ended('inhibited')).toMatchObject({ level: 'event', text: 'not judged while what it depends on is down' })
})

test('how bad one was, once it is over, where a number says that', () => {
  expect(worstText({ ...alert, peak: 0.97 })).toBe('was 97 %')
  expect(worstText({ ...alert, peak: Number.NaN })).toBeUndefined()
  expect(worstText({ ...alert, series: 'clock_synchronised', peak: 0 })).toBeUndefined()
  expect(worstText({ ...alert, kind: 'forecast' })).toBeUndefined()
})

test('of a flag the words of its rule are told, not the number', () => {
  const flag = { ...alert, series: 'clock_synchronised' }
  const told = ended('cleared', { alert: flag, rule: named('clock-unsynchronised'), peak: 0, heldMs: 900_000 })
  expect(told).toMatchObject({ level: 'ok', text: 'well again', cause: 'was not synchronised for 15 min' })
})

test('the end of a forecast is told for what it is', () => {
  const forecast = { ...alert, kind: 'forecast', text: '95 % full in 2 h' } as const
  expect(ended('withdrawn', { alert: forecast })).toMatchObject({
    level: 'ok',
    text: 'forecast withdrawn',
    cause: 'said 95 % full in 2 h for 3 min',
  })
  expect(ended('reached', { alert: forecast })).toMatchObject({
    level: 'event',
    text: 'forecast came true',
    cause: 'was 97 % at its worst',
  })
})

test('the end of what happened says how often it did', () => {
  const event = { ...alert, kind: 'event', value: 3 } as const
  expect(ended('cleared', { alert: event })).toMatchObject({ level: 'ok', text: 'over', cause: '3 times in 3 min' })
})

test('no data and data again are told as what is not known', () => {
  expect(eventOf({ ...base, kind: 'no data' }, 5)).toMatchObject({
    level: 'unknown',
    text: 'no data',
    cause: 'was 96 % used',
  })
  expect(eventOf({ ...base, kind: 'data again' }, 5)).toMatchObject({ level: 'event', text: 'data again' })
})

test('a rule in one line, to the last digit of its limits', () => {
  const say = (when: AlertDefinition['when'], forMs = 0, keepMs = 0) => ruleText({ when, forMs, keepMs })
  const where = { mount: '/' }
  expect(say({ kind: 'metric', metric: 'disk_used_ratio', where, above: 0.9, clear: 0.855 }, 60_000, 300_000)).toBe(
    'disk_used_ratio{mount="/"} above 90 % for 1 min, clears at 85.5 %, kept 5 min',
  )
  expect(say({ kind: 'metric', metric: 'disk_read_latency_seconds', where: {}, above: 0.5 }, 90_000)).toBe(
    'disk_read_latency_seconds above 500 ms for 90 s',
  )
  expect(say({ kind: 'metric', metric: 'memory_available_bytes', where: {}, below: 512 * 2 ** 20 })).toBe(
    'memory_available_bytes below 512 MiB',
  )
  expect(say({ kind: 'metric', metric: 'network_errors_per_second', where: {}, above: 0.5 })).toBe(
    'network_errors_per_second above 0.5/s',
  )
  expect(say({ kind: 'metric', metric: 'swap_in_bytes_per_second', where: {}, above: 5e6 })).toBe(
    'swap_in_bytes_per_second above 5 MB/s',
  )
  expect(say({ kind: 'metric', metric: 'cpu_temperature_celsius', where: {}, outside: [5, 80] })).toBe(
    'cpu_temperature_celsius outside 5 °C to 80 °C',
  )
  expect(say({ kind: 'metric', metric: 'load_1m', where: {}, absent: true }, 60_000)).toBe('load_1m absent for 1 min')
  expect(
    say({ kind: 'forecast', metric: 'disk_used_ratio', where, reaches: 0.95, withinMs: 4 * 3_600_000 }, 20_000),
  ).toBe('disk_used_ratio{mount="/"} reaches 95 % within 4 h for 20 s')
  expect(say({ kind: 'check', check: 'api', where: {}, is: 'down' })).toBe('check api is down')
  expect(say({ kind: 'check', where: { team: 'web' }, is: 'degraded' })).toBe('any check team=web is degraded')
  expect(say({ kind: 'process', is: 'gone' }, 10_000)).toBe('any process is gone for 10 s')
  expect(say({ kind: 'event', event: 'oom_kill' }, 0, 600_000)).toBe('event oom_kill, kept 10 min')
  const when = { kind: 'event', event: 'mount_readonly' } as const
  expect(ruleText({ when, forMs: 0, keepMs: 86_400_000, until: ['mount_writable', 'mount_removed'] })).toBe(
    'event mount_readonly, kept 1 d, or until mount_writable or mount_removed',
  )
  expect(say({ kind: 'event', event: 'interface_down', subject: 'eth0' })).toBe('event interface_down of eth0')
})
