import { expect, test } from 'vitest'
import { crossingOf } from '../../src/forecast/crossing.ts'

/** Rises by one a step, its band by two and by a half. */
const rising = {
  mean: [1, 2, 3, 4, 5, 6],
  lo80: [],
  hi80: [],
  lo95: [0.5, 1, 1.5, 2, 2.5, 3],
  hi95: [2, 4, 6, 8, 10, 12],
}
const now = { now: 0, stepS: 60 }

test('the edges of the band and its middle each cross where they cross', () => {
  expect(crossingOf(rising, now, { threshold: 3, direction: 'above' })).toEqual({
    kind: 'heading',
    eta: { earliest: 120, likely: 180, latest: 360 },
  })
})

test('where the far edge does not cross there is no latest', () => {
  expect(crossingOf(rising, now, { threshold: 4, direction: 'above' })).toEqual({
    kind: 'heading',
    eta: { earliest: 120, likely: 240 },
  })
})

test('below, the edges change places', () => {
  const falling = {
    ...rising,
    mean: [9, 8, 7, 6],
    lo95: [8, 6, 4, 2],
    hi95: [9.5, 9, 8.5, 8],
  }
  expect(crossingOf(falling, { now: 10, stepS: 1 }, { threshold: 8, direction: 'below' })).toEqual({
    kind: 'heading',
    eta: { earliest: 1, likely: 2, latest: 4 },
  })
})

test('there already, not at all, and not known', () => {
  expect(crossingOf(rising, { now: 3, stepS: 1 }, { threshold: 3, direction: 'above' })).toEqual({ kind: 'reached' })
  // The edge alone is no way there.
  expect(crossingOf(rising, now, { threshold: 7, direction: 'above' })).toEqual({ kind: 'steady' })
  const nothing = { mean: [], lo80: [], hi80: [], lo95: [], hi95: [] }
  expect(crossingOf(nothing, now, { threshold: 7, direction: 'above' })).toEqual({ kind: 'unknown' })
})
