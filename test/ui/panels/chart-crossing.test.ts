import { expect, test } from 'vitest'
import { crossingOf, paintedCrossing } from '../../../src/ui/panels/chart-crossing.ts'
import { NOW } from '../../fixtures/frame.ts'
import { heading, limitOf } from '../../fixtures/limits.ts'

const MINUTE_S = 60

test('a crossing is as of the moment of the chart, and never in the past', () => {
  const forecast = limitOf({ time: heading(30, 20, 45), severity: 'warning' })
  expect(crossingOf(forecast, NOW)).toEqual({
    eta: { earliest: 20 * MINUTE_S, likely: 30 * MINUTE_S, latest: 45 * MINUTE_S },
    severity: 'warning',
  })
  expect(crossingOf(forecast, NOW + 25 * MINUTE_S * 1000)?.eta).toEqual({
    earliest: 0,
    likely: 5 * MINUTE_S,
    latest: 20 * MINUTE_S,
  })
  expect(crossingOf(limitOf({ time: { kind: 'heading', eta: { earliest: 60, likely: 90 } } }), NOW)).toEqual({
    eta: { earliest: 60, likely: 90 },
  })
})

test('there is none of what does not head there, and none beyond a day', () => {
  expect(crossingOf(undefined, NOW)).toBeUndefined()
  for (const kind of ['steady', 'too soon', 'unknown', 'reached'] as const)
    expect(crossingOf(limitOf({ time: { kind } }), NOW)).toBeUndefined()
  expect(crossingOf(limitOf({ time: heading(25 * 60) }), NOW)).toBeUndefined()
  expect(crossingOf(limitOf({ time: heading(23 * 60) }), NOW)).toBeDefined()
})

test('it has the colour of its severity, else that of what reaches the limit', () => {
  const tone = (severity?: 'warning' | 'critical') =>
    paintedCrossing({ eta: { earliest: 1, likely: 2 }, ...(severity && { severity }) }, 'disk', true)?.tone
  expect([tone('critical'), tone('warning'), tone()]).toEqual(['crit', 'warn', 'disk'])
  expect(paintedCrossing(undefined, 'disk', true)).toBeUndefined()
})
