import fc from 'fast-check'
import { expect } from 'vitest'
import { type Layout, placesOf } from '../../src/ui/layout.ts'

/** Holds that at any size the bands of a page fill the screen, whatever of `cases` it shows: nothing overlaps and nothing is empty. */
export function expectFilled<T>(
  cases: readonly [T, ...T[]],
  layoutOf: (columns: number, rows: number, shown: T) => Layout,
): void {
  const sizes = [fc.integer({ min: 1, max: 300 }), fc.integer({ min: 1, max: 100 })] as const
  fc.assert(
    fc.property(...sizes, fc.constantFrom(...cases), (columns, rows, shown) => {
      const layout = layoutOf(columns, rows, shown)
      expect(layout.bands.reduce((sum, band) => sum + band.rows, 0)).toBe(rows)
      for (const band of layout.bands) {
        const used = band.cells.reduce((sum, cell) => sum + cell.columns, 0) + band.gap * (band.cells.length - 1)
        expect(used).toBe(columns)
        expect(Math.min(...band.cells.map((cell) => cell.columns), band.rows)).toBeGreaterThan(0)
      }
      expect(placesOf(layout).size).toBe(layout.bands.flatMap(({ cells }) => cells).length)
    }),
  )
}
