import { nearest } from '../../lib/nearest.ts'
import type { Metric } from '../metric.ts'
import { catalogue, metricOf } from './catalogue.ts'

/** Names of metrics that are told when none is near. */
const MOST_NAMES = 4

/** The names of the metrics that have series of values: all but the counters. */
export const VALUE_METRICS: readonly string[] = catalogue
  .filter(({ derivation }) => derivation.kind !== 'counter')
  .map(({ name }) => name)

/** The metric that a person named, or why it is none whose values can be looked at, for an error: the name stands before it. */
export function metricNamed(
  name: string,
): Metric | { readonly wrong: 'unknown' | 'counter'; readonly instead: string } {
  const metric = metricOf(name)
  if (metric === undefined) return { wrong: 'unknown', instead: meantBy(name) }
  if (metric.derivation.kind !== 'counter') return metric
  const rate = catalogue.find(({ derivation }) => derivation.kind === 'rate' && derivation.of === name)
  const instead = rate === undefined ? 'there is no rate of it' : `its rate is ${rate.name}`
  return { wrong: 'counter', instead: `a counter only ever rises; ${instead}` }
}

function meantBy(name: string): string {
  const meant = nearest(name.toLowerCase(), VALUE_METRICS)
  if (meant !== undefined) return `did you mean ${meant}?`
  const near = alike(name)
  return near.length === 0 ? 'docs/metrics.md lists them all' : `there is ${near.join(', ')}`
}

/** Names that share most of their words with what was said. */
function alike(said: string): string[] {
  const words = said
    .toLowerCase()
    .split(/[^a-z0-9]+/)
    .filter((word) => word.length > 1)
  const shared = (name: string) => {
    const own = name.split('_')
    return words.filter((word) => own.includes(word)).length
  }
  return VALUE_METRICS.map((name) => ({ name, score: shared(name) }))
    .filter(({ score }) => score > 0)
    .sort((a, b) => b.score - a.score || a.name.length - b.name.length)
    .slice(0, MOST_NAMES)
    .map(({ name }) => name)
}
