import { NOTHING_KNOWN, otherCounts, outlook, recordOfAll } from '../../model/crossings.ts'
import type { LimitForecast } from '../../model/forecast.ts'
import { insideText, judgedText, timeText } from '../../model/forecast-words.ts'
import type { Frame, SeriesView } from '../../model/frame.ts'
import { drawFitted } from '../paint/fitted.ts'
import { drawFrame } from '../paint/frame.ts'
import { drawMarkLabels, drawMarks, drawMoment } from '../paint/horizon.ts'
import type { Look } from '../paint/look.ts'
import { drawRight, type Segment, segment } from '../paint/segments.ts'
import { drawSelection } from '../paint/table.ts'
import { style } from '../screen/style.ts'
import type { Surface } from '../screen/surface.ts'
import { Sight } from '../sight.ts'
import { type AheadData, aheadRows, momentTokens, nameText } from './ahead-data.ts'
import { aheadFullRows, paintAheadFull } from './ahead-full.ts'
import type { Panel, PanelView } from './panel.ts'

const DIM = style('dim')
const TEXT = style('text')
const BRIGHT = style('bright', { bold: true })
const MINUTE_MS = 60_000
const TOO_FEW = 'too few samples yet: forecasts begin after 30'
/** Share of a row that its name takes, with the empty column behind it. */
const NAME_SHARE = 0.25
/** `23 h 59 m`, with what is empty before it. */
const TIME = 11
/** With fewer rows the list has them all. */
const LAST_FROM = 4
const MARKS_FROM = 6
const AIR_FROM = 8

/** What the rows of the content are for. */
interface Room {
  readonly list: number
  /** The axis below the list: its marks and their labels. */
  readonly marks: boolean
  /** The last row: how good the forecasts were. */
  readonly last: boolean
}

function roomOf(rows: number, last: boolean): Room {
  const marks = rows >= MARKS_FROM
  const withLast = last && rows >= LAST_FROM
  const below = (marks ? 2 : 0) + (withLast ? (rows >= AIR_FROM ? 2 : 1) : 0)
  return { list: Math.max(0, rows - below), marks, last: withLast }
}

/** `last 24 h  94 % inside the 95 % band`. */
function recordSegments(forecasts: readonly LimitForecast[]): Segment[] {
  const record = recordOfAll(forecasts)
  if (record === undefined) return []
  const [figure = '', ...words] = insideText(record).split(' ')
  return [segment(`${judgedText(record)}  `, DIM), segment(figure, TEXT), segment(` ${words.join(' ')}`, DIM)]
}

/** What stands in place of a list: what is really known, and of how many limits. */
function nothingAhead(forecasts: readonly LimitForecast[], metrics: SeriesView): readonly string[] {
  const counts = otherCounts(forecasts, metrics)
  const known = outlook(forecasts, metrics)
  if (known !== undefined) return [known.text, counts.join('  ')]
  const some = forecasts.some(({ time }) => time.kind !== 'unknown')
  return some ? [NOTHING_KNOWN, counts.join('  ')] : [TOO_FEW]
}

function drawRow(surface: Surface, y: number, forecast: LimitForecast, name: number, track: number, look: Look): void {
  const { severity, time } = forecast
  const tone = momentTokens(forecast)
  surface.text(0, y, nameText(forecast, name - 1, look), severity === undefined ? TEXT : BRIGHT, name - 1)
  drawMoment(surface, name, y, track, time.kind === 'heading' ? time.eta : undefined, tone, look)
  const text = segment(timeText(time), severity === undefined ? TEXT : style(tone.likely, { bold: true }))
  drawRight(surface, surface.columns, y, [text], name)
}

function paint(surface: Surface, { forecasts, series }: AheadData, look: Look, view: PanelView): void {
  surface.clear()
  const rows = aheadRows(forecasts, false)
  const record = recordSegments(forecasts)
  const height = Math.max(0, surface.rows - (look.boxed ? 2 : 1))
  const room = roomOf(height, record.length > 0)
  const offset = Math.max(0, Math.min(view.offset, rows.length - room.list))
  const part =
    rows.length > room.list ? `${offset + 1} ${look.glyphs.dash} ${offset + room.list} of ${rows.length}, ` : ''
  const { content } = drawFrame(surface, look, {
    key: ahead.key,
    title: ahead.title,
    focused: view.focused,
    headlines: rows.length === 0 ? [] : [[segment(`${part}soonest first`, DIM)], [segment('soonest first', DIM)]],
  })
  const last = content.rows - 1
  if (room.last) drawFitted(content, 0, last, record, content.columns, look)
  if (rows.length === 0) {
    const lines = series.see((metrics) => nothingAhead(forecasts, metrics))
    for (const [y, line] of lines.slice(0, room.list).entries())
      drawFitted(content, 0, y, [segment(line, DIM)], content.columns, look)
    return
  }
  const name = Math.round(content.columns * NAME_SHARE)
  const track = Math.max(0, content.columns - name - TIME)
  const shown = rows.slice(offset, offset + room.list)
  const selected = Math.min(view.selected, rows.length - 1)
  if (room.marks) {
    drawMarks(content, name, shown.length, track, room.list + 1 - shown.length, look)
    drawMarkLabels(content, name, room.list + 1, track)
  }
  for (const [y, forecast] of shown.entries()) {
    drawRow(content, y, forecast, name, track, look)
    if (view.focused && offset + y === selected) drawSelection(surface, 1 + y, look)
  }
}

/** What is heading for a limit, soonest first, and how good such forecasts were so far. */
export const ahead: Panel<AheadData> = {
  id: 'ahead',
  key: '8',
  title: 'Ahead',
  sources: [],
  list: true,
  select: (frame: Frame) => ({
    forecasts: frame.forecasts,
    series: new Sight(frame.metrics, frame.wallMs),
    nowMs: Math.floor(frame.wallMs / MINUTE_MS) * MINUTE_MS,
  }),
  paint,
  paintFull: paintAheadFull,
  listTop: ({ boxed }, { full }) => (full && boxed ? 2 : 1),
  rows: ({ forecasts }, surface, look, view) => {
    if (view.full) return aheadFullRows(forecasts, surface, look)
    const height = Math.max(0, surface.rows - (look.boxed ? 2 : 1))
    return {
      total: aheadRows(forecasts, false).length,
      visible: roomOf(height, recordOfAll(forecasts) !== undefined).list,
    }
  },
}
