import { expect, test } from 'vitest'
import { createRows } from '../../../src/commands/log/rows.ts'
import { hasWords } from '../../../src/commands/log/words.ts'
import { LINE_KINDS, type Line, type LineKind } from '../../../src/log/line.ts'
import type { AlertMoment } from '../../../src/model/alert.ts'
import { alertOf, recordOf } from '../../fixtures/alerts.ts'
import { AFTERNOON, alertLine, checkLine, event, MINUTE, metrics } from '../../log/logs.ts'

const at = (minute: number) => AFTERNOON + minute * MINUTE

/** Rows of lines, as a person reads them. */
function rows(
  lines: readonly Line[],
  kinds: readonly LineKind[] = LINE_KINDS.filter((kind) => kind !== 'event'),
): string[] {
  const rowOf = createRows(new Set(kinds))
  return lines.flatMap((line) => {
    const row = rowOf(line)
    if (row === undefined) return []
    const by = row.rule === undefined ? '' : ` [${row.rule}]`
    return [`${row.level} ${row.subject}: ${row.text}${row.cause && ` (${row.cause})`}${by}`]
  })
}

const refused = { reason: 'refused', error: 'connection refused by 127.0.0.1:25' }

test('a check has a row where it says something else than before', () => {
  expect(
    rows([
      checkLine(at(0), 'up'),
      checkLine(at(1), 'up'),
      checkLine(at(2), 'down', refused),
      checkLine(at(3), 'down', { ...refused, since_ms: at(2) }),
      checkLine(at(4), 'down', { reason: 'timeout', error: 'no answer within 3 s', since_ms: at(2) }),
      checkLine(at(14), 'up'),
      checkLine(at(15), 'up', { flapping: true, since_ms: at(14) }),
      checkLine(at(16), 'up', { since_ms: at(14) }),
      // A first failure is none yet, and a first answer after it no news.
      checkLine(at(17), 'up', { result: 'down', since_ms: at(14), ...refused }),
      checkLine(at(18), 'up', { since_ms: at(14) }),
      checkLine(at(19), 'unknown', { check: 'other', result: 'down', ...refused }),
      checkLine(at(20), 'down', { check: 'other', ...refused }),
    ]),
  ).toEqual([
    'critical api: down, refused by 127.0.0.1:25',
    'critical api: down, no answer within 3 s',
    'ok api: well again (was down 12 min)',
    'warning api: flapping',
    'ok api: well again (was flapping 0 s)',
    'critical other: down, refused by 127.0.0.1:25',
  ])
})

test('an alert has a row a step, and says how it ended', () => {
  const step = (name: AlertMoment['step'], wallMs: number, text = ''): AlertMoment => ({ wallMs, step: name, text })
  const alert = alertOf({ sinceMs: at(0), firedMs: at(1), cause: 'vacuum-logs writes 38 MB/s' })
  const firing = recordOf(alert, { timeline: [step('pending', at(0)), step('firing', at(1), '94 % used')] })
  const peak = recordOf(alert, { timeline: [...firing.timeline, step('peak', at(2), '97 % used')] })
  const seen = recordOf(alert, { timeline: [...peak.timeline, step('acknowledged', at(3), 'on it')] })
  const over = recordOf(alert, {
    state: 'resolved',
    endedMs: at(9),
    resolution: 'cleared',
    timeline: [...seen.timeline, step('resolved', at(9), 'well again, was 97 % for 8 min')],
  })
  const wordless = { ...over, resolution: 'removed', timeline: [step('resolved', at(9))] } as const
  expect(rows([firing, firing, peak, peak, seen, over].map((record, index) => alertLine(at(index), record)))).toEqual([
    'warning /var: 94 % used (vacuum-logs writes 38 MB/s) [disk-almost-full]',
    'event /var: acknowledged (on it) [disk-almost-full]',
    'ok /var: well again (was 97 % for 8 min) [disk-almost-full]',
  ])
  expect(rows([alertLine(at(9), wordless)])).toEqual(['event /var: the rule was removed [disk-almost-full]'])
  // What is shown from the middle on begins with what it is about.
  expect(rows([alertLine(at(2), peak)])).toEqual([
    'warning /var: 94 % used (vacuum-logs writes 38 MB/s) [disk-almost-full]',
  ])
})

test('what events tell has no other row beside them', () => {
  const lines = [
    event(at(0), { event: 'alert', subject: '/var', text: '94 % used' }),
    alertLine(at(0)),
    event(at(1), { event: 'check', subject: 'api', text: 'down' }),
    checkLine(at(1), 'down', refused),
    event(at(2), { event: 'oom_kill', level: 'critical', subject: 'java', text: 'killed', cause: 'held 8.4 GiB' }),
  ]
  const told = ['warning /var: 94 % used', 'warning api: down', 'critical java: killed (held 8.4 GiB)']
  expect(rows(lines, ['alert', 'event', 'check'])).toEqual(told)
})

test('of metrics there are the headline figures, of processes those that use most', () => {
  const process = (name: string, cpu_ratio: number) => ({ pid: 1, name, started_ms: 0, memory_bytes: 1, cpu_ratio })
  const lines: Line[] = [
    metrics(at(0), { cpu_used_ratio: 0.374, memory_used_ratio: 0.61, load_1m: 0.4218, other: 1 }),
    metrics(at(0), { other: 1 }),
    {
      v: 1,
      t: at(1),
      kind: 'processes',
      processes: [process('idle', 0.001), process('node', 0.91), process('java', 0.12), process('sh', 0.02)],
    },
    {
      v: 1,
      t: at(2),
      kind: 'processes',
      processes: [
        { pid: 1, name: 'sh', started_ms: 0, memory_bytes: 2 ** 20 },
        { pid: 2, name: 'java', started_ms: 0, memory_bytes: 2 ** 29 },
      ],
    },
  ]
  expect(rows(lines)).toEqual([
    'event metrics: cpu 37 %  memory 61 %  load 0.42',
    'event metrics: 1 series',
    'event processes: node 91 %, java 12 %, sh 2.0 %',
    'event processes: java 512 MiB, sh 1.0 MiB',
  ])
})

test('all words have to occur in what a line tells', () => {
  const line = checkLine(at(0), 'down', refused)
  expect([[], ['api'], ['refused', 'down'], ['127.0.0.1:25']].map((words) => hasWords(line, words))).toEqual(
    Array(4).fill(true),
  )
  expect([['up'], ['api', 'nginx']].map((words) => hasWords(line, words))).toEqual([false, false])
  expect(hasWords(alertLine(at(0)), ['mount="/var"'])).toBe(true)
  expect(hasWords(metrics(at(0)), ['cpu_used'])).toBe(true)
  // The rule of an alert, whose name is not what people are told.
  const { id } = alertOf()
  expect(hasWords(event(at(0), { event: 'alert', alert: id }), ['disk-almost-full'])).toBe(true)
})
