import { drawFitted } from '../paint/fitted.ts'
import type { Look } from '../paint/look.ts'
import { drawSegments, type Segment, segment, segmentsWidth } from '../paint/segments.ts'
import { style } from '../screen/style.ts'
import type { Surface } from '../screen/surface.ts'
import type { Token } from '../theme/tokens.ts'

const DIM = style('dim')
const BADGE_COLUMNS = 6
const GAP = 3

/** Paints the badge of a what-matters line. Returns the column at which its text starts: 8 under boxes, 7 else, more behind a long pid. */
export function drawBadge(surface: Surface, look: Look, word: string, tone: Token): number {
  const columns = Math.max(BADGE_COLUMNS, word.length + 2)
  surface.text(badgeX(look), 0, ` ${word}`.padEnd(columns), style('onBadge', { bg: tone, bold: true }))
  return badgeX(look) + columns + 1
}

function badgeX({ boxed }: Look): number {
  return boxed ? 1 : 0
}

/** Columns up to the text behind a badge of one word. */
export function badgeColumns(look: Look): number {
  return badgeX(look) + BADGE_COLUMNS + 1
}

/** A thing to say in a line: what must be said, and what is added where there is room. */
export interface Item {
  readonly main: readonly Segment[]
  readonly extra?: readonly Segment[]
  /** Added where that is too long. */
  readonly shorter?: readonly Segment[]
}

/**
 * Draws items from `x` to `right`, three columns apart: as many as fit whole, then the additions that still fit, from the first on.
 * What did not fit is counted (`+2`) when `counted`, of `total`: there may be more than the items, which are then more than can fit.
 * An only item that is too long is cut.
 */
export function drawItems(
  surface: Surface,
  x: number,
  right: number,
  items: readonly Item[],
  look: Look,
  counted: boolean,
  total = items.length,
): void {
  const room = right - x
  const more = (shown: number) => (counted && shown < total ? `${' '.repeat(GAP)}+${total - shown}` : '')
  const width = (shown: number) =>
    items.slice(0, shown).reduce((sum, { main }, index) => sum + segmentsWidth(main) + (index > 0 ? GAP : 0), 0)
  let shown = items.length
  while (shown > 1 && width(shown) + more(shown).length > room) shown--
  let spare = room - width(shown) - more(shown).length
  let at = x
  for (const [index, { main, extra, shorter }] of items.slice(0, shown).entries()) {
    if (index > 0) at += GAP
    at +=
      spare < 0 ? drawFitted(surface, at, 0, main, room - more(shown).length, look) : drawSegments(surface, at, 0, main)
    const added = [extra, shorter].find((one) => one !== undefined && segmentsWidth(one) <= spare)
    if (added === undefined) continue
    const columns = drawSegments(surface, at, 0, added)
    at += columns
    spare -= columns
  }
  drawSegments(surface, at, 0, [segment(more(shown), DIM)])
}
