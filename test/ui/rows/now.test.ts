import { expect, test } from 'vitest'
import type { Alert } from '../../../src/model/alert.ts'
import type { CheckStatus } from '../../../src/model/check.ts'
import type { LimitForecast } from '../../../src/model/forecast.ts'
import type { Frame, Reason } from '../../../src/model/frame.ts'
import { now } from '../../../src/ui/rows/now.ts'
import { background, foreground } from '../../../src/ui/screen/style.ts'
import { alertOf } from '../../fixtures/alerts.ts'
import { API, CERTS, MAIL, OUTBOX, QUEUE, SERVICES, SHOP } from '../../fixtures/checks.ts'
import { AHEAD } from '../../fixtures/limits.ts'
import { ASCII_LOOK, canvas, firstSecond, NOW, OPEN_LOOK, quiet, rowText, trouble, UNICODE_LOOK } from '../lists.ts'

const row = (columns: number, frame = trouble(), look = columns >= 100 ? UNICODE_LOOK : OPEN_LOOK) =>
  rowText(columns, (surface) => now(surface, frame, look))
    .slice(1, -1)
    .trimEnd()

test('worst first, causes where there is room, the rest counted', () => {
  expect(row(200)).toBe(
    '  NOW   ✖ memory 97 % used 12 min  java holds 8.4 GiB   ▲ /var 84 % used 4 min  vacuum-logs writes 38 MB/s   ▲ swap 81 % used 3 min',
  )
  expect(row(120)).toBe(
    '  NOW   ✖ memory 97 % used 12 min  java holds 8.4 GiB   ▲ /var 84 % used 4 min   ▲ swap 81 % used 3 min',
  )
  expect(row(80)).toBe(' NOW   ✖ memory 97 % used 12 min   ▲ /var 84 % used 4 min   +1')
  expect(row(60)).toBe(' NOW   ✖ memory 97 % used 12 min  java holds 8.4 GiB   +2')
  expect(row(30)).toBe(' NOW   ✖ memory 97 % us…   +2')
  expect(row(80, trouble(), ASCII_LOOK)).toBe(' NOW   X memory 97 % used 12 min   ! /var 84 % used 4 min   +1')
})

test('all well says what was measured and no more', () => {
  expect(row(80, quiet())).toBe(' NOW   ● cpu, memory, 2 disks and 1 network well')
  expect(row(80, quiet({ interfaces: [], mounts: quiet().mounts.slice(1) }))).toBe(
    ' NOW   ● cpu, memory and 1 disk well',
  )
  const silent = quiet().mounts.map((mount) => ({ ...mount, answering: false }))
  expect(row(80, quiet({ mounts: silent }))).toBe(' NOW   ● cpu, memory and 1 network well')
})

test('nothing is called well before it is measured, nor when measuring stopped', () => {
  expect(row(80, firstSecond())).toBe(' NOW   ⋯')
  expect(row(80, quiet({ wallMs: NOW + 41_000 }))).toBe(' NOW   ◌ nothing measured for 41 s')
})

test.each([
  ['crit', trouble()],
  ['ok', quiet()],
  ['unknown', firstSecond()],
  ['unknown', quiet({ wallMs: NOW + 41_000 })],
  ['warn', trouble({ reasons: trouble().reasons.filter(({ verdict }) => verdict === 'warning') })],
] as const)('the badge is six cells in %s', (tone, frame) => {
  const { grid, surface } = canvas(120, 1)
  now(surface, frame, UNICODE_LOOK)
  const badge = [...grid.styles].flatMap((packed, x) => (background(packed) === tone ? [x] : []))
  expect(badge).toEqual([1, 2, 3, 4, 5, 6])
  expect(foreground(grid.styles[2] as number)).toBe('onBadge')
})

/** A frame in which checks are in trouble, as the engine tells it. */
function checking(checks: readonly CheckStatus[], parts: Partial<Frame> = {}): Frame {
  const reasons = checks.map(
    ({ definition, state, sinceMs }): Reason => ({
      verdict: state === 'down' ? 'critical' : 'warning',
      subject: definition.name,
      text: 'in trouble',
      sinceMs,
    }),
  )
  return quiet({ verdict: 'critical', checks: [...new Set([...SERVICES, ...checks])], reasons, ...parts })
}

test('a check says its state, since when, and why', () => {
  const three = checking([MAIL, API, SHOP])
  expect(row(120, three)).toBe(
    '  NOW   ✖ mail down 12 min refused by 127.0.0.1:25   ▲ api slow 4 min 812 > 500 ms   ▲ shop.example certificate 9 d',
  )
  expect(row(80, three)).toBe(' NOW   ✖ mail down 12 min   ▲ api slow 4 min   ▲ shop.example cert 9 d')
  expect(row(60, three)).toBe(' NOW   ✖ mail down 12 min   ▲ api slow 4 min   +1')
  expect(row(80, checking([QUEUE]))).toBe(' NOW   ▲ queue flapping 40 s')
  expect(row(80, checking([CERTS]))).toBe(' NOW   ▲ certs unknown 2 h there is no program check_certs')
})

test('where the sentence has no room its short form stands; a long name leaves room for what is wrong', () => {
  const broken: CheckStatus = {
    ...MAIL,
    reason: 'status',
    error: 'expected status 2xx, got 500 Internal Server Error',
  }
  expect(row(120, checking([broken]))).toContain('mail down 12 min expected status 2xx, got 500 Internal Server Error')
  expect(row(60, checking([broken]))).toBe(' NOW   ✖ mail down 12 min status 500')
  const long = {
    ...MAIL,
    definition: { ...MAIL.definition, name: 'a name that goes on and on, to the end of the row' },
  }
  expect(row(120, checking([long, API]))).toBe(
    '  NOW   ✖ a name that goes on and… down 12 min refused by 127.0.0.1:25   ▲ api slow 4 min 812 > 500 ms',
  )
  expect(row(60, checking([long]))).toBe(' NOW   ✖ a name that goe… down 12 min refused :25')
})

test('a cause stands behind the reason; a check of that name that is well is not meant', () => {
  const [reason] = checking([MAIL]).reasons
  const caused = checking([MAIL], { reasons: [{ ...(reason as Reason), cause: 'postfix ended' }] })
  expect(row(80, caused)).toBe(' NOW   ✖ mail down 12 min refused by 127.0.0.1:25, postfix ended')
  expect(row(80, checking([], { reasons: [{ ...(reason as Reason), subject: 'redis' }] }))).toBe(
    ' NOW   ✖ redis in trouble 12 min',
  )
})

test('services that are up are well', () => {
  expect(row(120, quiet({ checks: SERVICES }))).toBe('  NOW   ● 10 services, cpu, memory, 2 disks and 1 network well')
  expect(row(120, quiet({ checks: [OUTBOX] }))).toBe('  NOW   ● cpu, memory, 2 disks and 1 network well')
})

test('a thousand that are down are counted', () => {
  const many = Array.from({ length: 1000 }, (_, index) => ({
    ...MAIL,
    definition: { ...MAIL.definition, name: `mail ${index}` },
  }))
  expect(row(80, checking(many))).toMatch(/^ NOW {3}✖ mail 0 down 12 min refused :25 {3}✖ mail 1 down 12 min .*\+99\d$/)
})

test('what somebody has seen is dim, marked, behind what is new, and does not colour the badge', () => {
  const reasons = trouble().reasons.map((reason): Reason => {
    if (reason.subject === 'memory') return { ...reason, quiet: 'acknowledged' }
    return reason.subject === '/var'
      ? { ...reason, quiet: 'silenced', quietUntilMs: new Date(2025, 10, 24, 18).getTime() }
      : reason
  })
  expect(row(120, trouble({ reasons }))).toBe(
    '  NOW   ▲ swap 81 % used 3 min   ✖ memory ✓ 97 % used 12 min  java holds 8.4 GiB   ▲ /var 84 % used 4 min ⋯ until 18:00',
  )
  const look = (frame: Frame, text: string) => {
    const { grid, surface } = canvas(120, 1)
    now(surface, frame, UNICODE_LOOK)
    return [background(grid.styles[2] as number), foreground(grid.styles[grid.rowText(0).indexOf(text)] as number)]
  }
  expect(look(trouble({ reasons }), 'memory')).toEqual(['warn', 'dim'])
  const quietly = reasons.filter(({ quiet }) => quiet !== undefined)
  expect(look(trouble({ reasons: quietly }), '97 %')).toEqual(['unknown', 'dim'])
  const forGood = quietly.map(({ quietUntilMs, ...rest }): Reason => rest)
  expect(row(120, trouble({ reasons: forGood }))).toContain('⋯ until it resolves')
})

test('what NEXT tells of is not wrong yet, but for what that row does not tell', () => {
  const alert = alertOf({ kind: 'forecast', threshold: 0.95, text: '95 % full in 3 h 10 m' })
  const { verdict, subject, text } = { ...alert, verdict: 'warning' as const }
  const reason: Reason = { verdict, subject, text, sinceMs: NOW, ahead: true, alert: alert.id }
  const frame = trouble({ alerts: [alert], forecasts: AHEAD, reasons: [reason, ...trouble().reasons] })
  expect(row(60, frame)).toBe(' NOW   ✖ memory 97 % used 12 min  java holds 8.4 GiB   +2')
  expect(row(60, { ...frame, reasons: [reason] })).toBe(' NOW   ● nothing is wrong yet')
  const told = { ...alert, ahead: { asOfMs: NOW, eta: { earliest: 1, likely: 11_400 } } }
  const unjudged = AHEAD.slice(0, 1).map((limit): LimitForecast => ({ ...limit, time: { kind: 'unknown' } }))
  expect(row(60, { ...frame, reasons: [reason], alerts: [told], forecasts: unjudged })).toBe(
    ' NOW   ● nothing is wrong yet',
  )
  const said = ' NOW   ▲ /var 95 % full in 3 h 10 m'
  expect(row(60, { ...frame, reasons: [reason], forecasts: [] })).toBe(said)
  const broken = rowText(60, (surface) =>
    now(surface, { ...frame, reasons: [reason] }, OPEN_LOOK, { config: 'mistake' }),
  )
  expect(broken.slice(1, -1).trimEnd()).toBe(said)
})

test('of a limit that is reached it is told how far it is by now, not also that it was foretold', () => {
  const series = 'disk_used_ratio{mount="/var"}'
  const soon = alertOf({ name: 'disk-fills-soon', kind: 'forecast', series, threshold: 0.95, text: '95 % full now' })
  const almost = alertOf({ series, text: '96 % used' })
  const reasonOf = ({ id, kind, severity: verdict, subject, text }: Alert): Reason => {
    const ahead = kind === 'forecast' ? { ahead: true as const } : {}
    return { verdict, subject, text, sinceMs: NOW - 60_000, alert: id, ...ahead }
  }
  const told = (...alerts: readonly Alert[]) => row(80, quiet({ alerts, reasons: alerts.map(reasonOf) }))
  expect(told(soon, almost)).toBe(' NOW   ▲ /var 96 % used 1 min')
  expect(told(soon)).toBe(' NOW   ▲ /var 95 % full now')
  expect(told({ ...soon, severity: 'critical' }, almost)).toBe(' NOW   ✖ /var 95 % full now   ▲ /var 96 % used 1 min')
})
