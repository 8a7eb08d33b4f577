import { textWidth } from '../../lib/text.ts'
import { clockTime, moment } from '../../lib/units.ts'
import type { LogEvent } from '../../model/event.ts'
import type { Frame } from '../../model/frame.ts'
import { eventSegments } from '../paint/event.ts'
import { drawFitted } from '../paint/fitted.ts'
import { drawFrame } from '../paint/frame.ts'
import type { Look } from '../paint/look.ts'
import { segment, segmentsWidth } from '../paint/segments.ts'
import { drawSelection } from '../paint/table.ts'
import { style } from '../screen/style.ts'
import type { Surface } from '../screen/surface.ts'
import type { Panel, PanelView } from './panel.ts'

const DIM = style('dim')
const MINUTE_MS = 60_000
/** From here on times show seconds and causes have a column of their own. */
const WIDE_FROM = 70
/** `Sun 12:50`, so that no column moves when the first event of yesterday comes into sight. */
const WIDE_TIME = 9
/** Below that there are no causes. */
const CAUSE_FROM = 40
/** Less of a cause says nothing. */
const LEAST_CAUSE = 10
/** Share of a line that its subject takes at most. */
const MOST_SUBJECT = 0.5

export interface LogData {
  /** Newest first. */
  readonly events: readonly LogEvent[]
  /** Now, to the minute: what decides whether a time is of today. */
  readonly nowMs: number
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

function paint(surface: Surface, { events, nowMs }: LogData, look: Look, view: PanelView): void {
  surface.clear()
  const { content } = drawFrame(surface, look, {
    key: log.key,
    title: log.title,
    focused: view.focused,
    headlines: look.boxed ? [[segment('newest first', DIM)]] : [],
  })
  if (events.length === 0) {
    drawFitted(content, 0, 0, [segment('nothing has happened yet', DIM)], content.columns, look)
    return
  }
  const wide = content.columns >= WIDE_FROM
  const shown = events.slice(view.offset, view.offset + content.rows)
  const times = shown.map((event) => timeText(event, nowMs, wide))
  // Narrow as long as only today is in sight: older times are the wide ones.
  const timeWidth = times.reduce((most, text) => Math.max(most, text.length), wide ? WIDE_TIME : 5)
  // Causes of a wide log stand in a column, a little right of the middle of what the time leaves.
  const column = wide ? timeWidth + 3 + Math.round((content.columns - timeWidth - 3) * 0.42) : 0
  for (const [y, event] of shown.entries()) {
    const time = times[y] as string
    content.text(0, y, time.padStart(timeWidth), DIM)
    const x = timeWidth + 1
    const line = eventSegments(event, look, Math.floor((content.columns - x) * MOST_SUBJECT))
    drawFitted(content, x, y, line, content.columns - x, look)
    const used = x + segmentsWidth(line)
    if (event.cause !== undefined && content.columns >= CAUSE_FROM)
      drawCause(content, y, event.cause, used, look, column)
    if (view.focused && view.offset + y === view.selected) drawSelection(surface, 1 + y, look)
  }
}

/** What just happened: everything that turned, newest first, with its cause where one is known. */
export const log: Panel<LogData> = {
  id: 'log',
  key: '6',
  title: 'Log',
  sources: [],
  list: true,
  select: (frame: Frame) => ({ events: frame.events, nowMs: Math.floor(frame.wallMs / MINUTE_MS) * MINUTE_MS }),
  paint,
  rows: ({ events }, surface, look) => ({
    total: events.length,
    visible: Math.max(0, surface.rows - (look.boxed ? 2 : 1)),
  }),
}
