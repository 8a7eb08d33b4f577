import { expect, test } from 'vitest'
import { actionRows } from '../../../src/ui/overlays/action-fit.ts'
import { coreGrid } from '../../../src/ui/overlays/core-grid.ts'

test('the parts of a dialog fill no more than the screen, and the buttons stand on the smallest', () => {
  for (let rows = 3; rows <= 60; rows++) {
    for (const facts of [0, 3, 6]) {
      for (const most of [1, 5, 11, 34]) {
        const fit = actionRows(rows, facts, { least: Math.min(3, most), most })
        const sum = 1 + fit.body + fit.facts + (fit.note ? 1 : 0) + (fit.rules ? 2 : 0) + (fit.air ? 4 : 0)
        expect(fit.height).toBe(sum)
        expect(fit.height, `${rows} rows, ${facts} facts, ${most}`).toBeLessThanOrEqual(rows - 2)
        expect(fit.body).toBeGreaterThanOrEqual(rows > 3 ? 1 : 0)
        expect(fit.facts).toBeLessThanOrEqual(facts)
      }
    }
  }
})

test('where there is room all of it stands, with air; where there is not, air and lines go first', () => {
  const body = { least: 3, most: 11 }
  expect(actionRows(40, 6, body)).toEqual({ facts: 6, rules: true, body: 11, note: true, air: true, height: 25 })
  expect(actionRows(20, 6, body)).toMatchObject({ facts: 6, rules: true, body: 6, air: false })
  expect(actionRows(13, 6, body)).toMatchObject({ facts: 6, rules: false, body: 3 })
  expect(actionRows(8, 6, body)).toMatchObject({ facts: 1, note: true, rules: false, body: 3 })
})

test.each([
  [4, 120, { cell: 5, across: 8, rows: 1 }],
  [64, 120, { cell: 6, across: 8, rows: 8 }],
  [64, 40, { cell: 6, across: 4, rows: 16 }],
  [256, 120, { cell: 7, across: 16, rows: 16 }],
  [256, 60, { cell: 7, across: 4, rows: 64 }],
  [256, 8, { cell: 7, across: 1, rows: 256 }],
])('%i cores on %i columns', (count, columns, grid) => {
  const there = Array.from({ length: count }, (_, core) => core)
  expect(coreGrid(there, columns)).toEqual(grid)
})
