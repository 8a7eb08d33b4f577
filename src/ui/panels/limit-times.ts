import { bytes } from '../../lib/units.ts'
import type { LimitForecast } from '../../model/forecast.ts'
import { clockText, FAR_S, limitWords, spreadText, timeText } from '../../model/forecast-words.ts'
import type { Look } from '../paint/look.ts'
import { type Segment, segment } from '../paint/segments.ts'
import { type Style, style } from '../screen/style.ts'
import type { Token } from '../theme/tokens.ts'

const DIM = style('dim')
const TEXT = style('text')
const BRIGHT = style('bright')

type Forecasts = readonly LimitForecast[]

/** What is reached within so many seconds concerns people today: a gauge shows it, a list names it first. */
export const AHEAD_S = 86_400

/** Nothing is said of what comes after what is not known. One list, so that panels see that it is the same. */
export const NOTHING_AHEAD: readonly LimitForecast[] = []

/** The forecast of one limit of a series. */
export function findLimit(forecasts: Forecasts, series: string, threshold: number): LimitForecast | undefined {
  return forecasts.find((candidate) => candidate.series === series && candidate.threshold === threshold)
}

/** Seconds until a limit will be reached; infinite where it does not head there, or nothing is known. */
export function secondsTo(forecast: LimitForecast | undefined): number {
  return forecast?.time.kind === 'heading' ? forecast.time.eta.likely : Number.POSITIVE_INFINITY
}

/** The token of a limit that will be reached so soon that somebody should act. */
function urgent({ severity }: LimitForecast): Token | undefined {
  return severity === 'critical' ? 'crit' : severity === 'warning' ? 'warn' : undefined
}

function timeStyle(forecast: LimitForecast): Style {
  const tone = urgent(forecast)
  if (tone !== undefined) return style(tone, { bold: true })
  const { kind } = forecast.time
  return kind === 'heading' || kind === 'reached' ? BRIGHT : DIM
}

/** `3 h 10 m`, `steady`, `too soon`, `now`; empty while nothing is known. */
export function timeSegments(forecast: LimitForecast | undefined): Segment[] {
  const text = forecast === undefined ? '' : timeText(forecast.time)
  return forecast === undefined || text === '' ? [] : [segment(text, timeStyle(forecast))]
}

/** The clock at that moment, `17:42`, `15 Dec`; empty where it does not head there. */
export function clockSegments(forecast: LimitForecast | undefined, nowMs: number): Segment[] {
  const seconds = secondsTo(forecast)
  if (forecast === undefined || seconds === Number.POSITIVE_INFINITY) return []
  return [segment(clockText(forecast.asOfMs + seconds * 1000, nowMs), style(urgent(forecast) ?? 'dim'))]
}

/**
 * `95 % full in 3 h 10 m (2 h 40 m – 4 h)`, then the same without the range: take what there is room for. Nothing unless it heads there
 * and will be there within a month: later moments are no news.
 * What is shown elsewhere may be left out with `named` false: `in 3 h 10 m (2 h 40 m – 4 h)`.
 */
export function untilSegments(forecast: LimitForecast | undefined, { glyphs }: Look, named = true): Segment[][] {
  if (forecast?.time.kind !== 'heading' || forecast.time.eta.likely >= FAR_S) return []
  const words = style(urgent(forecast) ?? 'dim')
  const { eta } = forecast.time
  const short = [
    segment(named ? `${limitWords(forecast)} in ` : 'in ', words),
    segment(timeText(forecast.time), timeStyle(forecast)),
  ]
  const spread = spreadText(eta, glyphs.dash)
  return [spread === '' ? short : [...short, segment(` (${spread})`, DIM)], short]
}

/** `+127 GiB/h`, without the `/h` when `bare`; empty where no figure would show it. */
export function growthSegments(bytesPerHour: number | undefined, { glyphs }: Look, bare = false): Segment[] {
  if (bytesPerHour === undefined) return []
  const { figure, unit } = bytes(Math.abs(bytesPerHour))
  if (Number(figure) === 0) return []
  return [
    segment(`${bytesPerHour < 0 ? glyphs.minus : '+'}${figure}`, TEXT),
    segment(` ${unit}${bare ? '' : '/h'}`, DIM),
  ]
}

/**
 * Where a series will be in a day, for its gauge: at the highest of its limits that it reaches until then, else that part of the way to
 * the limit that it heads for. In the unit of the series; undefined when it heads for none.
 */
export function forecastEnd(forecasts: Forecasts, series: string, now: number): number | undefined {
  let end: number | undefined
  for (const forecast of forecasts) {
    const seconds = secondsTo(forecast)
    if (forecast.series !== series || seconds === Number.POSITIVE_INFINITY) continue
    const part = Math.min(1, AHEAD_S / Math.max(1, seconds))
    const reached = now + (forecast.threshold - now) * part
    if (end === undefined || reached > end) end = reached
  }
  return end
}
