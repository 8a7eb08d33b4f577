import { expect, test } from 'vitest'
import { horizonRows, momentText, nearHorizon, spanOf, stepFor } from '../../src/export/forecast-times.ts'
import { around, NOW_MS } from './outlook.ts'

const S = 1000
const H = 3_600_000
const ahead = (count: number) => Array.from({ length: count }, (_, step) => around(step, 1))

test('the moments that people ask about, and the horizon last', () => {
  const times = (count: number, stepMs: number, horizonMs: number) =>
    horizonRows({ ahead: ahead(count), stepMs, horizonMs }).map(({ aheadMs }) => spanOf(aheadMs))
  expect(times(300, S, 300 * S)).toEqual(['1 s', '5 s', '10 s', '30 s', '1 min', '2 min', '5 min'])
  // The farthest of them, where there are many.
  expect(times(288, 300 * S, 24 * H)).toEqual(['15 min', '30 min', '1 h', '2 h', '4 h', '8 h', '12 h', '1 d'])
  expect(times(2, 7 * 60 * S, 14 * 60 * S)).toEqual(['14 min'])
  expect(times(1, H, 60 * S)).toEqual(['1 h'])
  expect(times(0, S, 60 * S)).toEqual([])
  // As far as there is something to say.
  expect(times(29, 2 * S, 4 * H)).toEqual(['6 s', '10 s', '30 s', '58 s'])
})

test('each row has the prediction of its moment', () => {
  const rows = horizonRows({ ahead: ahead(60), stepMs: 60 * S, horizonMs: H })
  for (const { aheadMs, prediction } of rows) expect(prediction.mean).toBe(aheadMs / 60_000 - 1)
})

test('steps are those of the samples, or round and not too many', () => {
  expect(stepFor(300 * S, S)).toBe(S)
  expect(stepFor(20 * S, 200)).toBe(200)
  expect(stepFor(4 * H, S)).toBe(60 * S)
  expect(stepFor(24 * H, 2 * S)).toBe(300 * S)
  // Whole samples, however long they are.
  expect(stepFor(H, 7 * S) % (7 * S)).toBe(0)
  expect(H / stepFor(H, 7 * S)).toBeLessThanOrEqual(300)
})

test('a moment well before the horizon', () => {
  expect([30 * S, 300 * S, 4 * H].map((ms) => nearHorizon(ms))).toEqual([10 * S, 60 * S, H])
  expect(nearHorizon(S)).toBeUndefined()
})

test('a moment has seconds while they matter, a day when it is another', () => {
  expect(momentText(NOW_MS + 5 * S, NOW_MS)).toBe('14:32:12')
  expect(momentText(NOW_MS + H, NOW_MS)).toBe('15:32')
  expect(momentText(NOW_MS + 24 * H, NOW_MS)).toBe('Tue 14:32')
})

test('a span to come', () => {
  expect([200, 90 * S, 300 * S, 4 * H, 1.5 * H].map(spanOf)).toEqual(['200 ms', '90 s', '5 min', '4 h', '1 h 30 m'])
})
