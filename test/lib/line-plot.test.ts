import { expect, test } from 'vitest'
import { type LinePlot, linePlot } from '../../src/lib/line-plot.ts'

function rows(values: readonly number[], plot: LinePlot): string[] {
  const cells = Array.from({ length: plot.rows }, () => new Array<string>(values.length).fill(' '))
  linePlot(values, plot, (x, y, glyph) => {
    const row = cells[y]
    if (row === undefined || x >= values.length) throw new Error(`outside: ${x}, ${y}`)
    row[x] = glyph
  })
  return cells.map((row) => row.join(''))
}

const plot = { min: 0, max: 2, rows: 3, ascii: false }

test('every value has its column, low ones in the lowest row', () => {
  expect(rows([0, 0, 1, 2, 2, 0], plot)).toEqual(['   ╭─╮', '  ╭╯ │', '──╯  ╰'])
  expect(rows([0, 1, 0], { ...plot, ascii: true })).toEqual(['   ', ' ++', '-++'])
})

test('a gap is an empty column, and what lies beyond the bounds is held at them', () => {
  expect(rows([1, Number.NaN, 1], plot)).toEqual(['   ', '─ ─', '   '])
  expect(rows([5, -5, Number.NaN], plot)).toEqual(['─╮ ', ' │ ', ' ╰ '])
})

test('nothing is drawn where there is no room or no height', () => {
  expect(rows([Number.NaN, Number.NaN], plot)).toEqual(['  ', '  ', '  '])
  expect(rows([1, 2], { ...plot, rows: 0 })).toEqual([])
  expect(rows([1, 2], { ...plot, max: 0 })).toEqual(['  ', '  ', '  '])
})
