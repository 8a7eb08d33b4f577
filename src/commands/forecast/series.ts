import { safeText } from '../../lib/text.ts'
import { metricNamed } from '../../model/catalogue/named.ts'
import type { SeriesView } from '../../model/frame.ts'
import { hasLabels, type Labels, parseSeriesKey } from '../../model/series.ts'
import { UsageError } from '../options.ts'

/** What a person named: a metric, and labels that its series must have. */
export interface WantedSeries {
  readonly name: string
  readonly labels: Labels
}

const MOST_KEYS = 6

/**
 * Reads `disk_used_ratio` or `disk_used_ratio{mount="/"}`, also without the quotes, which shells take away. Throws UsageError for a metric
 * that there is not, and for a counter, which only ever rises.
 */
export function wantedSeries(text: string): WantedSeries {
  const { name, labels } = parseSeriesKey(quoted(text.trim()))
  const metric = metricNamed(name)
  if (!('wrong' in metric)) return { name, labels }
  const { wrong, instead } = metric
  throw new UsageError(
    wrong === 'unknown' ? `there is no series "${safeText(text, 200)}"; ${instead}` : `${name}: ${instead}`,
  )
}

/** Keys of the series that were named, in order of appearance; empty while there is none. */
export function keysOf(wanted: WantedSeries, metrics: Pick<SeriesView, 'keys'>): readonly string[] {
  return metrics.keys(wanted.name).filter((key) => hasLabels(parseSeriesKey(key).labels, wanted.labels))
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
