import { nearest } from '../../lib/nearest.ts'
import { safeText } from '../../lib/text.ts'
import { catalogue, metricOf } from '../../model/catalogue/catalogue.ts'
import type { SeriesView } from '../../model/frame.ts'
import { type Labels, parseSeriesKey } from '../../model/series.ts'
import { UsageError } from '../options.ts'

/** What a person named: a metric, and labels that its series must have. */
export interface WantedSeries {
  readonly name: string
  readonly labels: Labels
}

/** Names of one metric that are told when none is near. */
const MOST_NAMES = 4
const MOST_KEYS = 6

/**
 * Reads `disk_used_ratio` or `disk_used_ratio{mount="/"}`, also without the quotes, which shells take away. Throws UsageError for a metric
 * that there is not, and for a counter, which only ever rises.
 */
export function wantedSeries(text: string): WantedSeries {
  const { name, labels } = parseSeriesKey(quoted(text.trim()))
  const metric = metricOf(name)
  if (metric === undefined) throw new UsageError(`there is no series "${safeText(text, 200)}"; ${instead(name)}`)
  if (metric.derivation.kind !== 'counter') return { name, labels }
  const rate = catalogue.find(({ derivation }) => derivation.kind === 'rate' && derivation.of === name)
  throw new UsageError(
    `${name}: a counter only ever rises; ${rate === undefined ? 'there is no rate of it' : `its rate is ${rate.name}`}`,
  )
}

/** Keys of the series that were named, in order of appearance; empty while there is none. */
export function keysOf({ name, labels }: WantedSeries, metrics: Pick<SeriesView, 'keys'>): readonly string[] {
  const wanted = Object.entries(labels)
  return metrics.keys(name).filter((key) => {
    const has = parseSeriesKey(key).labels
    return wanted.every(([label, value]) => has[label] === value)
  })
}

/** Why there is nothing to forecast. */
export function missingText({ name, labels }: WantedSeries, metrics: Pick<SeriesView, 'keys'>): string {
  const keys = metrics.keys(name)
  const wanted = Object.entries(labels).map(([label, value]) => `${label}="${safeText(value, 200)}"`)
  if (keys.length === 0) return `${name}: not measured on this machine`
  const more = keys.length > MOST_KEYS ? `, and ${keys.length - MOST_KEYS} more` : ''
  return `there is no ${name} with ${wanted.join(', ')}; there is ${keys.slice(0, MOST_KEYS).join(', ')}${more}`
}

/** Puts the quotes back that a shell took: `{mount=/}`. */
function quoted(text: string): string {
  return text.replace(/([{,]\s*[A-Za-z_]\w*=)([^",}]*)(?=[,}])/g, '$1"$2"')
}

function instead(name: string): string {
  const names = catalogue.filter(({ derivation }) => derivation.kind !== 'counter').map((metric) => metric.name)
  const meant = nearest(name.toLowerCase(), names)
  if (meant !== undefined) return `did you mean ${meant}?`
  const near = alike(name, names)
  return near.length === 0 ? 'docs/metrics.md lists them all' : `there is ${near.join(', ')}`
}

/** Names that share most of their words with what was said. */
function alike(said: string, names: readonly string[]): string[] {
  const words = said
    .toLowerCase()
    .split(/[^a-z0-9]+/)
    .filter((word) => word.length > 1)
  const shared = (name: string) => {
    const own = name.split('_')
    return words.filter((word) => own.includes(word)).length
  }
  return names
    .map((name) => ({ name, score: shared(name) }))
    .filter(({ score }) => score > 0)
    .sort((a, b) => b.score - a.score || a.name.length - b.name.length)
    .slice(0, MOST_NAMES)
    .map(({ name }) => name)
}
