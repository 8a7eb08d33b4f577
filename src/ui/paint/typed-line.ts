import { graphemes, safeText, truncate } from '../../lib/text.ts'
import type { FilterError } from '../../model/processes.ts'
import { style } from '../screen/style.ts'
import type { Look } from './look.ts'
import { type Segment, segment, segmentsWidth } from './segments.ts'

const DIM = style('dim')
const FAINT = style('faint')
const TEXT = style('text')
const ACCENT = style('accent')
const WRONG = style('crit', { bold: true })
/** A longer line shows the part around its cursor. */
const MOST_COLUMNS = 40
/** What stands around it: `/`, the cursor, an ellipsis at each end. */
const AROUND_COLUMNS = 4
/** Less of an error says nothing. */
const LEAST_CUT = 10

/** A line of text in a heading: being typed where it has a cursor. */
export interface TypedLine {
  readonly text: string
  /** Index of the character, in graphemes, the cursor stands before. */
  readonly cursor?: number | undefined
  /** The part of it that is wrong stands out. */
  readonly error?: FilterError | undefined
  /** What would complete it. */
  readonly ghost?: string
}

interface Piece {
  readonly text: string
  readonly width: number
  readonly wrong: boolean
}

/** The part of a line that is shown: around the cursor, at most `most` columns wide. */
function around(pieces: readonly Piece[], cursor: number, most: number): { from: number; end: number } {
  let from = cursor
  let end = cursor
  let used = 0
  const take = (index: number) => {
    const width = pieces[index]?.width
    if (width === undefined || used + width > most) return false
    used += width
    return true
  }
  while (from > 0 && take(from - 1)) from--
  while (end < pieces.length && take(end)) end++
  return { from, end }
}

/** The line as far as it fits into some columns: the part around its cursor, what is wrong in it, what would complete it. */
export function lineSegments({ text, cursor, error, ghost = '' }: TypedLine, columns: number, look: Look): Segment[] {
  const { glyphs } = look
  let at = 0
  const pieces = graphemes(safeText(text)).map((grapheme): Piece => {
    const wrong =
      error !== undefined && at + grapheme.text.length > error.at && at < error.at + Math.max(1, error.length)
    at += grapheme.text.length
    return { ...grapheme, wrong }
  })
  const { from, end } = around(pieces, cursor ?? 0, Math.min(MOST_COLUMNS, columns - AROUND_COLUMNS))
  const run = (first: number, last: number) =>
    pieces.slice(first, last).map((piece) => segment(piece.text, piece.wrong ? WRONG : TEXT))
  const bar = glyphs.ascii ? '_' : '▏'
  const result: Segment[] = []
  if (from > 0) result.push(segment(glyphs.ellipsis, DIM))
  if (cursor === undefined) result.push(...run(from, end))
  else result.push(...run(from, cursor), segment(bar, ACCENT), ...run(cursor, end))
  if (end < pieces.length) result.push(segment(glyphs.ellipsis, DIM))
  if (cursor === pieces.length && ghost !== '') result.push(segment(ghost, FAINT))
  return result
}

/** What fits into some columns: all parts, or the first ones; the last of them is cut. */
export function fittedParts(
  parts: readonly (readonly Segment[])[],
  columns: number,
  { glyphs }: Look,
): readonly Segment[] {
  const [first = [], ...others] = parts.filter((part) => part.length > 0)
  const result = [...first]
  for (const part of others) {
    const left = columns - segmentsWidth(result) - segmentsWidth(part)
    if (left >= 0) result.push(...part)
    else {
      const [cut] = part
      const text = cut === undefined ? '' : truncate(cut.text, columns - segmentsWidth(result), glyphs.ellipsis)
      if (cut !== undefined && part.length === 1 && text.length > LEAST_CUT) result.push(segment(text, cut.style))
      break
    }
  }
  return result
}
