import { bytes, count, percent, rate, span } from '../lib/units.ts'
import type { Alert } from '../model/alert.ts'
import type { AlertCondition } from '../model/alert-definition.ts'
import { metricOf } from '../model/catalogue/catalogue.ts'
import type { LogEvent } from '../model/event.ts'
import { type Labels, parseSeriesKey, seriesKey } from '../model/series.ts'
import { limitText, timeText } from './figures.ts'
import type { Rule } from './rule.ts'
import type { Transition } from './transition.ts'

/** A value in its metric's unit: `97 %`, `8.4 GiB`. */
export function valueText(metric: string, value: number): string {
  const text = ({ figure, unit }: { figure: string; unit: string }) => `${figure} ${unit}`
  switch (metricOf(metric)?.unit) {
    case 'ratio':
      return text(percent(value))
    case 'bytes':
      return text(bytes(value))
    case 'bytes_per_second':
      return text(rate(value))
    case 'seconds':
      return span(value)
    case 'per_second':
      return `${count(value)}/s`
    case 'celsius':
      return `${Math.round(value)} °C`
    default:
      // A load of 1.79 is none of 2.
      return Number.isInteger(value) || Math.abs(value) >= 10 ? count(value) : String(Number(value.toPrecision(3)))
  }
}

/** A rule in one line: `disk_used_ratio{mount="/"} above 90 % for 1 min, clears at 85 %, kept 5 min`. */
export function ruleText({ when, forMs, keepMs, until }: Pick<Rule, 'when' | 'forMs' | 'keepMs' | 'until'>): string {
  const clear = when.kind === 'metric' ? when.clear : undefined
  return [
    `${conditionText(when)}${forMs > 0 && when.kind !== 'event' ? ` for ${timeText(forMs)}` : ''}`,
    ...(clear === undefined || when.kind !== 'metric' ? [] : [`clears at ${limitText(when.metric, clear)}`]),
    ...(keepMs > 0 ? [`kept ${timeText(keepMs)}`] : []),
    ...(until === undefined ? [] : [`or until ${until.join(' or ')}`]),
  ].join(', ')
}

function conditionText(when: AlertCondition): string {
  switch (when.kind) {
    case 'metric': {
      const { metric, where, above, below, outside, absent } = when
      const limit = (value: number) => limitText(metric, value)
      const series = seriesKey(metric, where)
      if (absent) return `${series} absent`
      if (outside !== undefined) return `${series} outside ${limit(outside[0])} to ${limit(outside[1])}`
      return below === undefined ? `${series} above ${limit(above ?? Number.NaN)}` : `${series} below ${limit(below)}`
    }
    case 'forecast': {
      const { metric, where, reaches, withinMs } = when
      return `${seriesKey(metric, where)} reaches ${limitText(metric, reaches)} within ${timeText(withinMs)}`
    }
    case 'check':
      return `${[when.check === undefined ? 'any check' : `check ${when.check}`, ...labelTexts(when.where)].join(' ')} is ${when.is}`
    case 'process':
      return `${when.process === undefined ? 'any process' : `process ${when.process}`} is ${when.is}`
    case 'event':
      return when.subject === undefined ? `event ${when.event}` : `event ${when.event} of ${when.subject}`
  }
}

function labelTexts(where: Labels): string[] {
  return Object.entries(where).map(([name, value]) => `${name}=${value}`)
}

/** A transition as the log tells it; undefined for one that nobody need be told of: it waits for its `for:`, or another one of its series goes on. */
export function eventOf(transition: Transition, wallMs: number): LogEvent | undefined {
  const { kind, alert, quiet } = transition
  const { subject, id, severity, text, cause } = alert
  const event = { wallMs, kind: 'alert', subject, alert: id } as const
  switch (kind) {
    case 'pending':
      return undefined
    case 'firing':
      return { ...event, level: severity, text, ...(cause === undefined ? {} : { cause }) }
    case 'no data':
      return { ...event, level: 'unknown', text: 'no data', cause: `was ${text}` }
    case 'data again':
      return { ...event, level: 'event', text: 'data again', cause: text }
    case 'resolved': {
      if (quiet) return undefined
      const [level, words] = ENDINGS[transition.resolution ?? 'cleared']
      return { ...event, level, text: words(transition), cause: resolutionText(transition) }
    }
  }
}

/** How bad it was and for how long: `was 97 % for 12 min`; of a forecast what it said, or what came of it. */
function resolutionText({ alert, rule, peak, heldMs, resolution }: Transition): string {
  const lasted = span(heldMs / 1000)
  switch (alert.kind) {
    case 'metric': {
      const metric = parseSeriesKey(alert.series).name
      if (Number.isNaN(peak)) return `was absent for ${lasted}`
      const worst = isFlag(metric) ? (rule.text?.(peak, alert.threshold) ?? count(peak)) : valueText(metric, peak)
      return `was ${worst} for ${lasted}`
    }
    case 'forecast':
      return resolution === 'reached'
        ? `was ${valueText(parseSeriesKey(alert.series).name, peak)} at its worst`
        : `said ${alert.text} for ${lasted}`
    case 'event':
      return alert.value > 1 ? `${count(alert.value)} times in ${lasted}` : `${lasted} ago`
    case 'check':
    case 'process':
      return `was ${alert.text} for ${lasted}`
  }
}

/** How bad an alert on a metric was, once it is over: `was 97 %`; undefined where no number says that. */
export function worstText({ kind, series, peak }: Pick<Alert, 'kind' | 'series' | 'peak'>): string | undefined {
  const metric = parseSeriesKey(series).name
  return kind === 'metric' && Number.isFinite(peak) && !isFlag(metric) ? `was ${valueText(metric, peak)}` : undefined
}

/** Level and words of an end. */
const ENDINGS: Readonly<
  Record<NonNullable<Transition['resolution']>, readonly [LogEvent['level'], (transition: Transition) => string]>
> = {
  cleared: ['ok', ({ alert }) => (alert.kind === 'event' ? 'over' : 'well again')],
  removed: ['event', ({ rule }) => `${rule.name} removed`],
  gone: ['event', () => 'not there any more'],
  inhibited: ['event', () => 'not judged while what it depends on is down'],
  withdrawn: ['ok', () => 'forecast withdrawn'],
  reached: ['event', () => 'forecast came true'],
}

/** 1 or 0: to people only the rule's own words say something. */
function isFlag(metric: string): boolean {
  const entry = metricOf(metric)
  return entry?.unit === 'count' && entry.bounds?.max === 1
}
