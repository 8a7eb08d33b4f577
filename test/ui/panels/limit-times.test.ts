import { describe, expect, test } from 'vitest'
import type { LimitForecast } from '../../../src/model/forecast.ts'
import type { Segment } from '../../../src/ui/paint/segments.ts'
import {
  clockSegments,
  findLimit,
  forecastEnd,
  growthSegments,
  timeSegments,
  untilSegments,
} from '../../../src/ui/panels/limit-times.ts'
import { foreground, isBold } from '../../../src/ui/screen/style.ts'
import { disk, NOW } from '../../fixtures/frame.ts'
import { heading, limitOf, shareLimit, spaceLimit } from '../../fixtures/limits.ts'
import { ASCII_LOOK, UNICODE_LOOK } from '../lists.ts'

const textOf = (segments: readonly Segment[]) => segments.map(({ text }) => text).join('')
const GIB = 1024 ** 3

describe('the time to a limit', () => {
  const of = (parts: Partial<LimitForecast>) => {
    const [only, ...more] = timeSegments(limitOf(parts))
    expect(more).toEqual([])
    return only && [only.text, foreground(only.style), isBold(only.style)]
  }
  test('is bright, and in its severity where somebody should act', () => {
    expect(of({ time: heading(190) })).toEqual(['3 h 10 m', 'bright', false])
    expect(of({ time: heading(190), severity: 'warning' })).toEqual(['3 h 10 m', 'warn', true])
    expect(of({ time: heading(190), severity: 'critical' })).toEqual(['3 h 10 m', 'crit', true])
    expect(of({ time: { kind: 'reached' } })).toEqual(['now', 'bright', false])
  })
  test('is dim where it is none', () => {
    expect(of({ time: { kind: 'steady' } })).toEqual(['steady', 'dim', false])
    expect(of({ time: { kind: 'too soon' } })).toEqual(['too soon', 'dim', false])
  })
  test('is empty while nothing is known', () => {
    expect(of({ time: { kind: 'unknown' } })).toBeUndefined()
    expect(timeSegments(undefined)).toEqual([])
  })
  test('as a clock: of the day, from tomorrow on as the day', () => {
    const clock = (time: LimitForecast['time']) => textOf(clockSegments(limitOf({ time }), NOW))
    expect([clock(heading(190)), clock(heading(21 * 1440)), clock({ kind: 'steady' })]).toEqual(['17:42', '15 Dec', ''])
  })
})

describe('what is said beside a gauge', () => {
  const said = (parts: Partial<LimitForecast>, look = UNICODE_LOOK, named = true) =>
    untilSegments(limitOf(parts), look, named).map(textOf)
  test('the limit, its time, the range where there is room', () => {
    expect(said({ time: heading(190, 160, 240) })).toEqual([
      '95 % full in 3 h 10 m (2 h 40 m – 4 h)',
      '95 % full in 3 h 10 m',
    ])
    expect(said({ time: heading(190, 160, 240) }, ASCII_LOOK)[0]).toBe('95 % full in 3 h 10 m (2 h 40 m - 4 h)')
    expect(said({ time: heading(300, 240, 420) }, UNICODE_LOOK, false)).toEqual(['in 5 h (4 h – 7 h)', 'in 5 h'])
  })
  test('the limit alone where its name says what of', () => {
    expect(untilSegments(shareLimit('memory', { time: heading(190) }), UNICODE_LOOK).map(textOf)[1]).toBe(
      '90 % in 3 h 10 m',
    )
  })
  test('with no latest moment from when on; no range that says nothing', () => {
    const never = { kind: 'heading', eta: { earliest: 9600, likely: 11_400 } } as const
    expect(said({ time: never })[0]).toBe('95 % full in 3 h 10 m (from 2 h 40 m on)')
    expect(said({ time: heading(190, 190, 190) })).toEqual(['95 % full in 3 h 10 m', '95 % full in 3 h 10 m'])
  })
  test('nothing where it does not head there, or not within a month', () => {
    for (const kind of ['steady', 'too soon', 'unknown', 'reached'] as const)
      expect(said({ time: { kind } })).toEqual([])
    expect(said({ time: heading(31 * 1440) })).toEqual([])
  })
})

test('growth, while a figure shows it', () => {
  const growth = (bytes: number | undefined, bare = false) => textOf(growthSegments(bytes, UNICODE_LOOK, bare))
  expect([growth(127 * GIB), growth(-12 * GIB, true)]).toEqual(['+127 GiB/h', '−12 GiB'])
  expect([growth(0), growth(20_000), growth(undefined)]).toEqual(['', '', ''])
  expect(textOf(growthSegments(-12 * GIB, ASCII_LOOK))).toBe('-12 GiB/h')
})

describe('where the forecast ends in a day', () => {
  const series = disk('used_ratio', '/var')
  test('at the highest limit that is reached until then', () => {
    const limits = [
      spaceLimit('/var', { time: heading(190) }),
      spaceLimit('/var', { threshold: 1, time: heading(275) }),
    ]
    expect(forecastEnd(limits, series, 0.84)).toBe(1)
    expect(forecastEnd(limits.slice(0, 1), series, 0.84)).toBe(0.95)
  })
  test('on the way to a limit that is reached later', () => {
    // Half of the way in one of two days.
    expect(forecastEnd([spaceLimit('/var', { time: heading(2 * 1440) })], series, 0.75)).toBeCloseTo(0.85)
  })
  test('nowhere when it does not head for one, and another series is none of its business', () => {
    expect(forecastEnd([spaceLimit('/var'), spaceLimit('/', { time: heading(190) })], series, 0.84)).toBeUndefined()
  })
})

test('a limit is found by its series and threshold', () => {
  const limits = [spaceLimit('/', { threshold: 1 }), spaceLimit('/'), spaceLimit('/var')]
  expect(findLimit(limits, disk('used_ratio', '/'), 0.95)).toBe(limits[1])
  expect(findLimit(limits, disk('used_ratio', '/home'), 0.95)).toBeUndefined()
})
