import { valueText } from '../../alerts/wording.ts'
import { percent } from '../../lib/units.ts'
import { otherCounts } from '../../model/crossings.ts'
import type { LimitForecast } from '../../model/forecast.ts'
import { clockText, insideText, judgedText, limitText, spreadText, timeText } from '../../model/forecast-words.ts'
import type { SeriesView } from '../../model/frame.ts'
import { parseSeriesKey } from '../../model/series.ts'
import { contentOf } from '../paint/frame.ts'
import { drawMoment, marksText } from '../paint/horizon.ts'
import type { Look } from '../paint/look.ts'
import { drawSegments, type Segment, segment, segmentsWidth } from '../paint/segments.ts'
import { type Cell, type Column, layoutColumns } from '../paint/table.ts'
import { type Style, style } from '../screen/style.ts'
import type { Surface } from '../screen/surface.ts'
import { type AheadData, aheadRows, momentTokens, nameText } from './ahead-data.ts'
import { listRows, paintList } from './list.ts'
import type { PanelView } from './panel.ts'

const DIM = style('dim')
const TEXT = style('text')
const BRIGHT = style('bright', { bold: true })
const NONE = 'no limits are watched yet: they are found with the first measurement'

type Id = 'name' | 'when' | 'in' | 'at' | 'range' | 'now' | 'growth' | 'record' | 'cause'

/** The label of `when` is its axis. */
const COLUMNS: readonly Column<Id>[] = [
  { id: 'name', label: 'LIMIT', width: 16, most: 30, priority: 100 },
  { id: 'when', label: '', width: 34, most: 52, priority: 75 },
  { id: 'in', label: 'IN', width: 9, align: 'right', priority: 95 },
  { id: 'at', label: 'AT', width: 6, align: 'right', priority: 70 },
  { id: 'range', label: 'RANGE', width: 21, priority: 50 },
  { id: 'now', label: 'NOW', width: 8, align: 'right', priority: 40 },
  { id: 'growth', label: 'GROWTH', width: 10, align: 'right', priority: 45 },
  { id: 'record', label: 'IN BAND', width: 7, align: 'right', priority: 80 },
  { id: 'cause', label: 'CAUSE', width: 20, flex: 28, priority: 10 },
]

/** What it is now, in its unit; empty while it is not known, and for what only runs out. */
function nowText({ series, family }: LimitForecast, metrics: SeriesView): string {
  const value = metrics.value(series)
  return value === undefined || family === 'check' ? '' : valueText(parseSeriesKey(series).name, value)
}

/** `+3.5 %/h`; empty where no figure would show it. */
function growthText({ series, perHour }: LimitForecast, look: Look): string {
  if (perHour === undefined) return ''
  const text = valueText(parseSeriesKey(series).name, Math.abs(perHour))
  return Number.parseFloat(text) === 0 ? '' : `${perHour < 0 ? look.glyphs.minus : '+'}${text}/h`
}

/** What is far or does not come is said dim. */
function timeStyle({ severity, time }: LimitForecast, likely: Style): Style {
  if (severity !== undefined) return likely
  return time.kind === 'heading' || time.kind === 'reached' ? TEXT : DIM
}

function cellOf(id: Id, forecast: LimitForecast, { nowMs }: AheadData, metrics: SeriesView, look: Look): Cell {
  const { time, asOfMs, severity, record, cause = '' } = forecast
  const eta = time.kind === 'heading' ? time.eta : undefined
  const tokens = momentTokens(forecast)
  const tone = timeStyle(forecast, style(tokens.likely, { bold: true }))
  switch (id) {
    case 'name':
      return (surface, x, y, width) =>
        surface.text(x, y, nameText(forecast, width, look), severity === undefined ? tone : BRIGHT, width)
    case 'when':
      return eta === undefined ? [] : (surface, x, y, width) => drawMoment(surface, x, y, width, eta, tokens, look)
    case 'in':
      return [segment(timeText(time), tone)]
    case 'at':
      return eta === undefined ? [] : [segment(clockText(asOfMs + eta.likely * 1000, nowMs), tone)]
    case 'range':
      return eta === undefined ? [] : [segment(spreadText(eta, look.glyphs.dash), DIM)]
    case 'now':
      return [segment(nowText(forecast, metrics), tone === DIM ? DIM : TEXT)]
    case 'growth':
      return [segment(growthText(forecast, look), tone === DIM ? DIM : TEXT)]
    case 'record':
      return record === undefined ? [] : [segment(`${percent(record.inside, 0).figure} %`, DIM)]
    case 'cause':
      return [segment(cause, DIM)]
  }
}

/** What is known of the selected limit, as a sentence: whole parts, as many as fit. */
function drawDetail(
  surface: Surface,
  y: number,
  forecast: LimitForecast,
  { nowMs }: AheadData,
  metrics: SeriesView,
): void {
  const { time, asOfMs, record, cause } = forecast
  const now = nowText(forecast, metrics)
  const at = time.kind === 'heading' ? ` at ${clockText(asOfMs + time.eta.likely * 1000, nowMs)}` : ''
  const parts: Segment[][] = [
    [segment(limitText(forecast), BRIGHT), segment(at, TEXT), segment(now === '' ? '' : `, now ${now}`, TEXT)],
    ...(cause === undefined ? [] : [[segment(cause, TEXT)]]),
    ...(record === undefined ? [] : [[segment(`${judgedText(record)} ${insideText(record)}`, DIM)]]),
  ]
  let x = 0
  for (const part of parts) {
    const gap = x === 0 ? 0 : 3
    if (x > 0 && x + gap + segmentsWidth(part) > surface.columns) continue
    x += gap + drawSegments(surface, x + gap, y, part)
  }
}

/** Every limit that is watched: when it will be reached, from what that is concluded, and how good such conclusions were. */
export function paintAheadFull(surface: Surface, data: AheadData, look: Look, view: PanelView): void {
  const metrics = data.series.all()
  const rows = aheadRows(data.forecasts, true)
  const heading = aheadRows(data.forecasts, false).length
  const others = otherCounts(data.forecasts, metrics)
  const counts = [segment(String(heading), TEXT), segment([' ahead', ...others].join('  '), DIM)]
  const when = layoutColumns(COLUMNS, contentOf(surface, look).columns).find(({ column }) => column.id === 'when')
  const axis = marksText(when?.width ?? 0)
  const selected = rows[Math.min(view.selected, rows.length - 1)]
  paintList(
    surface,
    {
      key: '8',
      title: 'Ahead',
      headlines: rows.length === 0 ? [] : [counts, [segment('soonest first', DIM)]],
      columns: COLUMNS.map((column) => (column.id === 'when' ? { ...column, label: axis } : column)),
      rows,
      cell: (id, forecast) => cellOf(id, forecast, data, metrics, look),
      sentence: rows.length === 0 ? NONE : undefined,
      last: selected && ((content, y) => drawDetail(content, y, selected, data, metrics)),
    },
    look,
    view,
  )
}

/** How many rows the full view shows, and of how many. */
export function aheadFullRows(
  forecasts: readonly LimitForecast[],
  surface: { readonly rows: number },
  look: Look,
): { total: number; visible: number } {
  return listRows(aheadRows(forecasts, true).length, surface, look, { last: true })
}
