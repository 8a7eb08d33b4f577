import asciichart from 'asciichart'
import { style } from '../screen/style.ts'
import type { Surface } from '../screen/surface.ts'
import type { Hue } from '../theme/tokens.ts'
import type { Look } from './look.ts'

/** Stand for asciichart's ┼ ┤ ╶ ╴ ─ ╰ ╭ ╮ ╯ │ where there is only ASCII. */
const ASCII_SYMBOLS = ['-', '-', '-', '-', '-', '+', '+', '+', '+', '|'] as const
/** asciichart cannot go without an axis: one column for the label, one for its line. */
const AXIS_COLUMNS = 2

/**
 * A line through `values` (NaN for a gap), one value a column, between `min` in the lowest row and `max` in the highest. asciichart
 * cannot draw NaN, so what lies between gaps is drawn by itself, with the same bounds, and merged cell by cell.
 */
export function lineChart(
  surface: Surface,
  values: ArrayLike<number>,
  min: number,
  max: number,
  hue: Hue,
  { glyphs }: Look,
): void {
  if (surface.rows <= 0 || !(max > min)) return
  const packed = style(hue)
  for (const { start, run } of runs(values)) {
    const scaled = run.map((value) => Math.min(1, Math.max(0, (value - min) / (max - min))))
    // asciichart draws the way from one value to the next: the first one doubled gives every value a column.
    const text = asciichart.plot([scaled[0] as number, ...scaled], {
      min: 0,
      max: 1,
      height: surface.rows - 1,
      offset: AXIS_COLUMNS,
      format: () => ' ',
      ...(glyphs.ascii ? { symbols: ASCII_SYMBOLS } : {}),
    })
    for (const [y, line] of text.split('\n').entries()) {
      for (let x = 0; x < run.length; x++) {
        const glyph = line[AXIS_COLUMNS + x] ?? ' '
        if (glyph !== ' ') surface.put(start + x, y, glyph, packed)
      }
    }
  }
}

/** Stretches without NaN. */
function runs(values: ArrayLike<number>): { start: number; run: number[] }[] {
  const found: { start: number; run: number[] }[] = []
  let open: { start: number; run: number[] } | undefined
  for (let i = 0; i < values.length; i++) {
    const value = values[i] as number
    if (Number.isNaN(value)) {
      open = undefined
      continue
    }
    if (open === undefined) {
      open = { start: i, run: [] }
      found.push(open)
    }
    open.run.push(value)
  }
  return found
}
