import { expect, test } from 'vitest'
import { drawCoveredMarks, drawMomentMark, type MomentMark } from '../../../src/ui/paint/moment-mark.ts'
import { segment } from '../../../src/ui/paint/segments.ts'
import { style } from '../../../src/ui/screen/style.ts'
import { NOW } from '../../fixtures/frame.ts'
import { canvas, UNICODE_LOOK } from '../lists.ts'

const STEP_MS = 30_000
/** A minute a column, the last of twenty is now. */
const AXIS = { columns: 20, nowColumn: 20, stepMs: STEP_MS, endMs: NOW }
const SCALE = { min: 0, max: 1 }
const mark = (minutes: number, text: string): MomentMark => ({
  wallMs: NOW - minutes * 60_000,
  text: [segment(text, style('crit'))],
  tone: 'crit',
})

/** What both painters leave on an empty chart whose curve is as high as a function of the column says. */
function painted(height: (column: number) => number, ...marks: readonly MomentMark[]): readonly string[] {
  const values = Float64Array.from({ length: 40 }, (_, at) => height(at >> 1))
  const { grid, surface } = canvas(20, 6)
  surface.clear()
  for (const one of marks) drawMomentMark(surface, AXIS, values, SCALE, one, UNICODE_LOOK)
  drawCoveredMarks(surface, AXIS, values, SCALE, marks, UNICODE_LOOK)
  return Array.from({ length: 6 }, (_, y) => grid.rowText(y).trimEnd())
}

test('above a low curve it is told there', () => {
  expect(painted(() => 0.3, mark(5, 'fired'))[2]).toBe('          fired')
})

test('under a curve that fills the chart it is told near the foot, each a row above the one before', () => {
  expect(painted(() => 1, mark(10, 'fired'), mark(2, 'over'))).toEqual([
    '         ┊       ┊',
    '         ┊       ┊',
    '         ┊       ┊',
    '         ┊    over',
    '     fired       ┊',
    '         ┊       ┊',
  ])
})

test('a crest that ends within the first row leaves no room above it', () => {
  // The text would lie over columns 10 to 14, of which one is that high.
  const rows = painted((column) => (column === 11 ? 0.9 : 0.2), mark(5, 'fired'))
  expect(rows[0]).toBe('              ┊')
  expect(rows[4]).toBe('          fired')
})
