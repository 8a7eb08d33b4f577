import { textWidth, truncate } from '../lib/text.ts'
import { percent, span } from '../lib/units.ts'
import type { Prediction, TimeToLimit } from '../model/forecast.ts'
import { clockText, etaText, limitText, spreadText, timeText } from '../model/forecast-words.ts'
import { figureOf, type Scale, scaledText, scaleOf, unitOf } from '../model/scale.ts'
import type { ForecastReport, ForecastSource } from './forecast-json.ts'
import { horizonRows, momentText, nearHorizon, spanOf } from './forecast-times.ts'
import { LEAST_SAMPLES, type Outlook, silenceText } from './outlook.ts'
import { type Column, textTable } from './text-table.ts'

export interface ForecastTableOptions {
  /** Terminal columns; longer lines are cut. */
  readonly columns: number
  readonly ascii: boolean
}

/** A name is cut to this where the figures leave no room for all of it. */
const LEAST_NAME = 16
const GAP = 2
const HOUR_MS = 3_600_000
const DAY_MS = 24 * HOUR_MS
const NOT_KNOWN = `not known: a forecast takes ${LEAST_SAMPLES} samples; --for 5m samples longer`

const right = (heading: string): Column => ({ heading, align: 'right' })

/** A machine's limits and its main series, as aligned lines without colours. Ends with a newline. */
export function forecastOverview({ limits, series, horizonMs }: ForecastReport, options: ForecastTableOptions): string {
  const limitLines = named(
    [
      { heading: 'LIMIT' },
      right('NOW'),
      right('AN HOUR'),
      right('REACHED IN'),
      { heading: 'RANGE' },
      { heading: 'CLOCK' },
      right('HELD'),
    ],
    limits.map((limit) => limitRow(limit, options.ascii)),
    truncate,
    options.columns,
  )
  return joined(
    [
      limits.length === 0 ? ['no limits are known'] : limitLines,
      series.length === 0 ? [] : overviewLines(series, horizonMs, options),
      limits.some(({ time }) => time.kind === 'unknown') ? [NOT_KNOWN] : [],
    ],
    options.columns,
  )
}

/** Where it all comes from: `from 3 d of log`, `sampled for 1 min`; undefined for a file, which everybody knows. */
export function sourceLine({ kind, overMs }: ForecastSource): string | undefined {
  if (kind === 'file') return undefined
  return kind === 'log' ? `from ${backText(overMs)} of log` : `sampled for ${spanOf(overMs)}`
}

/** How far back a log goes, about: `3 d`, `2 d 5 h`, `1 h 40 m`, `45 min`; a little less than a day is a day. */
function backText(ms: number): string {
  const unitS = ms >= DAY_MS ? 3600 : ms >= HOUR_MS ? 600 : 60
  return span(Math.round(ms / 1000 / unitS) * unitS)
}

/** Each series by itself: its horizons with their ranges, and the limit that was asked about. Ends with a newline. */
export function forecastTable(series: readonly Outlook[], options: ForecastTableOptions): string {
  return joined(
    series.flatMap((outlook) => [[headLine(outlook)], ...outlookLines(outlook, options)]),
    options.columns,
  )
}

/** `cpu_used_ratio  42 % now, 61 samples in 1 min`. */
export function headLine(outlook: Outlook): string {
  const { series, unit, value, samples, minutes, history } = outlook
  const now = value === undefined ? 'not known now' : `${scaledText(value, scaleOf(unit, [value]))} now`
  const { length } = history.values
  const over = minutes ? backText(length * history.stepMs) : etaText(((length - 1) * history.stepMs) / 1000)
  return `${series}  ${now}, ${samples} ${minutes ? 'minutes' : 'samples'}${samples > 1 ? ` in ${over}` : ''}`
}

/** What was asked about a limit: `95 % in 3 h 10 m (2 h 40 m – 4 h 05 m), at 17:42`; undefined where nothing was. */
export function limitLine({ limit, unit, nowMs }: Outlook, ascii: boolean): string | undefined {
  if (limit === undefined) return undefined
  const { threshold, time, direction } = limit
  const what = scaledText(threshold, scaleOf(unit, [threshold]))
  switch (time.kind) {
    case 'heading': {
      const clock = momentText(nowMs + time.eta.likely * 1000, nowMs)
      const spread = spreadText(time.eta, dashOf(ascii))
      return `${what} in ${timeText(time)}${spread === '' ? '' : ` (${spread})`}, at ${clock}`
    }
    case 'reached':
      return `${direction} ${what} now`
    case 'steady':
      return `${what}: does not head there`
    case 'too soon':
      return `${what}: too soon to say`
    case 'unknown':
      return `${what}: not known`
  }
}

function outlookLines(outlook: Outlook, options: ForecastTableOptions): string[][] {
  const { ahead, nowMs, unit, value } = outlook
  const said = [silenceText(outlook), limitLine(outlook, options.ascii)].filter((line) => line !== undefined)
  if (ahead.length === 0) return [said]
  const rows = horizonRows(outlook)
  const shown = rows.map(({ prediction }) => prediction)
  const scale = scaleOf(unit, [...(value === undefined ? [] : [value]), ...shown.flatMap(valuesOf)])
  const table = textTable(
    [right('AHEAD'), { heading: 'CLOCK' }, right('EXPECTED'), right('80 % BAND'), right('95 % BAND')],
    rows.map(({ aheadMs, prediction: { mean, low80, high80, low95, high95 } }) => [
      spanOf(aheadMs),
      momentText(nowMs + aheadMs, nowMs),
      scaledText(mean, scale),
      rangeText(low80, high80, scale, options.ascii),
      rangeText(low95, high95, scale, options.ascii),
    ]),
    options.columns,
  )
  return [table, said]
}

/** A line a series: now, at two horizons, and the band at the farther one. Those of which nothing can be said stand below, and why. */
function overviewLines(
  series: readonly Outlook[],
  horizonMs: number,
  { columns, ascii }: ForecastTableOptions,
): string[] {
  const nearMs = nearHorizon(horizonMs)
  const rows: string[][] = []
  const silent: string[] = []
  for (const outlook of series) {
    const { series: key, unit, value, ahead, stepMs } = outlook
    const at = (ms: number) => ahead[Math.max(1, Math.round(ms / stepMs)) - 1]
    const far = at(horizonMs)
    const near = nearMs === undefined ? undefined : at(nearMs)
    if (far === undefined) {
      silent.push(`${key}: ${silenceText(outlook)}`)
      continue
    }
    const scale = scaleOf(
      unit,
      [value, near?.mean, ...valuesOf(far)].filter((one) => one !== undefined),
    )
    const text = (figure: number | undefined) => (figure === undefined ? '' : scaledText(figure, scale))
    rows.push([key, text(value), text(near?.mean), text(far.mean), rangeText(far.low95, far.high95, scale, ascii)])
  }
  const heads = [
    { heading: 'SERIES' },
    right('NOW'),
    right(nearMs === undefined ? '' : `IN ${spanOf(nearMs).toUpperCase()}`),
    right(`IN ${spanOf(horizonMs).toUpperCase()}`),
    right('95 % BAND'),
  ]
  return [...(rows.length === 0 ? [] : named(heads, rows, cutName, columns)), ...silent]
}

function limitRow(limit: ForecastReport['limits'][number], ascii: boolean): string[] {
  const { series, time, perHour, record, asOfMs, value } = limit
  const unit = unitOf(series)
  const heading = time.kind === 'heading'
  return [
    limitText(limit),
    value === undefined ? '' : limit.family === 'check' ? span(value) : scaledText(value, scaleOf(unit, [value])),
    perHour === undefined ? '' : growthText(perHour, scaleOf(unit, [perHour]), ascii),
    shownTime(time),
    heading ? spreadText(time.eta, dashOf(ascii)) : '',
    heading ? clockText(asOfMs + time.eta.likely * 1000, asOfMs) : '',
    record === undefined ? '' : `${percent(record.inside).figure} %`,
  ]
}

function shownTime(time: TimeToLimit): string {
  return time.kind === 'unknown' ? 'not known' : timeText(time)
}

/** `+1.2 %`; empty where no figure would show it. */
function growthText(perHour: number, scale: Scale, ascii: boolean): string {
  if (Number(figureOf(perHour, scale)) === 0) return ''
  const size = scaledText(Math.abs(perHour), scale)
  return perHour < 0 ? `${ascii ? '-' : '−'}${size}` : `+${size}`
}

function valuesOf({ mean, low80, high80, low95, high95 }: Prediction): number[] {
  return [mean, low80, high80, low95, high95]
}

function rangeText(low: number, high: number, scale: Scale, ascii: boolean): string {
  return `${figureOf(low, scale)} ${dashOf(ascii)} ${scaledText(high, scale)}`
}

function dashOf(ascii: boolean): string {
  return ascii ? '-' : '–'
}

/** A table whose first column is cut to what the figures leave. */
function named(
  heads: readonly Column[],
  rows: readonly string[][],
  cut: (name: string, room: number) => string,
  columns: number,
): string[] {
  const rest = Math.max(
    0,
    ...textTable(
      heads.slice(1),
      rows.map((row) => row.slice(1)),
      Number.POSITIVE_INFINITY,
    ).map(textWidth),
  )
  const room = Math.max(LEAST_NAME, columns - rest - GAP)
  return textTable(
    heads,
    rows.map(([name = '', ...figures]) => [cut(name, room), ...figures]),
    columns,
  )
}

/** `network_receive_…{interface="eth0"}`: what tells one series from the next stands in its labels. */
function cutName(key: string, room: number): string {
  if (textWidth(key) <= room) return key
  const open = key.indexOf('{')
  const labels = open < 0 ? '' : key.slice(open)
  const left = room - textWidth(labels)
  return left < LEAST_NAME / 2 ? truncate(key, room) : `${truncate(key.slice(0, open), left)}${labels}`
}

function joined(sections: readonly (readonly string[])[], columns: number): string {
  const blocks = sections
    .filter((lines) => lines.length > 0)
    .map((lines) => lines.map((line) => truncate(line, columns)).join('\n'))
  return `${blocks.join('\n\n')}\n`
}
