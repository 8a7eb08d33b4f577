import fc from 'fast-check'
import { expect, test } from 'vitest'
import { panelsOf, placesOf } from '../../src/ui/layout.ts'
import { watchLayout } from '../../src/ui/watch-layout.ts'

const view = (section: 'panels' | 'environment' | 'files' | 'threads') =>
  ({ target: { kind: 'name', name: 'x' }, section, unmasked: false }) as const

test('at any size its bands fill the screen, nothing overlaps and nothing is empty', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 300 }),
      fc.integer({ min: 1, max: 100 }),
      fc.constantFrom('panels', 'environment', 'files', 'threads'),
      (columns, rows, section) => {
        const layout = watchLayout(columns, rows, undefined, view(section))
        expect(layout.bands.reduce((sum, band) => sum + band.rows, 0)).toBe(rows)
        for (const band of layout.bands) {
          const used = band.cells.reduce((sum, cell) => sum + cell.columns, 0) + band.gap * (band.cells.length - 1)
          expect(used).toBe(columns)
          expect(Math.min(...band.cells.map((cell) => cell.columns), band.rows)).toBeGreaterThan(0)
        }
        expect(placesOf(layout).size).toBe(layout.bands.flatMap(({ cells }) => cells).length)
      },
    ),
  )
})

test('all nine stand in boxes, and the charts stay above a list', () => {
  expect(panelsOf(watchLayout(120, 40, undefined, view('panels')))).toHaveLength(9)
  expect(panelsOf(watchLayout(100, 32, undefined, view('panels')))).toHaveLength(9)
  expect(panelsOf(watchLayout(120, 40, undefined, view('files')))).toEqual(['watch-cpu', 'watch-memory', 'watch-files'])
  expect(panelsOf(watchLayout(120, 40, 'watch-who', view('files')))).toEqual(['watch-who'])
})

test('home is the picture: 11, 8, 9 and 8 rows', () => {
  const { bands } = watchLayout(120, 40, undefined, view('panels'))
  expect(bands.slice(3, -1).map(({ rows }) => rows)).toEqual([11, 8, 9, 8])
})
