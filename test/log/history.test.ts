import { mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { readHistory } from '../../src/log/history.ts'
import type { Line } from '../../src/log/line.ts'
import { marksPath, saveMarks } from '../../src/log/marks.ts'
import { rollUp } from '../../src/log/rollup/roll-up.ts'
import { NO_MARKS } from '../../src/model/alert.ts'
import { CHECK_ORDER } from '../../src/model/check.ts'
import type { History, MinuteColumns } from '../../src/model/history.ts'
import { alertOf, recordOf } from '../fixtures/alerts.ts'
import { AFTERNOON, alertLine, checkLine, DAY, event, HOUR, MINUTE, metrics, SECOND, TemporaryLog } from './logs.ts'

/** In the middle of a minute. */
const NOW = AFTERNOON + 20 * MINUTE + 30 * SECOND
const started = (t: number, boot_id: string) =>
  event(t, { event: 'started', level: 'event', run: { pid: 1, version: '1', interval_ms: 1000, boot_id } })

/** An alert that came and went in that moment. */
const over = (t: number) => recordOf(alertOf({ sinceMs: t, firedMs: t }), { state: 'resolved' })

/** Three days up to now, two lines a minute, with a check that was down on the second day and events each hour. */
function threeDays(): Line[] {
  const from = NOW - 3 * DAY
  const lines: Line[] = [started(from, 'first'), started(from + DAY, 'second')]
  const downFrom = from + DAY
  const downTo = downFrom + 6 * HOUR
  for (let t = from; t <= NOW; t += MINUTE) {
    lines.push(metrics(t - 20 * SECOND, { load_1m: 1, 'disk_used_ratio{mount="/"}': (t - from) / DAY }))
    lines.push(metrics(t, { load_1m: 3 }))
    const down = t >= downFrom && t < downTo
    const since_ms = t < downFrom ? from : down ? downFrom : downTo
    const look = { began_ms: t - 40, latency_s: (((t - from) / MINUTE) % 60) + 1 }
    lines.push(
      down
        ? checkLine(t, 'down', { since_ms, reason: 'refused', error: 'connection refused', ...look })
        : checkLine(t, 'up', { since_ms, ...look }),
    )
    if ((t - from) % HOUR === 0) lines.push(event(t, { text: `hour ${(t - from) / HOUR}` }), alertLine(t, over(t)))
  }
  return lines.sort((a, b) => a.t - b.t)
}

/** The columns of a series as they are at one wall time. */
function minuteOf({ firstMinuteMs, series }: Pick<History, 'firstMinuteMs' | 'series'>, key: string, wallMs: number) {
  const { min, mean, max, last } = series.get(key) as MinuteColumns
  const index = Math.floor((wallMs - firstMinuteMs) / MINUTE)
  return [min[index], mean[index], max[index], last[index]]
}

const total = (values: Iterable<number> = []) => [...values].reduce((sum, value) => sum + value, 0)

test.each(['rolled up', 'as lines alone', 'packed'])('history is what was logged: %s', async (how) => {
  using log = new TemporaryLog()
  log.lines(threeDays(), how === 'packed' ? 'packed' : 'plain')
  if (how === 'rolled up') expect((await rollUp(log.folder, NOW)).written).toBe(4)
  const history = await readHistory(log.state, { nowMs: NOW })
  expect([history.minutes, history.firstMinuteMs]).toEqual([1440, AFTERNOON + 21 * MINUTE - DAY])
  // The minute that goes on is the last one.
  for (const wallMs of [NOW, NOW - MINUTE, NOW - 5 * HOUR, history.firstMinuteMs]) {
    expect(minuteOf(history, 'load_1m', wallMs)).toEqual([1, 2, 3, 3])
  }
  expect(minuteOf(history, 'disk_used_ratio{mount="/"}', NOW - 12 * HOUR)[1]).toBeCloseTo(2.5, 2)
  expect([...(history.series.get('load_1m')?.mean ?? [])].some(Number.isNaN)).toBe(false)
  const api = history.checks.get('api')
  expect(api?.firstPartMs).toBe(AFTERNOON + 20 * MINUTE - 7 * DAY + 5 * MINUTE)
  expect(api?.known.length).toBe(2016)
  // Known from its first line to its last, but for what a day's first line says of the day before; and not good for six hours.
  expect(Math.abs(total(api?.known) - (3 * DAY) / SECOND)).toBeLessThanOrEqual(how === 'rolled up' ? 3 * 60 : 20)
  expect(Math.abs(total(api?.known) - total(api?.good) - 6 * 3600)).toBeLessThan(20)
  // Six hours of a result a minute, and each turn of the three days.
  const results = api?.results
  expect([results?.wallMs.length, results?.wallMs.at(0), results?.wallMs.at(-1)]).toEqual([
    360,
    NOW - 359 * MINUTE - 40,
    NOW - 40,
  ])
  expect(new Set(results?.states)).toEqual(new Set([CHECK_ORDER.indexOf('up')]))
  expect([results?.latencyS.at(0), results?.latencyS.at(-1)]).toEqual([2, 1])
  expect(api?.changes).toEqual([
    { wallMs: NOW - 2 * DAY + 6 * HOUR, state: 'up' },
    { wallMs: NOW - 2 * DAY, state: 'down', reason: 'refused', error: 'connection refused' },
    { wallMs: NOW - 3 * DAY, state: 'up' },
  ])
  expect(history.events.map(({ wallMs, text }) => [wallMs, text]).slice(0, 2)).toEqual([
    [NOW, 'hour 72'],
    [NOW - HOUR, 'hour 71'],
  ])
  expect([history.events.length, history.records.length]).toEqual([75, 73])
  expect([history.endMs, history.bootId, history.skipped]).toEqual([NOW, 'second', 0])
})

test('an empty log, and none at all', async () => {
  using log = new TemporaryLog()
  const empty = {
    minutes: 1440,
    skipped: 0,
    records: [],
    events: [],
    marks: NO_MARKS,
    series: new Map(),
    checks: new Map(),
  }
  expect(await readHistory(log.state, { nowMs: NOW })).toMatchObject(empty)
  const none = await readHistory(join(log.state, 'none'), { nowMs: NOW })
  expect(none).toMatchObject(empty)
  expect([none.endMs, none.bootId]).toEqual([undefined, undefined])
})

test('the last line of an alert tells all of it; what still fires is among the records', async () => {
  using log = new TemporaryLog()
  const old = alertOf({ sinceMs: NOW - 20 * DAY, firedMs: NOW - 20 * DAY })
  const fresh = alertOf({ sinceMs: NOW - HOUR, firedMs: NOW - HOUR, series: 'load_1m' })
  const resolved = recordOf(fresh, { state: 'resolved', endedMs: NOW - MINUTE, resolution: 'cleared' })
  log.lines([
    alertLine(NOW - 20 * DAY, recordOf(old)),
    alertLine(NOW - HOUR, recordOf(fresh)),
    alertLine(NOW - MINUTE, resolved),
  ])
  // Three weeks ago: only a roll-up is asked that far back.
  await rollUp(log.folder, NOW)
  expect((await readHistory(log.state, { nowMs: NOW })).records).toEqual([resolved, recordOf(old)])
})

test('no more events and records are told than are ever shown, the newest', async () => {
  using log = new TemporaryLog()
  const from = NOW - 2 * DAY
  const times = Array.from({ length: 600 }, (_, index) => from + index * 4 * MINUTE)
  log.lines(times.flatMap((t) => [event(t), alertLine(t, over(t))]))
  await rollUp(log.folder, NOW)
  const { events, records } = await readHistory(log.state, { nowMs: NOW })
  const newest = times.slice(100).reverse()
  expect(events.map(({ wallMs }) => wallMs)).toEqual(newest)
  expect(records.map(({ alert }) => alert.sinceMs)).toEqual(newest)
})

test.each([
  ['lines', false],
  ['roll-ups', true],
])('an alert that fires on is not forgotten for others that came and went since: %s', async (_, rolled) => {
  using log = new TemporaryLog()
  const since = NOW - 2 * DAY
  const flaps = (from: number, count: number) =>
    Array.from({ length: count }, (_, at) => alertLine(from + at, over(from + at)))
  const going = alertLine(since, recordOf(alertOf({ id: 'going', sinceMs: since, firedMs: since })))
  log.lines([going, ...flaps(since + HOUR, 480), ...flaps(NOW - 3 * HOUR, 480)])
  if (rolled) await rollUp(log.folder, NOW)
  const { records } = await readHistory(log.state, { nowMs: NOW })
  expect(records.map(({ alert }) => alert.id)).toContain('going')
  expect(records.filter(({ state }) => state === 'firing')).toHaveLength(1)
  expect(records).toHaveLength(501)
})

test('a thousand alerts that fire all go on', async () => {
  using log = new TemporaryLog()
  const t = NOW - 2 * HOUR
  const firing = (id: string) => recordOf(alertOf({ id, sinceMs: t, firedMs: t }))
  log.lines(Array.from({ length: 1000 }, (_, at) => alertLine(t, firing(`a${at}`))))
  expect((await readHistory(log.state, { nowMs: NOW })).records).toHaveLength(1000)
  await rollUp(log.folder, NOW)
  expect((await readHistory(log.state, { nowMs: NOW })).records).toHaveLength(1000)
})

test('what is damaged is passed over and counted; lines are read in place of a roll-up', async () => {
  using log = new TemporaryLog()
  log.lines(threeDays())
  const whole = await readHistory(log.state, { nowMs: NOW })
  await rollUp(log.folder, NOW)
  const rolls = readdirSync(log.folder).filter((name) => name.endsWith('.roll'))
  for (const name of rolls) writeFileSync(join(log.folder, name), 'garbage')
  const history = await readHistory(log.state, { nowMs: NOW })
  expect(history).toEqual({ ...whole, skipped: 4 })
})

test('a roll-up is history too when its lines are gone', async () => {
  using log = new TemporaryLog()
  log.lines(threeDays())
  await rollUp(log.folder, NOW)
  for (const name of readdirSync(log.folder)) if (!name.endsWith('.roll')) rmSync(join(log.folder, name))
  const { series, checks, bootId, endMs } = await readHistory(log.state, { nowMs: NOW })
  expect([series.size, checks.size, bootId]).toEqual([2, 1, 'second'])
  expect(endMs).toBe(AFTERNOON - 30 * SECOND)
})

test('a clock that was ahead: what it wrote is no history of now, but did happen', async () => {
  using log = new TemporaryLog()
  log.lines([metrics(NOW - MINUTE), metrics(NOW + DAY), event(NOW + DAY)])
  const { series, events, endMs } = await readHistory(log.state, { nowMs: NOW })
  expect([...(series.get('cpu_used_ratio')?.last ?? [])].filter((value) => !Number.isNaN(value))).toEqual([0.5])
  expect([events.length, endMs]).toEqual([1, NOW + DAY])
})

test('marks come along', async () => {
  using log = new TemporaryLog()
  const marks = { acknowledgements: [{ alert: 'x', atMs: 1, note: '' }], silences: [] }
  await saveMarks(log.state, marks)
  expect((await readHistory(log.state, { nowMs: NOW })).marks).toEqual(marks)
})

test('marks that make no sense, or cannot be read, cost only themselves', async () => {
  using log = new TemporaryLog()
  log.lines([metrics(NOW - MINUTE)])
  const path = marksPath(log.state)
  writeFileSync(path, 'garbage')
  const damaged = await readHistory(log.state, { nowMs: NOW })
  expect([damaged.series.size, damaged.marks, damaged.marksTrouble]).toEqual([
    1,
    NO_MARKS,
    { text: `what was done to them made no sense, and is in ${path}.damaged now`, aside: true },
  ])
  mkdirSync(path)
  const unread = await readHistory(log.state, { nowMs: NOW })
  expect([unread.series.size, unread.marks, unread.marksTrouble?.aside]).toEqual([1, NO_MARKS, false])
})

test('a signal ends it', async () => {
  using log = new TemporaryLog()
  log.lines(threeDays())
  await expect(readHistory(log.state, { nowMs: NOW }, AbortSignal.abort(new Error('enough')))).rejects.toThrow('enough')
})
