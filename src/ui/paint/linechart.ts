import { linePlot } from '../../lib/line-plot.ts'
import { style } from '../screen/style.ts'
import type { Surface } from '../screen/surface.ts'
import type { Token } from '../theme/tokens.ts'
import { either } from './braille.ts'
import type { Look } from './look.ts'

/** A line through `values` (NaN for a gap), one value a column, between `min` in the lowest row and `max` in the highest. */
export function lineChart(
  surface: Surface,
  values: ArrayLike<number>,
  min: number,
  max: number,
  tone: Token,
  { glyphs }: Look,
): void {
  const packed = style(tone)
  linePlot(values, { min, max, rows: surface.rows, ascii: glyphs.ascii }, (x, y, glyph) =>
    surface.put(x, y, glyph, packed),
  )
}

/** One value a cell of two: their mean, or the one that is known. */
export function halved(values: ArrayLike<number>): Float64Array {
  return Float64Array.from({ length: values.length >> 1 }, (_, index) =>
    either(values[2 * index] as number, values[2 * index + 1] as number),
  )
}
