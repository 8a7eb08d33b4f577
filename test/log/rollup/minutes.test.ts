import fc from 'fast-check'
import { expect, test } from 'vitest'
import { createMinuteTable, emptyColumns, MINUTE_MS } from '../../../src/log/rollup/minutes.ts'
import { AFTERNOON } from '../logs.ts'

test('a minute is what its values were, in whatever order they come', () => {
  const values = fc.array(
    fc.tuple(fc.integer({ min: -60_000, max: 4 * MINUTE_MS }), fc.float({ noNaN: true, min: 0, max: 100 })),
  )
  fc.assert(
    fc.property(values, (given) => {
      const table = createMinuteTable(AFTERNOON, 3)
      for (const [ms, value] of given) table.take(AFTERNOON + ms, { load_1m: value })
      const columns = table.series.get('load_1m')
      for (let minute = 0; minute < 3; minute++) {
        const of = given.filter(([ms]) => Math.floor(ms / MINUTE_MS) === minute).map(([, value]) => value)
        if (of.length === 0) expect(columns?.mean[minute] ?? Number.NaN).toBeNaN()
        else {
          expect(columns?.min[minute]).toBe(Math.min(...of))
          expect(columns?.max[minute]).toBe(Math.max(...of))
          expect(columns?.last[minute]).toBe(of.at(-1))
          expect(columns?.mean[minute]).toBeCloseTo(of.reduce((sum, value) => sum + value, 0) / of.length, 3)
        }
      }
    }),
  )
})

test('minutes that were counted before join where they belong, and what lies outside is left out', () => {
  const table = createMinuteTable(AFTERNOON, 4)
  const columns = emptyColumns(3)
  for (const [index, column] of Object.values(columns).entries()) column.set([index, 10 + index, Number.NaN])
  // Its second minute is the first of the table.
  table.join('load_1m', AFTERNOON - MINUTE_MS, columns)
  table.take(AFTERNOON + MINUTE_MS, { load_1m: 5 })
  const found = table.series.get('load_1m')
  const minute = (index: number) => [found?.min, found?.mean, found?.max, found?.last].map((column) => column?.[index])
  expect(minute(0)).toEqual([10, 11, 12, 13])
  expect(minute(1)).toEqual([5, 5, 5, 5])
  expect(minute(2)).toEqual([Number.NaN, Number.NaN, Number.NaN, Number.NaN])
  // The same minute again: both sides count alike.
  columns.min.set([1, 1, 1])
  columns.mean.set([3, 3, 3])
  columns.max.set([20, 20, 20])
  columns.last.set([2, 2, 2])
  table.join('load_1m', AFTERNOON, columns)
  expect(minute(0)).toEqual([1, 7, 20, 2])
  table.join('other', AFTERNOON + MINUTE_MS * 9, columns)
  expect([...table.series.keys()]).toEqual(['load_1m'])
})
