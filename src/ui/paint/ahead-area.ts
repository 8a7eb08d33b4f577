import { style, withBackground } from '../screen/style.ts'
import type { Surface } from '../screen/surface.ts'
import type { Hue } from '../theme/tokens.ts'
import { type AheadShape, bandParts, coverOf, isBanded } from './ahead-shape.ts'
import { BRAILLE_CELLS, BRAILLE_LEFT, BRAILLE_RIGHT, DOT_ROWS, either, stepsOf } from './braille.ts'
import { hasTints, type Look } from './look.ts'

const LIMIT = style('limit')
/** Every second dot of a cell: in the left column the first and third from below, in the right one the others. */
const EVERY_SECOND = [BRAILLE_LEFT[0], BRAILLE_RIGHT[1], BRAILLE_LEFT[2], BRAILLE_RIGHT[3]] as const

/**
 * A forecast as an area's history goes on: its line, dotted, in the forecast tone, and its band as a tint of whole cells with edges to
 * half a cell. Where there are no tints the band is every second dot, and a row that has the line has no band. On the row of the limit
 * (`limitRow`) the band lies behind the limit's line, and covers whole cells only, so that the line is not taken for its edge.
 */
export function aheadArea(
  surface: Surface,
  shape: AheadShape,
  { hue, limitRow }: { readonly hue: Hue; readonly limitRow?: number | undefined },
  look: Look,
): void {
  const band = `${hue}3` as const
  const line = style(`${hue}F`)
  const lineOnBand = withBackground(line, band)
  const limitOnBand = withBackground(LIMIT, band)
  const dots = style(`${hue}2`)
  const edge = style(band)
  const { glyphs } = look
  const tinted = hasTints(look)
  // A dimmed chart is shapes in one colour: without their tints bands are none.
  const banded = !surface.dimmed
  for (let x = 0; x < Math.min(shape.columns, surface.columns); x++) {
    for (let y = 0; y < surface.rows; y++) {
      const marks = lineGlyph(shape, x, y, look)
      const cover = banded ? coverOf(shape, x, y) : 'none'
      const onLimit = y === limitRow
      if (marks !== '') {
        surface.put(x, y, marks, tinted && banded && isBanded(shape, x) ? lineOnBand : line)
      } else if (!tinted) {
        if (!banded || onLimit) continue
        const glyph = bandDots(shape, x, y, look)
        if (glyph !== ' ') surface.put(x, y, glyph, dots)
      } else if (cover === 'all') {
        if (onLimit) surface.put(x, y, glyphs.limitLine, limitOnBand)
        else surface.put(x, y, ' ', lineOnBand)
      } else if (cover !== 'none' && !onLimit) {
        surface.put(x, y, glyphs.half[cover], edge)
      }
    }
  }
}

/** What the line puts into a cell; empty where it does not come through. At its highest it goes where the crest of a history would. */
function lineGlyph({ mean, rows }: AheadShape, x: number, y: number, { charts, glyphs }: Look): string {
  const first = mean[2 * x] as number
  const second = mean[2 * x + 1] as number
  const row = rows - 1 - y
  if (charts === 'block' || charts === 'ascii') {
    const perRow = charts === 'ascii' ? 1 : glyphs.ramp.length
    const count = stepsOf(either(first, second), rows * perRow, 1)
    return Math.ceil(count / perRow) - 1 === row ? (charts === 'ascii' ? '*' : glyphs.gauge.soon) : ''
  }
  const dot = (value: number, bits: readonly number[]) =>
    bits[stepsOf(value, rows * DOT_ROWS, 1) - 1 - row * DOT_ROWS] ?? 0
  const dots = dot(first, BRAILLE_LEFT) | dot(second, BRAILLE_RIGHT)
  return dots === 0 ? '' : (BRAILLE_CELLS[dots] as string)
}

/** The band in a cell where there are no tints. */
function bandDots(shape: AheadShape, x: number, y: number, { charts, glyphs }: Look): string {
  const row = shape.rows - 1 - y
  if (charts === 'block' || charts === 'ascii') {
    const { from, to } = bandParts(shape, x, 1)
    return from <= row && row < to ? (charts === 'ascii' ? '.' : glyphs.middot) : ' '
  }
  const { from, to } = bandParts(shape, x, DOT_ROWS)
  let dots = 0
  for (let dot = 0; dot < DOT_ROWS; dot++) {
    const at = row * DOT_ROWS + dot
    if (from <= at && at < to) dots |= EVERY_SECOND[dot] as number
  }
  return BRAILLE_CELLS[dots] as string
}
