import { expect, test } from 'vitest'
import { columnOf } from '../../../../src/ui/paint/moment-mark.ts'
import { momentAxis } from '../../../../src/ui/panels/alert/moment-axis.ts'
import { alertOf, recordOf } from '../../../fixtures/alerts.ts'
import { NOW } from '../../../fixtures/frame.ts'

const MINUTE = 60_000
const COLUMNS = 60
const VIEW = { spanMs: 600_000 }
const NOTHING = { eta: undefined, ahead: false }

const since = (minutes: number) =>
  recordOf(alertOf({ sinceMs: NOW - minutes * MINUTE, firedMs: NOW - minutes * MINUTE }))
const past = (sinceMinutes: number, endedMinutes: number) => ({
  ...since(sinceMinutes),
  state: 'resolved' as const,
  endedMs: NOW - endedMinutes * MINUTE,
})

test('the beginning of one that goes on is seen, however long it has lasted, up to now', () => {
  for (const minutes of [0, 3, 22, 300, 5 * 24 * 60]) {
    const axis = momentAxis(COLUMNS, since(minutes), VIEW, NOW, NOTHING)
    expect(axis.endMs).toBe(NOW)
    expect(axis.nowColumn).toBe(COLUMNS - 1)
    expect(columnOf(axis, NOW - minutes * MINUTE), `${minutes}`).toBeGreaterThan(0)
  }
})

test('it is seen beside the moment at which a limit is reached, too', () => {
  for (const [minutes, hours] of [
    [22, 3],
    [300, 1],
    [2000, 10],
  ] as const) {
    const likely = hours * 3600
    const axis = momentAxis(COLUMNS, since(minutes), VIEW, NOW, { eta: { earliest: likely, likely }, ahead: true })
    expect(columnOf(axis, NOW - minutes * MINUTE), `${minutes}`).toBeGreaterThanOrEqual(0)
    expect(axis.nowColumn).toBeLessThan(COLUMNS - 1)
  }
})

test('of one that is over both ends are seen, in the middle of what was around it, without a now', () => {
  const axis = momentAxis(COLUMNS, past(300, 240), VIEW, NOW, NOTHING)
  expect(axis.nowColumn).toBe(COLUMNS)
  const [first, last] = [columnOf(axis, NOW - 300 * MINUTE) ?? 0, columnOf(axis, NOW - 240 * MINUTE) ?? 0]
  expect(first).toBeGreaterThan(10)
  expect(last - first).toBeGreaterThan(20)
  expect(COLUMNS - last).toBeGreaterThan(10)
})

test('one that was over a moment ago ends with now', () => {
  const axis = momentAxis(COLUMNS, past(5, 1), VIEW, NOW, NOTHING)
  expect(axis).toMatchObject({ endMs: NOW, nowColumn: COLUMNS - 1 })
})

test('zooming in shows a part of it', () => {
  const wide = momentAxis(COLUMNS, past(300, 240), VIEW, NOW, NOTHING)
  const near = momentAxis(COLUMNS, past(300, 240), { spanMs: 300_000, zoomedFromMs: 600_000 }, NOW, NOTHING)
  expect(near.stepMs / wide.stepMs).toBeCloseTo(0.5, 1)
})
