import { worstText } from '../../alerts/wording.ts'
import { clockTime, moment, span } from '../../lib/units.ts'
import type { AlertRecord } from '../../model/alert.ts'
import { endText, firedSeconds } from '../../model/alert-words.ts'
import { spreadText } from '../../model/forecast-words.ts'
import type { Frame } from '../../model/frame.ts'
import { drawFitted } from '../paint/fitted.ts'
import type { Look } from '../paint/look.ts'
import { quietMarks } from '../paint/quiet.ts'
import { drawRight, type Segment, segment, segmentsWidth } from '../paint/segments.ts'
import { levelToken } from '../paint/verdict.ts'
import { shownRecord } from '../panels/alert/data.ts'
import { style } from '../screen/style.ts'
import type { Surface } from '../screen/surface.ts'
import type { AlertView } from '../views.ts'
import { drawBadge } from './line.ts'

const DIM = style('dim')
const TEXT = style('text')
const NAME = style('bright', { bold: true })
const OK = style('ok')
const UNKNOWN = style('unknown')

/** `14:09:10`, of another day `Sun 12:50`. */
function timeText(wallMs: number, nowMs: number): string {
  const text = moment(wallMs, nowMs)
  return text.length === 5 ? clockTime(wallMs) : text
}

/** Since when it fires, or when it ended and how; from most to least. */
function stateSegments(record: AlertRecord, nowMs: number): readonly (readonly Segment[])[] {
  const { alert, state, endedMs = nowMs, resolution } = record
  const lasted = span(firedSeconds(record, nowMs))
  if (state === 'resolved') {
    const ended = [segment(`${endText(resolution)} `, OK), segment(timeText(endedMs, nowMs), TEXT)]
    return [[...ended, segment(`, fired for ${lasted}`, DIM)], ended]
  }
  const tone = style(levelToken(alert.severity))
  const silent =
    alert.noDataMs === undefined ? [] : [segment(`no data since ${timeText(alert.noDataMs, nowMs)}  `, UNKNOWN)]
  const since = timeText(alert.firedMs ?? alert.sinceMs, nowMs)
  const short = [...silent, segment(lasted, tone)]
  return [[...silent, segment('firing since ', DIM), segment(`${since}, `, TEXT), segment(lasted, tone)], short]
}

/** What it is about and what is wrong; of what is ahead also between when. From most to least. */
function mainSegments({ alert, state }: AlertRecord, nowMs: number, look: Look): Segment[][] {
  const marks = quietMarks(alert, nowMs, look)
  const isOver = state === 'resolved'
  const tone = isOver || marks.name.length + marks.words.length > 0 ? DIM : style(levelToken(alert.severity))
  const spread = alert.ahead === undefined || isOver ? '' : spreadText(alert.ahead.eta, look.glyphs.dash)
  const what = [segment(`${alert.subject} `, TEXT), segment((isOver && worstText(alert)) || alert.text, tone)]
  const name = [segment(alert.name, NAME), ...marks.name, segment('  ', DIM)]
  const range = spread === '' ? [] : [segment(` (${spread})`, DIM)]
  return [
    [...name, ...what, ...range, ...marks.words],
    [...name, ...what, ...marks.words],
    // Without its name, which stands in the header or not at all: what is wrong says more.
    [...what, ...marks.name, ...marks.words],
  ]
}

/** The row NOW on the page of one alert: which it is, what is wrong, who is behind it, and since when it fires. */
export function alertNow(surface: Surface, frame: Frame, look: Look, view: AlertView): void {
  surface.clear()
  const right = surface.columns - 1
  const record = shownRecord(frame, view)
  if (record === undefined) {
    const x = drawBadge(surface, look, 'GONE', 'unknown')
    drawFitted(
      surface,
      x,
      0,
      [segment('no more is kept of this alert than its lines in the log', TEXT)],
      right - x,
      look,
    )
    return
  }
  const { alert, state } = record
  const { wallMs } = frame
  const isOver = state === 'resolved'
  const word = isOver ? 'OVER' : alert.severity === 'critical' ? 'CRIT' : 'WARN'
  const x = drawBadge(surface, look, word, isOver ? 'ok' : levelToken(alert.severity))
  const mains = mainSegments(record, wallMs, look)
  const room = right - x
  const states = stateSegments(record, wallMs)
  const pairs = mains.flatMap((one) => states.map((told) => [one, told] as const))
  const fits = ([one, told]: (typeof pairs)[number]) => segmentsWidth(one) + 2 + segmentsWidth(told) <= room
  const [main = [], told = []] = pairs.find(fits) ?? pairs.at(-1) ?? []
  const left = room - segmentsWidth(told) - 2
  drawRight(surface, right, 0, told, x)
  const used = drawFitted(surface, x, 0, main, left, look)
  const cause = [segment(alert.cause === undefined ? '' : `  ${alert.cause}`, DIM)]
  if (used + segmentsWidth(cause) <= left) drawFitted(surface, x + used, 0, cause, left - used, look)
}
