import { expect, test } from 'vitest'
import { highBottom, niceTop, rowOf, shareOf } from '../../../src/ui/paint/scale.ts'

test('a top is a round figure with some air', () => {
  expect([0, 0.8, 0.95, 42, 46].map(niceTop)).toEqual([1, 1, 2, 50, 100])
})

test('a share is held at the ends of the scale, and not known of what is not', () => {
  const scale = { min: 0.8, max: 1 }
  expect([0.5, 0.9, 2].map((value) => Math.round(shareOf(value, scale) * 100))).toEqual([0, 50, 100])
  expect(shareOf(Number.NaN, scale)).toBeNaN()
  expect([shareOf(3, { min: 0, max: 0 }), shareOf(Number.NaN, { min: 0, max: 0 })]).toEqual([0, Number.NaN])
})

test('a share of the height lies in a row', () => {
  expect([1, 0.5, 0].map((share) => rowOf(share, 9))).toEqual([0, 4, 8])
})

test('an axis begins as high as its values leave room for', () => {
  expect(highBottom(0.93, 1)).toEqual({ min: 0.9, steps: 2 })
  expect(highBottom(0.82, 1)).toEqual({ min: 0.8, steps: 4 })
  expect(highBottom(0.8, 1)).toEqual({ min: 0.6, steps: 4 })
  expect(highBottom(1.7, 2)).toEqual({ min: 1.6, steps: 4 })
  expect(highBottom(0.4, 1)).toEqual({ min: 0, steps: 4 })
})
