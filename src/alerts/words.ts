import type { MetricCondition } from '../model/alert-definition.ts'
import { etaText } from '../model/forecast-words.ts'
import { type Labels, parseSeriesKey } from '../model/series.ts'
import type { Active } from './active.ts'
import { builtinRules } from './builtin.ts'
import { limitText } from './figures.ts'
import type { Rule } from './rule.ts'
import { valueText } from './wording.ts'

/** Labels whose value says by itself what a series is about. */
const ABOUT: readonly string[] = ['mount', 'interface', 'device', 'check', 'process', 'subject', 'battery']
/** The end of a metric's name is its unit, which people see behind the value. */
const UNIT = /_(?:used_)?(?:ratio|bytes|seconds|celsius|hertz|watts|rpm|bytes_per_second|per_second|per_hour)$/

/** What the built-in rules call the metrics that they look at. */
const SPOKEN: ReadonlyMap<string, Rule> = new Map(
  builtinRules.flatMap((rule) => (rule.when.kind === 'metric' ? [[spokenOf(rule.when), rule] as const] : [])),
)

/** A metric, and the side on which it is wrong: a battery is low, no memory is. */
function spokenOf({ metric, below }: Pick<MetricCondition, 'metric' | 'below'>): string {
  return `${below === undefined ? 'above' : 'below'} ${metric}`
}

function spoken({ when }: Rule): Rule | undefined {
  if (when.kind === 'forecast') return SPOKEN.get(spokenOf({ metric: when.metric }))
  return when.kind === 'metric' && !when.absent ? SPOKEN.get(spokenOf(when)) : undefined
}

/** What an alert is about, for people: as its rule says, as a built-in rule calls the same metric, or by the labels of the series. */
export function subjectOf(rule: Rule, labels: Labels, series: string): string {
  const own = rule.subject ?? spoken(rule)?.subject
  if (own !== undefined) return own(labels)
  // A check has labels of its own, and an event its kind.
  const { kind } = rule.when
  const named = kind === 'check' ? labels.check : kind === 'event' ? labels.subject : undefined
  return named ?? (labelled(labels) || unlabelled(series))
}

function labelled(labels: Labels): string {
  const names = Object.keys(labels)
  const place = (name: string) => (ABOUT.indexOf(name) + ABOUT.length + 1) % (ABOUT.length + 1)
  return names
    .sort((a, b) => place(a) - place(b))
    .map((name) => (ABOUT.includes(name) ? labels[name] : `${name} ${labels[name]}`))
    .join(' ')
}

/** `load 1m`, `memory`: the name of the metric without its unit. */
function unlabelled(series: string): string {
  return parseSeriesKey(series).name.replace(UNIT, '').replaceAll('_', ' ')
}

/** What is known of what is wrong. */
type Wrong = Pick<Active, 'value' | 'threshold' | 'direction'> & {
  readonly ahead?: Active['ahead'] | undefined
  readonly reached?: boolean
}

/** What is wrong, without the subject: `94 % used`, `97 % > 95 %`, `95 % full in 3 h 10 m`. */
export function wrongText(rule: Rule, { value, threshold, direction, ahead, reached }: Wrong, wallMs: number): string {
  const { when } = rule
  if (when.kind === 'forecast') {
    const what = rule.text?.(value, threshold) ?? limitText(when.metric, threshold)
    if (reached || ahead === undefined) return `${what} now`
    return `${what} in ${etaText(leftSeconds(ahead, wallMs))}`
  }
  const own = rule.text ?? spoken(rule)?.text
  if (own !== undefined) return own(value, threshold)
  if (when.kind !== 'metric') return ''
  const found = valueText(when.metric, value)
  const limit = limitText(when.metric, threshold)
  const isPast = direction === 'above' ? value > threshold : value < threshold
  // On its way back, or kept.
  if (!isPast) return `${found}, limit ${limit}`
  return `${found} ${direction === 'above' ? '>' : '<'} ${limit}`
}

/** Seconds that are likely left of a forecast; a clock that was set back does not make it longer. */
function leftSeconds({ asOfMs, eta }: NonNullable<Wrong['ahead']>, wallMs: number): number {
  return Math.min(eta.likely, Math.max(0, eta.likely - (wallMs - asOfMs) / 1000))
}
