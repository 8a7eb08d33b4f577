import { expect, test } from 'vitest'
import { messageOf } from '../../src/alerts/message.ts'
import { clockTime } from '../../src/lib/units.ts'
import { MESSAGE_PLACEHOLDERS } from '../../src/model/alert-message.ts'
import { alertOf } from '../fixtures/alerts.ts'
import { Court, heading, rule } from './court.ts'

const alert = alertOf({
  labels: { mount: '/var', team: 'web' },
  ahead: { asOfMs: 0, eta: { earliest: 1, likely: 11_400 } },
})
const say = (message: string, cause?: string) => messageOf(message, rule(), alert, cause)

test('a message says what its placeholders stand for, in the units of the metric', () => {
  expect(say('{subject} {value} over {threshold}, {labels.team}')).toBe('/var 94 % over 90 %, web')
  expect(say('{name} {severity}: {text}, in {eta}')).toBe('disk-almost-full warning: 94 % used, in 3 h 10 m')
  expect(say('since {since}')).toBe(`since ${clockTime(alert.sinceMs)}`)
  expect(say('by {cause}', 'node writes 38 MB/s')).toBe('by node writes 38 MB/s')
})

test('what is not known is left out', () => {
  expect(messageOf('{value}|{eta}|{cause}|{labels.x}', rule(), alertOf({ value: Number.NaN }))).toBe('|||')
  for (const name of MESSAGE_PLACEHOLDERS) expect(say(`{${name}}`)).not.toContain('undefined')
})

test('the text of an alert is the message of its rule, with who is behind it once that is known', () => {
  const court = new Court([rule({ forMs: 0, message: '{subject}: {text} ({cause})' })])
  const values = { 'disk_used_ratio{mount="/"}': 0.95 }
  expect(court.at(0, { values }).alerts[0]?.text).toBe('/: 95 % used ()')
  const { alerts } = court.at(1000, { values, cause: (id) => (id.startsWith('full disk_used') ? 'dd' : undefined) })
  expect(alerts[0]?.text).toBe('/: 95 % used (dd)')
})

test('a forecast has its time', () => {
  const when = { kind: 'forecast', metric: 'disk_used_ratio', where: {}, reaches: 0.95, withinMs: 4e6 } as const
  const court = new Court([rule({ forMs: 0, when, message: '{threshold} in {eta}' })])
  const { alerts } = court.at(0, { values: { 'disk_used_ratio{mount="/"}': 0.9 }, timeTo: () => heading(600_000) })
  expect(alerts[0]?.text).toBe('95 % in 10 min')
})
