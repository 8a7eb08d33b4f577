import { expect, test } from 'vitest'
import { checkLog, type RawLogOptions } from '../../../src/commands/log/options.ts'

const NOW = Date.UTC(2026, 10, 25, 14)
const DAY = 86_400_000

test('nothing said: what happened on the last day, as a table', () => {
  expect(checkLog({}, [], NOW)).toEqual({
    fromMs: NOW - DAY,
    kinds: new Set(['alert', 'event', 'check']),
    follow: false,
    format: 'table',
    words: [],
  })
})

test('what was said is what is shown', () => {
  const raw = { since: '14:00', until: '2026-11-25T14:30', kind: 'metrics, processes', format: 'json' }
  expect(checkLog(raw, ['Nginx', 'is  DOWN'], NOW)).toEqual({
    fromMs: NOW,
    toMs: NOW + 1_800_000,
    kinds: new Set(['metrics', 'processes']),
    follow: false,
    format: 'json',
    words: ['nginx', 'is', 'down'],
  })
  expect(checkLog({ since: 'all', follow: true }, [], NOW)).toMatchObject({ fromMs: 0, follow: true })
})

test.each<[RawLogOptions, string]>([
  [
    { since: 'yesterday' },
    '--since: expected a time such as 2h, 14:30, 2026-11-25, 2026-11-25T14:30 or all, got "yesterday"',
  ],
  [{ until: 'all' }, '--until: expected a time such as 2h, 14:30, 2026-11-25 or 2026-11-25T14:30, got "all"'],
  [{ since: '1h', until: '2h' }, '--until: expected a time after --since'],
  [{ until: '2d' }, '--until: that is before the last day, which is shown unless --since says otherwise'],
  [{ follow: true, until: '1h' }, '--until: --follow goes on until it is stopped; leave out one of them'],
  [
    { kind: 'alerts' },
    '--kind: expected one of metrics, processes, check, alert, event, got "alerts"; did you mean alert?',
  ],
  [{ kind: 'alert,' }, '--kind: expected one of metrics, processes, check, alert, event, got ""'],
  [{ format: 'csv' }, '--format: expected one of table, json, got "csv"'],
])('a mistake says what to write instead: %o', (raw, message) => {
  expect(() => checkLog(raw, [], NOW)).toThrow(message)
})
