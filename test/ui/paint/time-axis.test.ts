import { describe, expect, test } from 'vitest'
import type { Eta } from '../../../src/model/forecast.ts'
import {
  axisFor,
  columnAhead,
  stepsAhead,
  type TimeAxis,
  timeAxis,
  timeLabels,
} from '../../../src/ui/paint/time-axis.ts'
import { NOW } from '../../fixtures/frame.ts'
import { ASCII_LOOK, UNICODE_LOOK } from '../lists.ts'

const COLUMNS = 108
const HOUR_S = 3600
const DAY_S = 24 * HOUR_S
const SPAN = { spanMs: 600_000 }
const PLAIN = timeAxis(COLUMNS, 600_000, NOW)

const aheadS = (axis: TimeAxis) => (stepsAhead(axis) * axis.stepMs) / 1000
const pastS = ({ nowColumn, stepMs }: TimeAxis) => (nowColumn * 2 * stepMs) / 1000
const wide = (eta: Eta, zoom: { spanMs: number; zoomedFromMs?: number } = SPAN) => axisFor(COLUMNS, zoom, NOW, eta)
const eta = (earliest: number, likely: number, latest?: number): Eta => ({
  earliest,
  likely,
  ...(latest !== undefined && { latest }),
})

describe('the axis of a chart with a crossing', () => {
  test('is the plain one without a crossing, and where that shows it', () => {
    expect(axisFor(COLUMNS, SPAN, NOW, undefined)).toEqual(PLAIN)
    expect(wide(eta(100, 150, 200))).toEqual(PLAIN)
  })
  test('reaches beyond the latest moment, history to the same scale', () => {
    for (const latest of [400, 3 * HOUR_S, 4.08 * HOUR_S, 9 * HOUR_S, 20 * HOUR_S]) {
      const axis = wide(eta(latest * 0.7, latest * 0.8, latest))
      expect(axis.clocks).toBe(true)
      const share = latest / aheadS(axis)
      expect(share).toBeLessThanOrEqual(0.8)
      // The next smaller step of the axis would not do.
      expect(share).toBeGreaterThan(0.8 / 1.34)
      expect(columnAhead(axis, latest)).toBeLessThan(COLUMNS * 0.9)
      expect(pastS(axis) / aheadS(axis)).toBeCloseTo(46 / 61, 5)
    }
  })
  test('goes by the likely moment where the latest is never or too far', () => {
    const axis = wide(eta(2 * HOUR_S, 3 * HOUR_S, 3 * HOUR_S))
    expect(wide(eta(2 * HOUR_S, 3 * HOUR_S))).toEqual(axis)
    expect(wide(eta(2 * HOUR_S, 3 * HOUR_S, 40 * DAY_S))).toEqual(axis)
  })
  test('is not stretched to what is further than a day', () => {
    expect(wide(eta(DAY_S, 2 * DAY_S))).toEqual(PLAIN)
  })
  test('does not follow a time that wavers', () => {
    const steps = new Set([290, 291, 292, 293, 294].map((minutes) => wide(eta(0, minutes * 60)).stepMs))
    expect(steps.size).toBe(1)
  })
  test('is zoomed from what it shows by itself', () => {
    const own = wide(eta(2 * HOUR_S, 3 * HOUR_S, 4 * HOUR_S))
    const zoomed = (spanMs: number) => wide(eta(2 * HOUR_S, 3 * HOUR_S, 4 * HOUR_S), { spanMs, zoomedFromMs: 600_000 })
    expect(zoomed(600_000)).toEqual(own)
    expect(zoomed(300_000).stepMs).toBe(own.stepMs / 2)
    expect(zoomed(1_200_000).stepMs).toBe(own.stepMs * 2)
    // No further than what can be known.
    expect(aheadS(zoomed(86_400_000))).toBeLessThanOrEqual((DAY_S / 0.8) * 1.01)
    expect(zoomed(86_400_000).clocks).toBe(true)
  })
  test('has room for history and for what comes, however narrow', () => {
    for (let columns = 1; columns < 12; columns++) {
      const axis = axisFor(columns, SPAN, NOW, eta(HOUR_S, HOUR_S, HOUR_S))
      expect(axis.nowColumn).toBeGreaterThanOrEqual(1)
      expect(axis.stepMs).toBeGreaterThanOrEqual(1000)
    }
  })
})

test('the column of a moment is that of its step', () => {
  const axis: TimeAxis = { columns: 40, nowColumn: 20, stepMs: 60_000, endMs: 10.5 * 60_000 }
  // Steps begin 30 s from now: two of them are a column.
  expect([0, 29, 30, 149, 150, 270].map((seconds) => columnAhead(axis, seconds))).toEqual([21, 21, 21, 21, 22, 23])
})

describe('labels', () => {
  const labels = (axis: TimeAxis, past = false, look = UNICODE_LOOK) =>
    timeLabels(axis, 0, past, look).map(({ x, segments }) => [x, segments.map(({ text }) => text).join('')] as const)
  test('of a wide axis are clock times at round moments, and now among them', () => {
    const axis: TimeAxis = { columns: 112, nowColumn: 48, stepMs: 150_000, endMs: NOW, clocks: true }
    expect(labels(axis)).toEqual([
      [3, '11:00'],
      [15, '12:00'],
      [27, '13:00'],
      [39, '14:00'],
      [47, 'now'],
      [64, '16:00'],
      [76, '17:00'],
      [88, '18:00'],
      [100, '19:00'],
    ])
    expect(labels(axis, true)[4]).toEqual([47, 'then'])
    expect(labels(axis, false, ASCII_LOOK)).toEqual(labels(axis))
  })
  test('stand in the middle of their column', () => {
    const axis: TimeAxis = { columns: 112, nowColumn: 48, stepMs: 150_000, endMs: NOW, clocks: true }
    const [x] = labels(axis).find(([, text]) => text === '16:00') ?? []
    const sixteenS = (new Date(NOW).setHours(16, 0, 0, 0) - NOW) / 1000
    expect(Math.abs((x ?? 0) + 2 - columnAhead(axis, sixteenS))).toBeLessThanOrEqual(1)
  })
  test('of midnight are the day', () => {
    const axis = wide(eta(12 * HOUR_S, 14 * HOUR_S, 18 * HOUR_S))
    expect(labels(axis).map(([, text]) => text)).toContain('25 Nov')
  })
  test('never touch and never leave the chart', () => {
    for (let columns = 12; columns < 130; columns += 7) {
      for (const hours of [0.2, 1, 3, 7, 16, 23]) {
        const axis = axisFor(columns, SPAN, NOW, eta(0, hours * HOUR_S))
        let used = -1
        for (const [x, text] of labels(axis)) {
          expect(x).toBeGreaterThan(used)
          used = x + text.length
          expect(used).toBeLessThanOrEqual(columns)
        }
      }
    }
  })
})
