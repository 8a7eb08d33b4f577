import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { AlertRecord } from '../../src/model/alert.ts'
import { type Entry, EVENT_FILTER_KEYS, parseEventFilter } from '../../src/model/event-filter.ts'
import { alertOf, recordOf } from '../fixtures/alerts.ts'
import { NOW } from '../fixtures/frame.ts'

const DISK = recordOf(alertOf({ severity: 'critical', cause: 'vacuum-logs writes 38 MB/s' }))
const SEEN = recordOf(
  alertOf({ name: 'memory-high', subject: 'memory', acknowledged: { alert: 'x', atMs: NOW, note: 'adding a node' } }),
)
const HUSHED = recordOf(alertOf({ name: 'cpu-pressure', subject: 'cpu', silenced: { key: 'x', atMs: NOW } }))
const OVER = recordOf(alertOf({ subject: '/home', id: 'over' }), { state: 'resolved', endedMs: NOW })
const API = recordOf(
  alertOf({ name: 'check-down', kind: 'check', series: 'check_up{check="api"}', subject: 'api', text: 'down' }),
)

const fired = (record: AlertRecord): Entry => {
  const { severity: level, subject, text, cause, id, kind } = record.alert
  const event = { wallMs: NOW, kind: kind === 'check' ? 'check' : 'alert', level, subject, text, alert: id } as const
  return { event: { ...event, ...(cause !== undefined && { cause }) }, record }
}
const happened = (kind: Entry['event']['kind'], subject: string, text: string, level = 'event'): Entry => ({
  event: { wallMs: NOW, kind, subject, text, level: level as 'event' },
})

const ALL: Readonly<Record<string, Entry>> = {
  disk: fired(DISK),
  seen: fired(SEEN),
  hushed: fired(HUSHED),
  over: fired(OVER),
  api: fired(API),
  oom: happened('oom_kill', 'java', 'ended for lack of memory', 'critical'),
  shop: happened('check', 'shop.example', 'well again', 'ok'),
  eth: happened('interface_down', 'eth0', 'went down'),
}

/** Names of the entries that a filter leaves. */
function left(text: string): string[] {
  const { matches, error } = parseEventFilter(text)
  expect(error, text).toBeUndefined()
  return Object.keys(ALL).filter((name) => matches?.(ALL[name] as Entry))
}

test.each([
  ['', Object.keys(ALL)],
  ['/var', ['disk']],
  ['memory', ['seen', 'oom']],
  ['vacuum-logs', ['disk']],
  ['disk-almost-full', ['disk', 'over']],
  ['went down', ['eth']],
  ['"well again"', ['shop']],
  ['/^eth\\d$/', ['eth']],
  ['critical', ['disk', 'oom']],
  ['severity:critical', ['disk', 'oom']],
  ['severity:warning', ['seen', 'hushed', 'over', 'api']],
  ['severity:critical,well', ['disk', 'oom', 'shop']],
  ['severity:event', ['eth']],
  ['check:api', ['api']],
  ['check:shop', ['shop']],
  ['kind:oom_kill', ['oom']],
  ['kind:check,interface_down', ['api', 'shop', 'eth']],
  ['is:firing', ['disk', 'seen', 'hushed', 'api']],
  ['is:acknowledged', ['seen']],
  ['is:silenced', ['hushed']],
  ['is:loud', ['disk', 'api']],
  ['is:resolved', ['over']],
  ['is:firing !is:acknowledged severity:warning', ['hushed', 'api']],
  ['rule:memory or kind:oom_kill', ['seen', 'oom']],
  ['note:node', ['seen']],
  ['cause:writes', ['disk']],
  ['subject:home', ['over']],
  ['text:lack', ['oom']],
])('%s', (text, names) => expect(left(text)).toEqual(names))

test.each([
  ['severity:bad', 'there is no severity bad'],
  ['severity:warnign', 'did you mean warning?'],
  ['is:firng', 'did you mean firing?'],
  ['kind:oomkill', 'did you mean oom_kill?'],
  ['kind:', 'expected what happened, such as check'],
  ['sverity:critical', 'did you mean severity?'],
  ['check:', 'expected text in the name of a check'],
  ['severity>warning', 'expected severity: and a value'],
])('%s is wrong', (text, message) => expect(parseEventFilter(text).error?.text).toContain(message))

test('every key that is told can be asked', () => {
  for (const key of Object.keys(EVENT_FILTER_KEYS)) {
    const value = { severity: 'critical', is: 'firing', kind: 'reboot' }[key] ?? 'x'
    expect(parseEventFilter(`${key}:${value}`).error, key).toBeUndefined()
  }
})

test('no text throws, and an error stands within it', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme', maxLength: 60 }), (text) => {
      const { error, matches } = parseEventFilter(text)
      if (error === undefined) for (const entry of Object.values(ALL)) expect(typeof matches(entry)).toBe('boolean')
      else expect(error.at).toBeLessThanOrEqual(text.length)
    }),
    { numRuns: 300 },
  )
})
