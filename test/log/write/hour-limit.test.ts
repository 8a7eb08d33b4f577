import { expect, test } from 'vitest'
import { encodeLine } from '../../../src/log/encode.ts'
import type { AlertLine, Line } from '../../../src/log/line.ts'
import { createHourLimit } from '../../../src/log/write/hour-limit.ts'
import type { AlertRecord } from '../../../src/model/alert.ts'
import { alertOf, recordOf } from '../../fixtures/alerts.ts'
import { AFTERNOON, alertLine, checkLine, event, HOUR, MINUTE, metrics, SECOND } from '../logs.ts'

const MIB = 1024 ** 2
const SIZE = 10 * MIB
const FILE = '2026-11-25T14.ndjson'

/** What of lines that come each second is written, in bytes. */
function written(limit: ReturnType<typeof createHourLimit>, lineAt: (t: number) => Line, from = 0, to = HOUR): number {
  let sum = 0
  for (let t = AFTERNOON + from; t < AFTERNOON + to; t += SECOND) {
    const line = limit.fitted(lineAt(t), FILE, t)
    if (line === undefined) continue
    const bytes = encodeLine(line).length + 1
    limit.took(line.kind, bytes)
    sum += bytes
  }
  return sum
}

const storm = (t: number) => event(t, { text: 'x'.repeat(20_000) })
const wide = (t: number) => metrics(t, { [`a${'b'.repeat(20_000)}`]: 1 })
const record = recordOf(alertOf({ sinceMs: AFTERNOON, firedMs: AFTERNOON }), {
  evidence: [
    {
      atMs: AFTERNOON,
      moment: 'pending',
      suspects: [],
      changes: Array.from({ length: 40 }, (_, index) => ({
        wallMs: AFTERNOON,
        kind: 'process_started' as const,
        subject: `worker-${index}`,
        text: 'started, pid 4711, root',
        weight: 0.5,
      })),
    },
  ],
  timeline: [
    { wallMs: AFTERNOON, step: 'pending', text: '90 % used' },
    { wallMs: AFTERNOON, step: 'firing', text: '91 % used' },
  ],
})

test('without a storm nothing is left out: 200 series, a hundred checks', () => {
  const limit = createHourLimit(SIZE, AFTERNOON)
  const lines = Array.from({ length: 360 }, (_, ten) => AFTERNOON + ten * 10 * SECOND).flatMap((t) => [
    metrics(
      t,
      Object.fromEntries(Array.from({ length: 200 }, (_, index) => [`series_of_a_machine_${index}`, 0.123456])),
    ),
    ...Array.from({ length: 17 }, (_, index) => checkLine(t, 'up', { check: `check-${index}` })),
  ])
  for (const line of lines) {
    expect(limit.fitted(line, FILE, line.t)).toBe(line)
    limit.took(line.kind, encodeLine(line).length + 1)
  }
  expect(limit.leftOut).toBe(0)
})

test('a storm has half its share at once, and the rest with the hour; what is measured has its own', () => {
  const limit = createHourLimit(SIZE, AFTERNOON)
  const told = written(limit, storm, 0, 5 * MINUTE)
  expect(told).toBeGreaterThan(SIZE / 8)
  expect(told).toBeLessThan(SIZE / 8 + SIZE / 8 / 12 + 25_000)
  expect(limit.leftOut).toBeGreaterThan(200)
  const measured = written(limit, wide)
  expect(measured).toBeGreaterThan(SIZE / 2 - 25_000)
  expect(measured).toBeLessThan(SIZE / 2 + 25_000)
  const rest = written(limit, storm, 5 * MINUTE)
  expect(told + rest).toBeGreaterThan(SIZE / 4 - 25_000)
  expect(told + rest).toBeLessThan(SIZE / 4 + 25_000)
})

test('of one moment all that is measured is written, or nothing', () => {
  const limit = createHourLimit(SIZE, AFTERNOON)
  const parts = (t: number) => [0, 1, 2].map((index) => metrics(t, { [`${index}${'x'.repeat(30_000)}`]: 1 }))
  for (let t = AFTERNOON; t < AFTERNOON + HOUR; t += 10 * SECOND) {
    const fitted = parts(t).map((line) => {
      const there = limit.fitted(line, FILE, t) !== undefined
      if (there) limit.took('metrics', encodeLine(line).length)
      return there
    })
    expect(new Set(fitted).size).toBe(1)
  }
  expect(limit.leftOut % 3).toBe(0)
  expect(limit.leftOut).toBeGreaterThan(0)
})

test('past their share alerts are written in brief; ends and beginnings and news of the log are written', () => {
  const limit = createHourLimit(SIZE, AFTERNOON)
  limit.fitted(event(AFTERNOON), FILE, AFTERNOON)
  limit.took('alert', SIZE / 4)
  limit.took('event', SIZE / 4)
  const full = alertLine(AFTERNOON, record)
  const brief = limit.fitted(full, FILE, AFTERNOON)
  expect(brief).toEqual({ ...full, record: { ...record, evidence: [], timeline: record.timeline.slice(-1) } })
  for (const kind of ['started', 'ended', 'log'] as const)
    expect(limit.fitted(event(AFTERNOON, { event: kind }), FILE, AFTERNOON)).toBeDefined()
  expect(limit.fitted(event(AFTERNOON), FILE, AFTERNOON)).toBeUndefined()
  expect(limit.leftOut).toBe(1)
  // The next hour has shares of its own.
  const next = '2026-11-25T15.ndjson'
  expect(limit.fitted(full, next, AFTERNOON + HOUR)).toBe(full)
  expect(limit.fitted(event(AFTERNOON + HOUR), next, AFTERNOON + HOUR)).toBeDefined()
})

test('of alerts that come again and again the last line is written as there is room, and each that fires has its end', () => {
  const limit = createHourLimit(SIZE, AFTERNOON)
  const written: AlertLine[] = []
  let bytes = 0
  const write = (line: Line | undefined) => {
    if (line?.kind !== 'alert') return
    written.push(line)
    const { length } = encodeLine(line)
    limit.took('alert', length)
    bytes += length
  }
  let lines = 0
  /** A hundred rules that fire and are well again in turn, each time another alert. */
  const storm = (from: number, to: number) => {
    for (let second = from; second < to; second++) {
      const t = AFTERNOON + second * SECOND
      for (let index = 0; index < 100; index++) {
        const begun = AFTERNOON + (second - (second % 2)) * SECOND
        const series = `check_up{check="${index}"}`
        const id = `flaps ${series} ${begun}`
        const over = second % 2 === 1 ? { state: 'resolved' as const } : {}
        const flapping = recordOf(alertOf({ id, name: 'flaps', series, sinceMs: begun, firedMs: begun }), over)
        lines++
        write(limit.fitted(alertLine(t, flapping), FILE, t))
      }
      for (const line of limit.waited(FILE, t)) write(line)
    }
  }
  storm(0, 1800)
  expect(bytes).toBeLessThan((SIZE / 8) * 1.5 + 2000)
  expect(bytes).toBeGreaterThan((SIZE / 8) * 1.5 - 200_000)
  storm(1800, 3599)
  expect(bytes).toBeLessThan(SIZE / 4 + 2000)
  for (const line of limit.waited(FILE, AFTERNOON + HOUR - 1, 'last')) write(line)
  // At most two lines of each were waiting.
  expect(bytes).toBeLessThan(SIZE / 4 + 200_000)
  expect(written.length + limit.leftOut).toBe(lines)
  const last = new Map(written.map((line) => [line.id, line.state]))
  const ofSeries = new Map(written.map((line) => [line.series, line]))
  // The storm broke off while all of them fired.
  const firing = [...last].filter(([, state]) => state === 'firing').map(([id]) => id)
  expect(firing.sort()).toEqual([...ofSeries.values()].map(({ id }) => id).sort())
  expect([...ofSeries.values()].every(({ since_ms }) => since_ms === AFTERNOON + 3598 * SECOND)).toBe(true)
  expect(ofSeries.size).toBe(100)
  expect([...limit.waited(FILE, AFTERNOON + HOUR - 1, 'last')]).toEqual([])
})

test('an alert of an earlier run that ends in a storm has its end', () => {
  const limit = createHourLimit(SIZE, AFTERNOON)
  limit.fitted(event(AFTERNOON), FILE, AFTERNOON)
  limit.took('alert', SIZE / 4)
  const one = (id: string, sinceMs: number, parts: Partial<AlertRecord> = {}) =>
    alertLine(AFTERNOON, recordOf(alertOf({ id, sinceMs, firedMs: sinceMs }), parts))
  expect(limit.fitted(one('first', AFTERNOON), FILE, AFTERNOON)).toBeDefined()
  const lines = [
    one('old', AFTERNOON - HOUR, { state: 'resolved' }),
    one('second', AFTERNOON + 1),
    one('second', AFTERNOON + 1, { state: 'resolved' }),
    one('first', AFTERNOON, { state: 'resolved' }),
    one('third', AFTERNOON + 2),
  ]
  for (const line of lines) expect(limit.fitted(line, FILE, AFTERNOON)).toBeUndefined()
  const waited = [...limit.waited(FILE, AFTERNOON, 'last')].map(
    (line) => line.kind === 'alert' && [line.id, line.state],
  )
  expect(waited).toEqual([
    ['old', 'resolved'],
    ['first', 'resolved'],
    ['third', 'firing'],
  ])
  expect(limit.leftOut).toBe(2)
})

test('what another run wrote in the same hour counts', () => {
  const limit = createHourLimit(SIZE, AFTERNOON)
  limit.fitted(event(AFTERNOON), FILE, AFTERNOON)
  limit.found(FILE, SIZE / 2 - MIB)
  expect(written(limit, storm, 0, MINUTE)).toBeGreaterThan(0)
  limit.found(FILE, SIZE / 2 + MIB)
  expect(written(limit, storm, 0, MINUTE)).toBe(0)
  limit.found('2026-11-25T15.ndjson', 100 * SIZE)
  expect(limit.fitted(alertLine(AFTERNOON, record), '2026-11-25T15.ndjson', AFTERNOON + HOUR)).toEqual(
    alertLine(AFTERNOON, record),
  )
})
