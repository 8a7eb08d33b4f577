import { describe, expect, test } from 'vitest'
import { type Alert, alertKey } from '../../../src/model/alert.ts'
import type { LimitForecast, TimeToLimit } from '../../../src/model/forecast.ts'
import { next as nextRow } from '../../../src/ui/rows/next.ts'
import { background, foreground } from '../../../src/ui/screen/style.ts'
import { alertOf } from '../../fixtures/alerts.ts'
import { AHEAD, heading, limitOf, spaceLimit } from '../../fixtures/limits.ts'
import { ASCII_LOOK, ago, canvas, NOW, OPEN_LOOK, quiet, rowText, trouble, UNICODE_LOOK } from '../lists.ts'

const row = (columns: number, frame = trouble(), look = columns >= 100 ? UNICODE_LOOK : OPEN_LOOK) =>
  rowText(columns, (surface) => nextRow(surface, frame, look, { sinceMs: ago(30) }))
    .slice(1, -1)
    .trimEnd()

test('what changed last, newest first, as many as fit', () => {
  expect(row(120)).toBe(
    '  LAST  14:29 ▲ swap 81 % > 80 %   14:20 ✖ memory 97 % > 95 %   14:02 ▸ worker started again   13:41 ● /home well again',
  )
  expect(row(80)).toBe(' LAST  14:29 ▲ swap 81 % > 80 %   14:20 ✖ memory 97 % > 95 %  java 8.4 GiB')
  expect(row(60)).toBe(' LAST  14:29 ▲ swap 81 % > 80 %')
  expect(row(60, trouble(), ASCII_LOOK)).toBe(' LAST  14:29 ! swap 81 % > 80 %')
})

test('nothing yet says since when', () => {
  expect(row(80, quiet())).toBe(' LAST  nothing has changed since 14:02')
})

test('what is over is no trouble: the badge has no severity', () => {
  const { grid, surface } = canvas(80, 1)
  nextRow(surface, trouble(), OPEN_LOOK, { sinceMs: 0 })
  expect([...grid.styles].slice(0, 7).map(background)).toEqual([...new Array(6).fill('unknown'), undefined])
})

test('a configuration with a mistake takes the place of the row', () => {
  const conf = (columns: number, config: string) =>
    rowText(columns, (surface) => nextRow(surface, trouble(), OPEN_LOOK, { sinceMs: 0, config }))
      .slice(1, -1)
      .trimEnd()
  const short = 'healthtop.yaml:12:5 checks[0].port: expected a port'
  expect(conf(120, short)).toBe(` CONF  ${short}  the last good one is in use`)
  expect(conf(80, short)).toBe(' CONF  healthtop.yaml:12:5 checks[0].port: expect…  the last good one is in use')
  expect(conf(60, short)).toBe(' CONF  healthtop.yaml:12:5 checks[0].port: exp…')
})

test('a configuration with a mistake is a warning', () => {
  const { grid, surface } = canvas(80, 1)
  nextRow(surface, quiet(), OPEN_LOOK, { sinceMs: 0, config: 'healthtop.yaml:1:1 it is wrong' })
  expect([background(grid.styles[2] as number), foreground(grid.styles[8] as number)]).toEqual(['warn', 'warn'])
})

describe('what reaches its limit next', () => {
  const next = (columns: number, forecasts: readonly LimitForecast[], look?: typeof OPEN_LOOK) =>
    row(columns, trouble({ forecasts }), look)
  const badge = (forecasts: readonly LimitForecast[]) => {
    const { grid, surface } = canvas(80, 1)
    nextRow(surface, trouble({ forecasts }), OPEN_LOOK, { sinceMs: 0 })
    return background(grid.styles[2] as number)
  }

  test('soonest first, the first of them with range and cause, a series once; what is far where there is room', () => {
    expect(next(200, AHEAD)).toBe(
      '  NEXT  ▲ /var 95 % full in 3 h 10 m (2 h 40 m – 4 h 05 m)  vacuum-logs writes 38 MB/s   ▸ node 2 GiB limit in 5 h (4 h – 7 h)   ▸ memory 90 % in 2 d   ▸ shop.example certificate ends 3 Dec',
    )
    expect(next(120, AHEAD)).toBe(
      '  NEXT  ▲ /var 95 % full in 3 h 10 m (2 h 40 m – 4 h 05 m)  vacuum-logs writes 38 MB/s   ▸ node 2 GiB limit in 5 h',
    )
  })
  test('what is soon and does not fit is counted', () => {
    expect(next(80, AHEAD)).toBe(' NEXT  ▲ /var 95 % full in 3 h 10 m (2 h 40 m – 4 h 05 m)   +1')
    expect(next(60, AHEAD)).toBe(' NEXT  ▲ /var 95 % full in 3 h 10 m   +1')
    expect(next(60, AHEAD.slice(0, 1))).toBe(' NEXT  ▲ /var 95 % full in 3 h 10 m (2 h 40 m – 4 h 05 m)')
    expect(next(80, AHEAD.slice(0, 1), ASCII_LOOK)).toBe(' NEXT  ! /var 95 % full in 3 h 10 m (2 h 40 m - 4 h 05 m)')
  })
  test('the badge has the worst severity of the row, in whatever place', () => {
    const warned = AHEAD.slice(2).map((one) =>
      one.family === 'check' ? { ...one, severity: 'warning' as const } : one,
    )
    const critical = spaceLimit('/data', { time: heading(400), severity: 'critical' })
    expect([badge(AHEAD), badge([...AHEAD, critical]), badge(warned), badge(AHEAD.slice(2))]).toEqual([
      'warn',
      'crit',
      'warn',
      'unknown',
    ])
  })
  test('what is reached stands in NOW', () => {
    const reached = [spaceLimit('/var', { time: { kind: 'reached' }, severity: 'critical' }), ...AHEAD.slice(2)]
    expect(next(120, reached)).toMatch(/^ {2}NEXT {2}▸ node 2 GiB limit in 5 h \(4 h – 7 h\) /)
  })
  test('nothing within a day is said when all is judged, then what is far, then what changed last', () => {
    const calm = [spaceLimit('/home', { time: heading(21 * 1440) }), limitOf()]
    expect(next(120, calm)).toBe(
      '  NEXT  nothing reaches a limit within 24 h   ▸ /home 95 % full in 21 d (17 d – 27 d)   last 14:29 ▲ swap 81 % > 80 %',
    )
    expect(next(60, calm)).toBe(' NEXT  nothing reaches a limit within 24 h')
    expect(badge(calm)).toBe('unknown')
  })
  test('what is too soon to be told is no promise', () => {
    expect(next(80, [limitOf(), spaceLimit('/data', { time: { kind: 'too soon' } })])).toBe(
      ' NEXT  nothing is known to reach a limit within 24 h  too soon to say of /data',
    )
  })
  test('while some limit is not judged it says what is far, else what changed last', () => {
    const unjudged = { series: 'disk_used_ratio{mount="/"}', time: { kind: 'unknown' } } as const
    expect(next(80, [limitOf(), limitOf(unjudged)])).toMatch(/^ LAST {2}14:29/)
    expect(next(80, [spaceLimit('/home', { time: heading(21 * 1440) }), limitOf(unjudged)])).toBe(
      ' NEXT  ▸ /home 95 % full in 21 d (17 d – 27 d)   last 14:29 ▲ swap 81 % > 80 %',
    )
  })
  test('a configuration with a mistake takes its place', () => {
    const conf = rowText(80, (surface) =>
      nextRow(surface, trouble({ forecasts: AHEAD }), OPEN_LOOK, { sinceMs: 0, config: 'it is wrong' }),
    )
    expect(conf).toMatch(/^\| CONF {2}it is wrong/)
  })

  test('as bad as the alert says that fires on it, and quiet once somebody has seen it', () => {
    const forecast = alertOf({ kind: 'forecast', threshold: 0.95, severity: 'critical', text: '95 % full in 3 h 10 m' })
    const other = alertOf({ ...forecast, name: 'disk-fills-soon', severity: 'warning' })
    const show = (alerts: readonly Alert[]) => {
      const { grid, surface } = canvas(80, 1)
      const frame = trouble({ forecasts: AHEAD.slice(0, 1), alerts })
      nextRow(surface, frame, OPEN_LOOK, { sinceMs: 0 })
      return {
        text: row(80, frame),
        tones: [background(grid.styles[2] as number), foreground(grid.styles[7] as number)],
      }
    }
    expect(show([other, forecast])).toEqual({
      text: ' NEXT  ✖ /var 95 % full in 3 h 10 m (2 h 40 m – 4 h 05 m)',
      tones: ['crit', 'crit'],
    })
    const seen = { ...forecast, acknowledged: { alert: forecast.id, note: '', atMs: NOW } }
    expect(show([seen])).toEqual({
      text: ' NEXT  ✖ /var ✓ 95 % full in 3 h 10 m (2 h 40 m – 4 h 05 m)',
      tones: ['unknown', 'dim'],
    })
    expect(
      show([{ ...forecast, silenced: { key: alertKey(forecast), atMs: NOW, untilMs: NOW + 3_600_000 } }]).text,
    ).toBe(' NEXT  ✖ /var 95 % full in 3 h 10 m ⋯ until 15:32 (2 h 40 m – 4 h 05 m)')
  })

  test('after a restart an alert speaks for its limit until that is judged, by when it said so', () => {
    const ahead = { asOfMs: NOW - 60_000, eta: { earliest: 600, likely: 780, latest: 960 } }
    const alert = alertOf({
      kind: 'forecast',
      threshold: 0.95,
      severity: 'critical',
      ahead,
      cause: 'node writes 2 MB/s',
    })
    const told = (time: TimeToLimit, alerts: readonly Alert[] = [alert]) =>
      row(80, trouble({ forecasts: [spaceLimit('/var', { time })], alerts }))
    expect(told({ kind: 'unknown' })).toBe(' NEXT  ✖ /var 95 % full in 12 min (9 min – 15 min)  node writes 2 MB/s')
    expect(told({ kind: 'steady' })).toContain('/var 95 % full in 12 min')
    expect(told(heading(5))).toContain('/var 95 % full in 5 min')
    expect(told({ kind: 'unknown' }, [])).not.toContain('full in')
  })
})
