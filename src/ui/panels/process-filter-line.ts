import { graphemes, safeText, truncate } from '../../lib/text.ts'
import { completeKey } from '../../model/process-filter/complete.ts'
import { parseFilter } from '../../model/process-filter/parse.ts'
import type { FilterError, ProcessAnswer } from '../../model/processes.ts'
import type { Look } from '../paint/look.ts'
import { type Segment, segment, segmentsWidth } from '../paint/segments.ts'
import { style } from '../screen/style.ts'
import type { ProcessesView } from '../views.ts'

const DIM = style('dim')
const FAINT = style('faint')
const TEXT = style('text')
const ACCENT = style('accent')
const WRONG = style('crit', { bold: true })
const WARN = style('warn')
/** A longer line shows the part around its cursor. */
const MOST_COLUMNS = 40
/** What stands around it: `/`, the cursor, an ellipsis at each end. */
const AROUND_COLUMNS = 4
const FIND = 'find '
/** Less of an error says nothing. */
const LEAST_CUT = 10

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

function lineSegments(
  text: string,
  cursor: number | undefined,
  view: ProcessesView,
  { glyphs }: Look,
  error: FilterError | undefined,
  columns: number,
): Segment[] {
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
  if (cursor !== undefined && cursor === pieces.length && view.input?.kind === 'filter') {
    const [best] = completeKey(text, text.length)
    const ghost = best === undefined ? '' : best.insert
    if (ghost !== '') result.push(segment(ghost, FAINT))
  }
  return result
}

/** Those that ended and stand there for some seconds more are none of those there are. */
function counts(answer: ProcessAnswer | undefined, look: Look, filtered: boolean): Segment[] {
  if (answer === undefined) return []
  const { total, running, matched, ended = 0 } = answer
  if (filtered) return [segment(`${matched - ended} of ${total}`, DIM)]
  return [segment(look.boxed ? `${total}, ${running} running` : String(total), DIM)]
}

/** What fits into some columns: all parts, two columns apart but for the first, or the first ones; the last of them is cut. */
function fitted(parts: readonly (readonly Segment[])[], columns: number, { glyphs }: Look): Segment[] {
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

/**
 * What stands behind the table's title: what is being typed or filters, what is wrong with it, and how many rows there are; as much of it
 * as fits into some columns. What is typed is always seen.
 */
export function processNote(
  answer: ProcessAnswer | undefined,
  look: Look,
  view: ProcessesView,
  columns: number,
): Segment[] {
  const { input, filter, user, pid } = view
  const only = [...(user === undefined ? [] : [`user ${user}`]), ...(pid === undefined ? [] : [`pid ${pid}`])]
  const text = input?.line.text ?? filter
  const parsed = input?.kind === 'find' ? undefined : parseFilter(text)
  const error = parsed !== undefined && 'error' in parsed ? parsed.error : undefined
  const filtered = filter !== '' || input?.kind === 'filter' || (answer !== undefined && only.length > 0)
  // One that is wrong filters nothing.
  const filters = filtered && (error === undefined || only.length > 0)
  const about = [
    ...only.flatMap((one) => [segment(one, ACCENT), segment('  ', DIM)]),
    ...counts(answer, look, filters && view.arrange === 'list'),
  ]
  if (filter === '' && input === undefined) return about
  const line = lineSegments(
    text,
    input?.line.cursor,
    view,
    look,
    error,
    columns - (input?.kind === 'find' ? FIND.length : 0),
  )
  const wrong = error === undefined ? [] : [segment(`  ${look.glyphs.warning} ${error.text}`, WARN)]
  const lead = segment(input?.kind === 'find' ? FIND : '/', ACCENT)
  return fitted([[lead, ...line], wrong, about.length === 0 ? [] : [segment(' ', DIM), ...about]], columns, look)
}
