import { expect, test } from 'vitest'
import type { CheckLine } from '../../../src/log/line.ts'
import { createCheckTable, PART_MS } from '../../../src/log/rollup/check-parts.ts'
import { AFTERNOON, checkLine, HOUR, MINUTE, SECOND } from '../logs.ts'

const at = (minute: number) => AFTERNOON + minute * MINUTE

/** A log of check lines in which something is written every minute besides, but for what is between `silent`. */
function counted(lines: readonly CheckLine[], silent: readonly [number, number] = [0, 0]) {
  const table = createCheckTable(AFTERNOON, 24)
  const times = Array.from({ length: 120 }, (_, minute) => at(minute)).filter((t) => t <= silent[0] || t >= silent[1])
  const all = [...lines.map((line) => ({ t: line.t, line })), ...times.map((t) => ({ t, line: undefined }))]
  for (const { t, line } of all.sort((a, b) => a.t - b.t)) {
    table.alive(t)
    if (line !== undefined) table.take(line)
  }
  const { known, good, last } = table.checks.get('api') ?? { known: [], good: [], last: undefined }
  return { known: [...known], good: [...good], last }
}

const sum = (values: readonly number[]) => values.reduce((total, value) => total + value, 0)

test('the time from one line to the next is that of the state, in the parts that it lies in', () => {
  const lines = Array.from({ length: 11 }, (_, minute) => checkLine(at(minute), 'up', { since_ms: at(0) }))
  const { known, good, last } = counted(lines)
  expect([known.slice(0, 3), good.slice(0, 3)]).toEqual([
    [300, 300, 0],
    [300, 300, 0],
  ])
  expect(last).toEqual({ wallMs: at(10), state: 'up', sinceMs: at(0), gapMs: MINUTE })
})

test('a turn counts from the moment on at which it turned; degraded is good, and unknown is not known', () => {
  const { known, good } = counted([
    checkLine(at(0), 'up'),
    checkLine(at(1), 'down', { since_ms: at(0) + 20 * SECOND }),
    checkLine(at(2), 'degraded', { since_ms: at(2) }),
    checkLine(at(3), 'unknown', { since_ms: at(2) + 30 * SECOND }),
    checkLine(at(4), 'up', { since_ms: at(4) }),
    checkLine(at(5), 'up', { since_ms: at(4) }),
  ])
  // Up 20 s, down 100 s, degraded 30 s, not known 90 s, up 60 s.
  expect([known[0], good[0]]).toEqual([210, 110])
})

test('nothing is known of a time in which nothing was logged', () => {
  const { known } = counted(
    [checkLine(at(0)), checkLine(at(1), 'up', { since_ms: at(0) }), checkLine(at(31), 'up', { since_ms: at(0) })],
    [at(1), at(31)],
  )
  expect(sum(known)).toBe(60)
})

test('a check that is seldom asked is known in between; one that was not asked for a while is not', () => {
  const hourly = [0, 60, 119].map((minute) => checkLine(at(minute), 'up', { since_ms: at(0) }))
  expect(sum(counted(hourly).known)).toBe(119 * 60)
  // Another life: it was removed, and came back.
  expect(sum(counted([checkLine(at(0)), checkLine(at(1), 'up', { since_ms: at(0) }), checkLine(at(60))]).known)).toBe(
    60,
  )
  // A turn after the usual time, and one after far too long.
  const turns = [
    checkLine(at(0)),
    checkLine(at(20), 'up', { since_ms: at(0) }),
    checkLine(at(50), 'down'),
    checkLine(at(119), 'up'),
  ]
  expect(sum(counted(turns).known)).toBe((50 + 69) * 60)
})

test('a clock that is set back counts nothing twice', () => {
  const table = createCheckTable(AFTERNOON, 1)
  for (let round = 0; round < 3; round++)
    for (let minute = 0; minute < 5; minute++) table.take(checkLine(at(minute), 'up', { since_ms: at(-9) }))
  expect([...(table.checks.get('api')?.known ?? [])]).toEqual([300])
})

test('parts that were counted before join, and the count goes on from the last line', () => {
  const known = Uint16Array.from([300, 120])
  const good = Uint16Array.from([300, 60])
  const last = { wallMs: at(2), state: 'up', sinceMs: at(0), gapMs: MINUTE } as const
  const table = createCheckTable(AFTERNOON, 2)
  table.countedUntil(at(2))
  const past = {
    results: { wallMs: Float64Array.of(at(2) - 9), states: Uint8Array.of(3), latencyS: Float32Array.of(0.5) },
    changes: [{ wallMs: at(0), state: 'up' }],
  } as const
  table.join('api', AFTERNOON - PART_MS, { known, good }, last, past)
  table.alive(at(3))
  table.take(checkLine(at(3), 'up', { since_ms: at(0) }))
  expect(table.history().get('api')).toEqual({
    firstPartMs: AFTERNOON,
    known: Uint16Array.from([180, 0]),
    good: Uint16Array.from([120, 0]),
    ...past,
  })
  // What was last is the newest of both.
  table.join('api', AFTERNOON - PART_MS, undefined, { ...last, wallMs: at(1), state: 'down' })
  expect(table.checks.get('api')?.last?.state).toBe('up')
})

test('silences by the thousand cost no time', () => {
  const table = createCheckTable(AFTERNOON, 1)
  for (let hour = 0; hour < 20_000; hour++) {
    table.alive(AFTERNOON + hour * HOUR)
    table.take(checkLine(AFTERNOON + hour * HOUR, 'up', { since_ms: AFTERNOON }))
  }
  expect(table.checks.get('api')?.known[0]).toBe(0)
})
