import { valueText } from '../../../alerts/wording.ts'
import { latency, moment } from '../../../lib/units.ts'
import type { AlertRecord } from '../../../model/alert.ts'
import { metricOf } from '../../../model/catalogue/catalogue.ts'
import type { LimitForecast } from '../../../model/forecast.ts'
import type { Frame } from '../../../model/frame.ts'
import { parseSeriesKey } from '../../../model/series.ts'
import type { Look } from '../../paint/look.ts'
import { drawCoveredMarks, drawMomentMark, type MomentMark } from '../../paint/moment-mark.ts'
import { highBottom, niceTop } from '../../paint/scale.ts'
import { type Segment, segment } from '../../paint/segments.ts'
import type { TimeAxis } from '../../paint/time-axis.ts'
import { future, history } from '../../paint/timechart.ts'
import { levelSymbol, levelToken } from '../../paint/verdict.ts'
import { style } from '../../screen/style.ts'
import type { Surface } from '../../screen/surface.ts'
import { type ChartCrossing, crossingOf } from '../chart-crossing.ts'
import { paintPageChart } from '../page-chart.ts'
import type { Panel, PanelView } from '../panel.ts'
import { type AlertData, chartedSeries, hueOfSeries, selectAlert } from './data.ts'
import { momentAxis } from './moment-axis.ts'

const DIM = style('dim')
const TEXT = style('text')
/** A ratio from here on is charted up to all there is. */
const HALF = 0.5
/** From this share of its limit on the chart goes up to the limit. */
const NEAR = 0.35
const MINUTE_S = 60
const NO_COURSE = 'it has no values that a chart could show'
const NO_VALUES = 'no values of it are kept from then'
const NO_ANSWER = 'no answer was measured then'
/** Lower charts have no room for clock times. */
const TOLD_FROM = 9
/** What a metric is stands in the heading where it is no longer than that. */
const MOST_HELP = 26

/** A value in its unit; of what takes less than a minute to the millisecond, since it is the time of an answer. */
function figureText(metric: string, value: number): string {
  if (metricOf(metric)?.unit !== 'seconds' || value >= MINUTE_S) return valueText(metric, value)
  const { figure, unit } = latency(value)
  return `${figure} ${unit}`
}

interface MomentData extends AlertData {
  /** Of its series and limit, where that is watched. */
  readonly forecast: LimitForecast | undefined
}

/** When its limit is reached: as the alert says, else as is known of the limit; of one that is over nothing is ahead. */
function crossingAhead({ record, forecast, sight }: MomentData): ChartCrossing | undefined {
  if (record === undefined || record.state === 'resolved') return undefined
  const { ahead, severity } = record.alert
  if (ahead === undefined) return crossingOf(forecast && { ...forecast, severity }, sight.wallMs)
  const { asOfMs, eta } = ahead
  return crossingOf({ time: { kind: 'heading', eta }, asOfMs, severity }, sight.wallMs)
}

/** The limit of the charted series; an alert on something else (a state, an event) has none there. */
function limitOf({ alert }: AlertRecord): number | undefined {
  return alert.kind === 'metric' || alert.kind === 'forecast' ? alert.threshold : undefined
}

/** `now 84 %`; of one that is over `at its peak 97 %`. */
function headlines(record: AlertRecord, series: string, { sight }: AlertData): (readonly Segment[])[] {
  const { alert, state } = record
  const { name } = parseSeriesKey(series)
  const own = series === alert.series
  const tone = style(levelToken(state === 'resolved' ? 'unknown' : alert.severity), { bold: true })
  const now = sight.see((metrics) => {
    const value = metrics.value(series)
    return value === undefined ? '' : figureText(name, value)
  })
  const peak = own && Number.isFinite(alert.peak) ? figureText(name, alert.peak) : ''
  const peakPart = peak === '' ? [] : [segment('at its peak ', DIM), segment(peak, state === 'resolved' ? TEXT : DIM)]
  if (state === 'resolved' || now === '') return peakPart.length === 0 ? [] : [peakPart]
  const nowPart = [segment('now ', DIM), segment(now, own ? tone : TEXT)]
  return peak === now || peak === '' ? [nowPart] : [[...peakPart, segment('  ', DIM), ...nowPart], nowPart]
}

function marksOf({ alert, endedMs, state }: AlertRecord, wallMs: number, look: Look): readonly MomentMark[] {
  const tone = levelToken(alert.severity)
  const mark = (at: number, symbol: string, word: string, token: MomentMark['tone']): MomentMark => ({
    wallMs: at,
    text: [segment(`${symbol} ${word} ${moment(at, wallMs)}`, style(token))],
    tone: token,
  })
  const fired = alert.firedMs ?? alert.sinceMs
  return [
    mark(fired, levelSymbol(alert.severity, look.glyphs), 'fired', tone),
    ...(state === 'resolved' && endedMs !== undefined ? [mark(endedMs, look.glyphs.well, 'over', 'ok')] : []),
  ]
}

function noteOf({ alert }: AlertRecord, series: string | undefined): Segment[] {
  const help = series === undefined ? '' : (metricOf(parseSeriesKey(series).name)?.help ?? '')
  return [segment(help === '' || help.length > MOST_HELP ? alert.subject : `${alert.subject}, ${help}`, DIM)]
}

function paintMoment(surface: Surface, data: MomentData, look: Look, view: PanelView): void {
  surface.clear()
  const { record, sight } = data
  const series = record && chartedSeries(record)
  const { wallMs } = sight
  const name = series === undefined ? '' : parseSeriesKey(series).name
  const crossing = crossingAhead(data)
  const isOver = record?.state === 'resolved'
  const axis = (columns: number): TimeAxis | undefined => {
    if (record === undefined || series === undefined) return undefined
    const at = (ahead: boolean) => momentAxis(columns, record, view, wallMs, { eta: crossing?.eta, ahead })
    const wide = at(true)
    return isOver || future(sight, series, wide) !== undefined ? wide : at(false)
  }
  const values = (on: TimeAxis) =>
    series === undefined ? new Float64Array(2 * on.nowColumn).fill(Number.NaN) : history(sight, series, on)
  const limit = record && limitOf(record)
  const ratio = metricOf(name)?.unit === 'ratio'
  const trial = axis(Math.max(4, surface.columns - 4))
  const known = trial !== undefined && values(trial).some((value) => !Number.isNaN(value))
  const nothing = record?.alert.kind === 'check' ? NO_ANSWER : NO_VALUES
  paintPageChart(
    surface,
    {
      key: alertMoment.key,
      title: alertMoment.title,
      hue: series === undefined ? 'svc' : hueOfSeries(series),
      ...(record && { note: noteOf(record, series) }),
      headlines: record === undefined || series === undefined ? [] : headlines(record, series, data),
      values,
      ahead: (on) => (series === undefined || isOver ? undefined : future(sight, series, on)),
      now: series === undefined || isOver ? undefined : sight.see((metrics) => metrics.value(series)),
      top: (past, expected) => {
        const most = Math.max(past, expected)
        // Some ratios are of one core and go beyond all of it.
        if (ratio && past <= 1 && Math.max(most, limit ?? 0) >= HALF) return 1
        return niceTop(Math.max(most, limit !== undefined && most >= NEAR * limit ? limit : 0))
      },
      bottom: (lowest, top) => highBottom(Math.min(lowest, limit ?? lowest), top).min,
      labelled: true,
      told: surface.rows >= TOLD_FROM,
      ...(limit !== undefined && { limit }),
      crossing,
      label: (value) => (value === 0 && ratio ? '0 %' : figureText(name, value)),
      axis: (columns) => axis(columns) ?? momentless(columns, wallMs, view),
      under: (plot, on, scale) => {
        if (record === undefined) return
        for (const mark of marksOf(record, wallMs, look))
          drawMomentMark(plot, on, values(on), { ...scale, limit }, mark, look)
      },
      over: (plot, on, scale) => {
        if (record !== undefined) drawCoveredMarks(plot, on, values(on), scale, marksOf(record, wallMs, look), look)
      },
      sentence: known ? undefined : record === undefined ? '' : series === undefined ? NO_COURSE : nothing,
    },
    wallMs,
    look,
    view,
  )
}

/** The axis of nothing. */
function momentless(columns: number, endMs: number, { spanMs }: PanelView): TimeAxis {
  return { columns, nowColumn: Math.max(1, columns - 1), stepMs: Math.max(1000, spanMs / columns), endMs }
}

/** The course of what an alert is about around its moment, with the limit, when it fired, and what is expected of it. */
export const alertMoment: Panel<MomentData> = {
  id: 'alert-moment',
  key: '1',
  title: 'Moment',
  sources: [],
  charted: true,
  select(frame: Frame, view: PanelView) {
    const data = selectAlert(frame, view)
    const alert = data.record?.alert
    const forecast = frame.forecasts.find(
      ({ series, threshold }) => series === alert?.series && threshold === alert.threshold,
    )
    return { ...data, forecast }
  },
  paint: paintMoment,
}
