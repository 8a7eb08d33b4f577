import { moment } from '../../lib/units.ts'
import type { Eta } from '../../model/forecast.ts'
import { type Style, style, withBackground } from '../screen/style.ts'
import type { Surface } from '../screen/surface.ts'
import type { Hue, Token } from '../theme/tokens.ts'
import { type AheadShape, coverOf, hasLine, isBanded, isFree } from './ahead-shape.ts'
import { DOT_ROWS } from './braille.ts'
import { hasTints, type Look } from './look.ts'
import { drawSegments, type Segment, segment, segmentsWidth } from './segments.ts'
import { columnAhead, type TimeAxis } from './time-axis.ts'

const DIM = style('dim')
/** Columns between the text of a crossing and what it stands beside. */
const AIR = 1

/** The moment at which a forecast reaches the limit of its chart. */
export interface Crossing {
  /** From the end of the axis on. */
  readonly eta: Eta
  readonly tone: Token
  /** Its clock times stand beside it where there is room. */
  readonly told?: boolean
}

/** The forecast that crosses, and how it is drawn right of now. */
export interface Crossed {
  /** Undefined where there is none. */
  readonly shape: AheadShape | undefined
  readonly hue: Hue
  /** Its band is a tint. */
  readonly tinted: boolean
  /** The row of the limit. */
  readonly y: number
}

/** A line along the limit from the earliest moment to the latest (to the edge where that may be never) with a mark at the likely one. */
export function drawCrossing(surface: Surface, axis: TimeAxis, crossing: Crossing, crossed: Crossed, look: Look): void {
  const { glyphs } = look
  const { shape, hue, y } = crossed
  const { earliest, likely, latest = Number.POSITIVE_INFINITY } = crossing.eta
  const tone = style(crossing.tone)
  const mark = columnAhead(axis, likely)
  const first = Math.min(mark, columnAhead(axis, earliest))
  const last = Math.min(axis.columns - 1, Math.max(mark, columnAhead(axis, latest)))
  if (first > last) return
  const tinted = crossed.tinted && hasTints(look) && !surface.dimmed
  for (let x = first; x <= last; x++) {
    const packed =
      tinted && shape !== undefined && isBehind(shape, x - axis.nowColumn - 1, y)
        ? withBackground(tone, `${hue}3`)
        : tone
    surface.put(x, y, x === mark ? glyphs.crossing.likely : glyphs.crossing.line, packed)
  }
  if (crossing.told && mark < axis.columns) drawClock(surface, axis, crossing, crossed, mark, look)
}

/** Whether the cell has the band as its ground: where the band covers all of it, or the line was drawn on the band. */
function isBehind(shape: AheadShape, column: number, y: number): boolean {
  return coverOf(shape, column, y) === 'all' || (isBanded(shape, column) && hasLine(shape, column, y))
}

/** Its clock times, nearest to its mark where nothing else is: above the limit, else below it; without the range where that finds no room. */
function drawClock(
  surface: Surface,
  axis: TimeAxis,
  { eta, tone }: Crossing,
  { shape, y }: Crossed,
  mark: number,
  look: Look,
): void {
  const coming = axis.nowColumn + 1
  const parts = look.charts === 'ascii' ? 1 : DOT_ROWS
  for (const text of clockTexts(eta, axis.endMs, style(tone, { bold: true }), look)) {
    const width = segmentsWidth(text)
    // Left of the mark, the nearer the better, then right of it.
    const places = [...range(mark - width, coming + AIR, -1), ...range(mark + 1, axis.columns - width, 1)]
    for (const row of [y - 1, y + 1, y + 2, y + 3]) {
      if (row < 0 || row >= surface.rows) continue
      const isEmpty = (x: number) =>
        shape === undefined || isFree(shape, row, { from: x - coming - AIR, to: x - coming + width + AIR, parts })
      const x = places.find((place) => place >= coming && isEmpty(place))
      if (x === undefined) continue
      drawSegments(surface, x, row, text)
      return
    }
  }
}

/** Whole numbers from one to another, both among them; none where `step` leads away. */
function range(from: number, to: number, step: 1 | -1): number[] {
  return Array.from({ length: Math.max(0, (to - from) * step + 1) }, (_, index) => from + index * step)
}

/** `17:42 (17:12 – 18:37)`, then `17:42` alone. */
function clockTexts({ earliest, likely, latest }: Eta, nowMs: number, packed: Style, { glyphs }: Look): Segment[][] {
  // No chart shows more than a day ahead: a clock time is enough.
  const clock = (seconds: number) => moment(nowMs + seconds * 1000, nowMs + seconds * 1000)
  const short = [segment(clock(likely), packed)]
  const [from, to] = [clock(earliest), latest === undefined ? undefined : clock(latest)]
  if (from === to) return [short]
  const range = to === undefined ? `from ${from} on` : `${from} ${glyphs.dash} ${to}`
  return [[...short, segment(` (${range})`, DIM)], short]
}
