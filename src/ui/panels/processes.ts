import { graphemes, safeText, textWidth, truncate } from '../../lib/text.ts'
import type { Frame } from '../../model/frame.ts'
import type { ProcessAnswer } from '../../model/processes.ts'
import { drawFitted } from '../paint/fitted.ts'
import { drawFrame } from '../paint/frame.ts'
import type { Look } from '../paint/look.ts'
import { type Segment, segment, segmentsWidth } from '../paint/segments.ts'
import { drawCells, drawLabels, drawSelection, layoutColumns, ruleLabels } from '../paint/table.ts'
import { style } from '../screen/style.ts'
import type { Surface } from '../screen/surface.ts'
import type { Panel, PanelView } from './panel.ts'
import { processCell } from './process-cells.ts'
import { processColumns, sortedColumn } from './process-columns.ts'
import { detailRows, drawProcessDetail } from './processes-full.ts'
import { silenceHeadline, silenceOf } from './silence.ts'

const DIM = style('dim')
const TEXT = style('text')
const ACCENT = style('accent')
/** A longer filter shows its end, where it is typed. */
const FILTER_COLUMNS = 24

export interface ProcessesData {
  readonly answer: ProcessAnswer | undefined
  /** Pid of the process with the most memory of all. */
  readonly largestPid: number | undefined
  /** Why the rows may be old. */
  readonly silence: string | undefined
}

function countSegments(answer: ProcessAnswer | undefined, look: Look, filtered: boolean): Segment[] {
  if (answer === undefined) return []
  const { total, running, matched } = answer
  if (filtered || matched !== total) return [segment(`${matched} of ${total}`, DIM)]
  return [segment(look.boxed ? `${total}, ${running} running` : String(total), DIM)]
}

function note({ answer }: ProcessesData, look: Look, view: PanelView): Segment[] {
  const { glyphs } = look
  const counts = countSegments(answer, look, view.filter !== '' || view.editing)
  if (view.filter === '' && !view.editing) return counts
  const cursor = view.editing ? (glyphs.ascii ? '_' : '▏') : ''
  return [
    segment('/', ACCENT),
    segment(tail(safeText(view.filter), look), TEXT),
    segment(cursor, ACCENT),
    segment(' ', DIM),
    ...counts,
  ]
}

function tail(text: string, { glyphs }: Look): string {
  if (textWidth(text) <= FILTER_COLUMNS) return text
  let shown = ''
  for (const grapheme of graphemes(text).reverse()) {
    if (textWidth(shown) + grapheme.width > FILTER_COLUMNS - 1) break
    shown = grapheme.text + shown
  }
  return glyphs.ellipsis + shown
}

function headlines(
  data: ProcessesData,
  look: Look,
  view: PanelView,
  columns: readonly string[],
): (readonly Segment[])[] {
  const result: (readonly Segment[])[] = []
  if (data.silence !== undefined && data.answer !== undefined) result.push(silenceHeadline(data.silence, look.glyphs))
  // Where the labels stand in the rule they say what the rows are sorted by, all but the direction and a column that is not there.
  else if (look.boxed || view.reverse || !columns.includes(sortedColumn(view.sort)))
    result.push([segment('sort ', DIM), segment(view.sort, ACCENT), segment(view.reverse ? ' reversed' : '', DIM)])
  return result
}

/** What stands in place of rows. */
function emptySentence({ answer, silence }: ProcessesData, { glyphs }: Look, view: PanelView): string | undefined {
  if (answer === undefined) return silence ?? glyphs.loading
  if (answer.matched > 0) return undefined
  if (view.filter === '') return 'no process to show'
  return `no process matches "${truncate(safeText(view.filter), FILTER_COLUMNS, glyphs.ellipsis)}"  Esc clears`
}

/** Rows of the list a content of some height shows: the heading row and the detail of the full view take theirs. */
function visibleRows(contentRows: number, look: Look, view: PanelView): number {
  return Math.max(0, contentRows - (look.boxed ? 1 : 0) - (view.full ? detailRows(contentRows) : 0))
}

function paint(surface: Surface, data: ProcessesData, look: Look, view: PanelView): void {
  surface.clear()
  const { answer } = data
  const inset = look.boxed ? 2 : 1
  const width = Math.max(0, surface.columns - 2 * inset)
  const placed = layoutColumns(processColumns(width, view.full), width)
  const sorted = sortedColumn(view.sort)
  const about = note(data, look, view)
  const { content } = drawFrame(surface, look, {
    key: processes.key,
    title: processes.title,
    focused: view.focused,
    ...(segmentsWidth(about) === 0 ? {} : { note: about }),
    headlines: headlines(
      data,
      look,
      view,
      placed.map(({ column }) => column.id),
    ),
    labels: look.boxed ? [] : ruleLabels(placed, sorted),
  })
  const top = look.boxed ? 1 : 0
  if (look.boxed) drawLabels(content, 0, placed, look, sorted)
  const visible = visibleRows(content.rows, look, view)
  const list = content.area(0, top, content.columns, visible)
  const sentence = emptySentence(data, look, view)
  if (sentence !== undefined) drawFitted(list, 0, 0, [segment(sentence, DIM)], list.columns, look)
  if (answer === undefined) return
  const context = { largestPid: data.largestPid, nowMs: answer.wallMs }
  for (const [index, row] of answer.rows.entries()) {
    const y = answer.offset + index - view.offset
    if (y < 0 || y >= visible) continue
    drawCells(list, y, placed, look, (id) => processCell(id, row, look, context))
    if (view.focused && answer.offset + index === view.selected) drawSelection(surface, 1 + top + y, look)
  }
  if (view.full) drawProcessDetail(content, answer.rows[view.selected - answer.offset], look)
}

/** The process table: who uses this machine. It shows the source's answer to a query; sorting and filtering are not its business. */
export const processes: Panel<ProcessesData> = {
  id: 'processes',
  key: '7',
  title: 'Processes',
  sources: ['processes'],
  list: true,
  select: (frame: Frame) => ({
    answer: frame.processes,
    largestPid: frame.leaders?.memory[0]?.pid,
    silence: silenceOf(frame, 'processes', frame.processes?.wallMs),
  }),
  paint,
  rows: ({ answer }, surface, look, view) => ({
    total: answer?.matched ?? 0,
    visible: visibleRows(Math.max(0, surface.rows - (look.boxed ? 2 : 1)), look, view),
  }),
}
