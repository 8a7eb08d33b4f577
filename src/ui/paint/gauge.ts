import { style } from '../screen/style.ts'
import type { Surface } from '../screen/surface.ts'
import { TOKENS, type Token } from '../theme/tokens.ts'
import type { Look } from './look.ts'

const TRACK = style('track')
const LIMIT = style('limit')

export interface GaugeLook {
  /** Colour of the bar: a hue, a severity, or `unknown` for an old value. */
  readonly tone: Token
  /** 0..1: a mark stands there until the bar is past it; it takes the bar's severity. */
  readonly limit?: number
  /** 0..1: where the forecast ends. The cells from what is used up to there are dashed, in the body tone of the bar. */
  readonly soon?: number | undefined
}

/** A bar of `width` cells for `ratio` (0..1, NaN for not known: the track alone), in half cells where the glyphs have them. */
export function gauge(
  surface: Surface,
  x: number,
  y: number,
  width: number,
  ratio: number,
  { tone, limit, soon = Number.NaN }: GaugeLook,
  { glyphs }: Look,
): void {
  const used = style(tone)
  const halves = halfCells(ratio, width)
  const end = Number.isNaN(ratio) ? 0 : Math.floor(Math.min(1, soon) * width)
  const mark = limit === undefined ? -1 : Math.min(width - 1, Math.floor(limit * width))
  for (let cell = 0; cell < width; cell++) {
    const filled = halves - 2 * cell
    if (filled > 0) surface.put(x + cell, y, filled > 1 ? glyphs.gauge.used : glyphs.gauge.half, used)
    else if (cell === mark)
      surface.put(x + cell, y, glyphs.gauge.limit, tone === 'warn' || tone === 'crit' ? used : LIMIT)
    else if (cell < end) surface.put(x + cell, y, glyphs.gauge.soon, style(bodyOf(tone)))
    else surface.put(x + cell, y, glyphs.gauge.rest, TRACK)
  }
}

/** The token of what lies below the crest in a colour that has one. */
function bodyOf(tone: Token): Token {
  return TOKENS.find((token) => token === `${tone}2`) ?? tone
}

/** A ratio as a bar of `width` cells shows it, no finer: two that give the same look the same. */
export function shownRatio(ratio: number, width: number): number {
  return halfCells(ratio, width) / (2 * width)
}

/** Half cells of a bar. Only what is full looks full. */
function halfCells(ratio: number, width: number): number {
  if (Number.isNaN(ratio)) return 0
  const halves = Math.round(Math.min(1, Math.max(0, ratio)) * width * 2)
  return ratio < 1 ? Math.min(halves, 2 * width - 1) : halves
}
