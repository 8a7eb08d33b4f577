import { safeText, truncate } from '../../lib/text.ts'
import type { Frame } from '../../model/frame.ts'
import { type ProcessAnswer, type ProcessField, type ProcessRow, rowKey, SORT_KEYS } from '../../model/processes.ts'
import { drawFitted } from '../paint/fitted.ts'
import { drawFrame } from '../paint/frame.ts'
import type { Look } from '../paint/look.ts'
import { type Segment, segment, segmentsWidth } from '../paint/segments.ts'
import { drawCells, drawLabels, drawSelection, ruleLabels } from '../paint/table.ts'
import { style } from '../screen/style.ts'
import type { Surface } from '../screen/surface.ts'
import type { Panel, PanelView } from './panel.ts'
import { processCell } from './process-cells.ts'
import { placedColumns, sortedColumn } from './process-columns.ts'
import { processNote } from './process-filter-line.ts'
import { detailRows, drawProcessDetail } from './processes-full.ts'
import { silenceHeadline, silenceOf } from './silence.ts'

const DIM = style('dim')
const ACCENT = style('accent')
const TAG = style('accent', { bold: true })
const NEW = style('ok')
/** The frame's title with its number, and the air around what stands behind it. */
const TITLE_COLUMNS = '7 Processes '.length + 2
/** Bytes a second from which on the largest writer stands out. */
const WRITES_MUCH = 100_000
/** What the sentence about an empty list quotes of a filter. */
const QUOTED_COLUMNS = 24

export interface ProcessesData {
  readonly answer: ProcessAnswer | undefined
  /** Pid of the process with the most memory of all. */
  readonly largestPid: number | undefined
  /** Why the rows may be old. */
  readonly silence: string | undefined
}

/** What is out of the ordinary first; where there is no room for all, the last ones go. */
function headlines(
  data: ProcessesData,
  look: Look,
  view: PanelView,
  columns: readonly ProcessField[],
): (readonly Segment[])[] {
  const { sort, reverse, arrange, tagged, follow } = view.processes
  const result: (readonly Segment[])[] = []
  const silent = data.silence !== undefined && data.answer !== undefined
  if (silent) result.push(silenceHeadline(data.silence, look.glyphs))
  if (tagged.length > 0) result.push([segment(String(tagged.length), ACCENT), segment(' tagged', DIM)])
  if (follow !== undefined)
    result.push([segment('follows ', DIM), segment(data.answer?.followRow?.name ?? String(follow.pid), ACCENT)])
  if (arrange !== 'list') result.push([segment(arrange === 'tree' ? 'tree' : `by ${arrange}`, ACCENT)])
  // Where the labels stand in the rule they say what the rows are sorted by, all but the direction and a column that is not there.
  if (!silent && (look.boxed || reverse || !columns.includes(sortedColumn(sort, columns))))
    result.push([
      segment('sort ', DIM),
      segment(sort.replace('_', ' '), ACCENT),
      segment(reverse ? ' reversed' : '', DIM),
    ])
  return result.map((_, index) =>
    result.slice(0, result.length - index).flatMap((part, at) => (at === 0 ? part : [segment('  '), ...part])),
  )
}

/** What stands in place of rows. */
function emptySentence({ answer, silence }: ProcessesData, { glyphs }: Look, view: PanelView): string | undefined {
  if (answer === undefined) return silence ?? glyphs.loading
  if (answer.matched > 0) return undefined
  if (view.processes.filter === '') return 'no process to show'
  return `no process matches "${truncate(safeText(view.processes.filter), QUOTED_COLUMNS, glyphs.ellipsis)}"  Esc clears`
}

/** Rows of the list a content of some height shows: the heading row and the detail of the full view take theirs. */
function visibleRows(contentRows: number, look: Look, view: PanelView): number {
  return Math.max(0, contentRows - (look.boxed ? 1 : 0) - (view.full ? detailRows(contentRows) : 0))
}

/** The row that writes most; undefined where nobody writes much. */
function writerOf({ rows }: ProcessAnswer): ProcessRow | undefined {
  let most: ProcessRow | undefined
  for (const row of rows) {
    if ((row.writeBytesPerSecond ?? 0) > (most?.writeBytesPerSecond ?? WRITES_MUCH)) most = row
  }
  return most
}

/** What the left margin says of a row: tagged, new, ended. */
function drawMark(surface: Surface, y: number, row: ProcessRow, tagged: ReadonlySet<string>, look: Look): void {
  const { glyphs } = look
  const x = look.boxed ? 1 : 0
  if (tagged.has(rowKey(row))) surface.put(x, y, glyphs.tagged, TAG)
  else if (row.mark === 'new') surface.put(x, y, glyphs.added, NEW)
  else if (row.mark === 'ended') surface.put(x, y, glyphs.ended, DIM)
}

function paint(surface: Surface, data: ProcessesData, look: Look, view: PanelView): void {
  surface.clear()
  const { answer } = data
  const inset = look.boxed ? 2 : 1
  const width = Math.max(0, surface.columns - 2 * inset)
  const placed = placedColumns(view.processes, width, view.full)
  const ids = placed.map(({ column }) => column.id)
  const sorted = sortedColumn(view.processes.sort, ids)
  const room = surface.columns - 2 * inset - TITLE_COLUMNS
  const about = processNote(answer, look, view.processes, room)
  const { content } = drawFrame(surface, look, {
    key: processes.key,
    title: processes.title,
    focused: view.focused,
    ...(segmentsWidth(about) === 0 ? {} : { note: about }),
    headlines: headlines(data, look, view, ids),
    labels: look.boxed ? [] : ruleLabels(placed, sorted),
  })
  const top = look.boxed ? 1 : 0
  if (look.boxed) drawLabels(content, 0, placed, look, sorted)
  const visible = visibleRows(content.rows, look, view)
  const list = content.area(0, top, content.columns, visible)
  const sentence = emptySentence(data, look, view)
  if (sentence !== undefined) drawFitted(list, 0, 0, [segment(sentence, DIM)], list.columns, look)
  if (answer === undefined) return
  const tagged = new Set(view.processes.tagged.map(rowKey))
  const context = { largestPid: data.largestPid, writer: writerOf(answer), nowMs: answer.wallMs }
  for (const [index, row] of answer.rows.entries()) {
    const y = answer.offset + index - view.offset
    if (y < 0 || y >= visible) continue
    drawCells(list, y, placed, look, (id) => processCell(id, row, look, context))
    if (view.focused && answer.offset + index === view.selected) drawSelection(surface, 1 + top + y, look)
    drawMark(surface, 1 + top + y, row, tagged, look)
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
  listTop: (look) => (look.boxed ? 2 : 1),
  sortAt(x, columns, look, view) {
    const inset = look.boxed ? 2 : 1
    const placed = placedColumns(view.processes, Math.max(0, columns - 2 * inset), view.full)
    const hit = placed.find((one) => x - inset >= one.x && x - inset < one.x + one.width)?.column.id
    const id = hit === 'command' ? 'name' : hit === 'history' ? 'cpu' : hit
    return SORT_KEYS.find((key) => key === id)
  },
  rows: ({ answer }, surface, look, view) => ({
    total: answer?.matched ?? 0,
    visible: visibleRows(Math.max(0, surface.rows - (look.boxed ? 2 : 1)), look, view),
  }),
}
