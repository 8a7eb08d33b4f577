import { graphemes, textWidth, truncate } from '../../lib/text.ts'
import type { ProcessRow } from '../../model/processes.ts'
import { drawFitted } from '../paint/fitted.ts'
import type { Look } from '../paint/look.ts'
import { type Segment, segment } from '../paint/segments.ts'
import { style } from '../screen/style.ts'
import type { Surface } from '../screen/surface.ts'
import { commandSegments } from './process-cells.ts'

const LINE = style('line')
const DIM = style('dim')
/** A rule and two rows of the selected process' whole command. */
const DETAIL_ROWS = 3
const LEAST_ROWS = 10

/** Rows the detail takes of a content of some height; none where the list would suffer. */
export function detailRows(contentRows: number): number {
  return contentRows < LEAST_ROWS ? 0 : DETAIL_ROWS
}

/** The command line of the selected process, whole, below the list of the full view. */
export function drawProcessDetail(content: Surface, row: ProcessRow | undefined, look: Look): void {
  const rows = detailRows(content.rows)
  if (rows === 0) return
  const y = content.rows - rows
  content.fill(look.glyphs.horizontal, LINE, 0, y, content.columns, 1)
  if (row === undefined) return
  const [name, rest] = commandSegments(row)
  const line =
    rest === undefined
      ? [segment(`${row.pid} `, DIM), name as Segment]
      : [segment(`${row.pid} `, DIM), name as Segment, rest]
  const [first, second] = breakLine(line, content.columns)
  drawFitted(content, 0, y + 1, first, content.columns, look)
  drawFitted(content, 0, y + 2, second, content.columns, look)
}

/** Splits segments at a column; nothing is lost. */
function breakLine(segments: readonly Segment[], columns: number): [Segment[], Segment[]] {
  const first: Segment[] = []
  const second: Segment[] = []
  let room = columns
  for (const part of segments) {
    const head = second.length > 0 ? '' : truncate(part.text, room, '')
    room -= textWidth(head)
    if (head !== '') first.push(segment(head, part.style))
    const tail = graphemes(part.text)
      .slice(graphemes(head).length)
      .map(({ text }) => text)
      .join('')
    if (tail !== '') second.push(segment(tail, part.style))
  }
  return [first, second]
}
