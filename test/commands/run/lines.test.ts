import { expect, test } from 'vitest'
import { newsLine } from '../../../src/commands/run/lines.ts'
import type { EventLine } from '../../../src/log/line.ts'
import { alertLine } from '../../../src/log/record/alerts.ts'
import { alertOf, recordOf } from '../../fixtures/alerts.ts'

const T = Date.UTC(2026, 10, 25, 14, 2, 11, 987)
const event: EventLine = {
  v: 1,
  t: T,
  kind: 'event',
  event: 'alert',
  level: 'critical',
  subject: '/var',
  text: '97 % used',
  cause: 'vacuum-logs writes 38 MB/s',
}
const text = { format: 'text', priorities: false } as const

test('as text it is when, how bad, what, and who', () => {
  const { cause: _, ...bare } = event
  expect(newsLine(event, text)).toBe('2026-11-25T14:02:11Z critical /var 97 % used (vacuum-logs writes 38 MB/s)\n')
  expect(newsLine(bare, text)).toBe('2026-11-25T14:02:11Z critical /var 97 % used\n')
})

test.each([
  ['critical', 'alert', ' alert=disk-full state=firing'],
  ['warning', 'check', ' alert=disk-full state=firing'],
  ['unknown', 'alert', ' alert=disk-full state=firing'],
  ['ok', 'alert', ' alert=disk-full state=resolved'],
  ['event', 'acknowledged', ' alert=disk-full'],
  ['event', 'alert', ' alert=disk-full'],
] as const)('of an alert it names the rule: %s %s', (level, kind, tags) => {
  const { cause: _, ...bare } = event
  const turn = { ...bare, level, event: kind, alert: 'disk-full disk_used_ratio{mount="/var"} 1795615329870' }
  expect(newsLine(turn, text)).toBe(`2026-11-25T14:02:11Z ${level} /var 97 % used${tags}\n`)
})

test('an id that somebody put into the log reaches no terminal as it is', () => {
  const line = newsLine({ ...event, level: 'ok', alert: '\x1b[31mRAW\x1b]0;pwn\x07\u202e cpu_used_ratio 1' }, text)
  expect(line.trimEnd()).not.toMatch(/\p{Cc}|\p{Cf}/u)
})

test.each([
  ['critical', 2],
  ['warning', 4],
  ['unknown', 4],
  ['ok', 5],
  ['event', 6],
] as const)('%s has the priority %d', (level, priority) => {
  expect(newsLine({ ...event, level }, { ...text, priorities: true })).toMatch(new RegExp(`^<${priority}>2026-`))
})

test('how an alert stands is told by what happens to it; as JSON it is told whole', () => {
  const line = alertLine(recordOf(alertOf({ value: Number.NaN })), T)
  expect(newsLine(line, text)).toBe('')
  const json = newsLine(line, { format: 'json', priorities: true })
  expect(json.endsWith('}\n')).toBe(true)
  expect(JSON.parse(json)).toMatchObject({
    v: 1,
    kind: 'alert',
    name: 'disk-almost-full',
    value: null,
    subject: '/var',
  })
  expect(JSON.parse(newsLine(event, { format: 'json', priorities: true }))).toEqual(event)
})

test.each(['text', 'json'] as const)('nothing in it drives the terminal of who reads it, as %s', (format) => {
  const hostile = 'a\u001b[2J\u009b2J\u007f\u202eb'
  const line = newsLine({ ...event, text: hostile, subject: hostile, cause: hostile }, { format, priorities: false })
  expect(line).not.toMatch(/[^\x20-\x7e\n]/)
  if (format === 'json') expect(JSON.parse(line)).toMatchObject({ text: hostile, cause: hostile })
})
