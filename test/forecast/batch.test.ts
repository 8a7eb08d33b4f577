import { expect, test } from 'vitest'
import { forecastSeries } from '../../src/forecast/batch.ts'
import { normal } from './series.ts'

const noise = normal(1)
const noisy = (level: number) => Array.from({ length: 400 }, () => level + noise())

test('one value a step to come, bands around the middle', () => {
  const out = forecastSeries({ values: noisy(50), stepS: 300, period: 288, horizon: 48 })
  for (const list of Object.values(out)) expect(list).toHaveLength(48)
  out.mean.forEach((mean, i) => {
    expect(mean).toBeGreaterThan(48)
    expect(mean).toBeLessThan(52)
    const edges = [out.lo95[i], out.lo80[i], mean, out.hi80[i], out.hi95[i]] as number[]
    expect(edges.toSorted((a, b) => a - b)).toEqual(edges)
  })
})

test('what was never negative is not forecast to be', () => {
  const out = forecastSeries({ values: noisy(0).map(Math.abs), stepS: 60, horizon: 48 })
  expect(Math.min(...out.lo95)).toBe(0)
  expect(Math.min(...forecastSeries({ values: noisy(0), stepS: 60, horizon: 48 }).lo95)).toBeLessThan(0)
})

test('values that are missing are gaps', () => {
  const values = Array.from({ length: 200 }, (_, step) => (step % 3 === 1 ? Number.NaN : 2 * step))
  expect(forecastSeries({ values, stepS: 60, horizon: 10 }).mean[9]).toBeCloseTo(2 * 209, 0)
})

test('nothing from too few values', () => {
  expect(forecastSeries({ values: [1, 2, 3], stepS: 1, horizon: 5 }).mean).toEqual([])
})

test('a season is optional, and a day of one value is none', () => {
  const values = noisy(10)
  expect(forecastSeries({ values, stepS: 60, period: 1, horizon: 5 })).toEqual(
    forecastSeries({ values, stepS: 60, horizon: 5 }),
  )
})
