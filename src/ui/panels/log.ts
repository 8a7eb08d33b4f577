import { safeText, textWidth, truncate } from '../../lib/text.ts'
import { clockTime, moment, span } from '../../lib/units.ts'
import { firedSeconds, quietOf } from '../../model/alert-words.ts'
import type { LogEvent } from '../../model/event.ts'
import type { Frame } from '../../model/frame.ts'
import { eventSegments } from '../paint/event.ts'
import { drawFitted } from '../paint/fitted.ts'
import { contentOf, drawFrame } from '../paint/frame.ts'
import type { Look } from '../paint/look.ts'
import { quietMarks } from '../paint/quiet.ts'
import { drawRight, drawSegments, type Segment, segment, segmentsWidth } from '../paint/segments.ts'
import { drawSelection } from '../paint/table.ts'
import { levelToken } from '../paint/verdict.ts'
import { style } from '../screen/style.ts'
import type { Surface } from '../screen/surface.ts'
import { Sight } from '../sight.ts'
import { filterNote } from './filter-note.ts'
import { isMark, type ListedLog, type LogRow, listedLog } from './log/entries.ts'
import type { Panel, PanelView } from './panel.ts'

const DIM = style('dim')
const TEXT = style('text')
const MORE = style('accent', { bold: true })
const MINUTE_MS = 60_000
/** From here on times show seconds, causes have a column of their own, and it is said how long alerts fire. */
const WIDE_FROM = 70
/** `Sun 12:50`, so that no column moves when the first event of yesterday comes into sight. */
const WIDE_TIME = 9
/** `firing 3 h 10 m` and its air. */
const LONG = 17
/** Below that there are no causes. */
const CAUSE_FROM = 40
/** Less of a cause says nothing. */
const LEAST_CAUSE = 10
/** Share of a line that its subject takes at most. */
const MOST_SUBJECT = 0.5
/** The frame's title with its number, and the air around what stands behind it. */
const TITLE_COLUMNS = '6 Log '.length + 2
/** What the sentence about an empty list quotes of a filter. */
const QUOTED_COLUMNS = 24

export interface LogData {
  readonly listed: ListedLog
  /** Now, to the minute: what decides whether a time is of today. */
  readonly nowMs: number
  /** How long alerts have been firing is read through it. */
  readonly sight: Sight
}

/** `14:28`, wide `14:28:03`; `Sun 12:50` this week, `17 Nov` before. */
function timeText(event: LogEvent, nowMs: number, wide: boolean): string {
  const text = moment(event.wallMs, nowMs)
  return wide && text.length === 5 ? clockTime(event.wallMs) : text
}

function drawCause(surface: Surface, y: number, cause: string, used: number, look: Look, column: number): void {
  const width = textWidth(cause)
  if (column === 0) {
    const x = surface.columns - width
    if (x >= used + 1) surface.text(x, y, cause, DIM)
    return
  }
  const x = Math.max(column, used + 1)
  const room = surface.columns - x
  if (room >= Math.min(width, LEAST_CAUSE)) drawFitted(surface, x, y, [segment(cause, DIM)], room, look)
}

/** `firing 22 min`, and of what is over how long it took; nothing beside what is no turn to the worse. */
function longText({ event: { level }, record, going }: LogRow, nowMs: number): string {
  if (record === undefined || (level !== 'critical' && level !== 'warning')) return ''
  if (going) return `firing ${span(firedSeconds(record, nowMs))}`
  return record.state === 'resolved' ? span(firedSeconds(record, nowMs)) : ''
}

/** Symbol, subject, text, what people made of it, and how many others are folded into it. */
function rowSegments({ event, record, incident, member }: LogRow, nowMs: number, room: number, look: Look): Segment[] {
  const quiet = record?.state === 'firing' && !isMark(event) ? quietMarks(record.alert, nowMs, look) : undefined
  const { branch, lastBranch } = look.glyphs.tree
  const indent = member === undefined ? [] : [segment(`${member === 'last' ? lastBranch : branch} `, DIM)]
  const line = eventSegments(event, look, { most: Math.floor(room * MOST_SUBJECT), quiet })
  if (incident === undefined) return [...indent, ...line]
  const { opened, others } = incident
  const sign = opened ? look.glyphs.opened : look.glyphs.closed
  return [...line, segment(opened ? ` ${sign}` : ` ${sign}${others}`, MORE)]
}

function headlines({ shown, total, firing }: ListedLog, view: PanelView, look: Look): (readonly Segment[])[] {
  if (!look.boxed && !view.full) return []
  const newest = [segment('newest first', DIM)]
  if (!view.full || shown < total) return [newest]
  const count = [segment(String(total), TEXT), segment(total === 1 ? ' entry' : ' entries', DIM)]
  const going = firing === 0 ? [] : [segment(`  ${firing}`, TEXT), segment(' firing', DIM)]
  return [[...count, ...going, segment('  ', DIM), ...newest], [...count, ...going], newest]
}

function paint(surface: Surface, { listed, nowMs, sight }: LogData, look: Look, view: PanelView): void {
  surface.clear()
  const { rows, total } = listed
  const note = filterNote(view.log, listed, look, contentOf(surface, look).columns - TITLE_COLUMNS)
  const { content } = drawFrame(surface, look, {
    key: log.key,
    title: log.title,
    focused: view.focused,
    ...(note.length > 0 && { note }),
    headlines: headlines(listed, view, look),
  })
  if (rows.length === 0) {
    const filter = truncate(safeText(view.log.filter), QUOTED_COLUMNS, look.glyphs.ellipsis)
    const empty = total === 0 ? 'nothing has happened yet' : `nothing in the log matches "${filter}"  Esc clears`
    drawFitted(content, 0, 0, [segment(empty, DIM)], content.columns, look)
    return
  }
  const wide = content.columns >= WIDE_FROM
  const shown = rows.slice(view.offset, view.offset + content.rows)
  const long = wide ? sight.see((_, wallMs) => shown.map((row) => longText(row, wallMs))) : []
  const times = shown.map(({ event }) => timeText(event, nowMs, wide))
  // Narrow as long as only today is in sight: older times are the wide ones.
  const timeWidth = times.reduce((most, text) => Math.max(most, text.length), wide ? WIDE_TIME : 5)
  const lines = wide && long.some((text) => text !== '') ? content.columns - LONG : content.columns
  const area = content.area(0, 0, lines, content.rows)
  // Causes of a wide log stand in a column, a little right of the middle of what the time leaves.
  const column = wide ? timeWidth + 3 + Math.round((lines - timeWidth - 3) * 0.42) : 0
  for (const [y, row] of shown.entries()) {
    const { event, going, record } = row
    area.text(0, y, (times[y] as string).padStart(timeWidth), DIM)
    const x = timeWidth + 1
    const line = rowSegments(row, nowMs, area.columns - x, look)
    const used = x + drawLine(area, x, y, line, look)
    if (event.cause !== undefined && content.columns >= CAUSE_FROM) drawCause(area, y, event.cause, used, look, column)
    const loud = going && (record === undefined || quietOf(record.alert) === undefined)
    drawRight(content, content.columns, y, [segment(long[y] ?? '', loud ? style(levelToken(event.level)) : DIM)])
    if (view.focused && view.offset + y === view.selected) drawSelection(surface, 1 + y, look)
  }
}

/** How many are folded into an entry is never cut. */
function drawLine(surface: Surface, x: number, y: number, line: readonly Segment[], look: Look): number {
  const room = surface.columns - x
  const width = segmentsWidth(line)
  const last = line.at(-1)
  if (width <= room || last?.style !== MORE) {
    drawFitted(surface, x, y, line, room, look)
    return width
  }
  const used = drawFitted(surface, x, y, line.slice(0, -1), room - textWidth(last.text), look)
  drawSegments(surface, x + used, y, [last])
  return width
}

/** What just happened: everything that turned, newest first, with its cause where one is known; alerts can be opened. */
export const log: Panel<LogData> = {
  id: 'log',
  key: '6',
  title: 'Log',
  sources: [],
  list: true,
  select: (frame: Frame, view: PanelView) => ({
    listed: listedLog(frame, view.log),
    nowMs: Math.floor(frame.wallMs / MINUTE_MS) * MINUTE_MS,
    sight: new Sight(frame.metrics, frame.wallMs),
  }),
  paint,
  rows: ({ listed }, surface, look) => ({
    total: listed.rows.length,
    visible: Math.max(0, surface.rows - (look.boxed ? 2 : 1)),
  }),
}
