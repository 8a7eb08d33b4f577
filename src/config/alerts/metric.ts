import { got } from '../../lib/fields.ts'
import { nearest } from '../../lib/nearest.ts'
import type { ForecastCondition, MetricCondition } from '../../model/alert-definition.ts'
import { metricOf } from '../../model/catalogue/catalogue.ts'
import { labelsOf } from '../../model/catalogue/labels.ts'
import type { Metric } from '../../model/metric.ts'
import type { AlertKey, AlertKeys } from '../sections/alerts.ts'
import type { Said, Told } from './problems.ts'
import { readValue, writtenValue } from './value.ts'

/** What can be wrong with a series; a rule has one of them. */
const LIMITS = ['above', 'below', 'outside', 'absent', 'reaches'] as const satisfies readonly AlertKey[]
type Limit = (typeof LIMITS)[number]

/** What a rule on a metric looks for; undefined where something is wrong, which has been told. */
export function readMetric(said: Said, told: Told): MetricCondition | ForecastCondition | undefined {
  const { keys, has } = said
  const limit = theLimit(said, told)
  besides(limit, has, told)
  const metric = metricOf(keys.metric ?? '')
  if (metric === undefined) return undefined
  const { name } = metric
  const where = keys.where ?? {}
  for (const label of Object.keys(where)) wrongLabel(metric, label, told)
  switch (limit) {
    case 'above':
    case 'below': {
      const value = limitOf(limit, keys, metric, told)
      const clear = clearOf(limit, value, keys, metric, told)
      return value && { kind: 'metric', metric: name, where, [limit]: value.is, ...clear }
    }
    case 'outside': {
      const outside = outsideOf(keys, metric, told)
      return outside && { kind: 'metric', metric: name, where, outside }
    }
    case 'absent':
      if (keys.absent === false) told.tell(['absent'], 'expected true, got false')
      return { kind: 'metric', metric: name, where, absent: true }
    case 'reaches': {
      const value = limitOf(limit, keys, metric, told)
      const { within } = keys
      return value && within !== undefined
        ? { kind: 'forecast', metric: name, where, reaches: value.is, withinMs: within }
        : undefined
    }
    case undefined:
      return undefined
  }
}

function theLimit({ has, strange }: Said, { tell }: Told): Limit | undefined {
  const there = LIMITS.filter((key) => has.has(key))
  const [first, ...others] = there
  if (first === undefined) {
    if (!strange)
      tell(['metric'], `expected beside it what is wrong with it: ${LIMITS.slice(0, -1).join(', ')} or reaches`)
    return undefined
  }
  const both = has.has('above') && has.has('below') ? '; for both sides there is outside: [low, high]' : ''
  for (const other of others)
    tell([other], `a rule has one limit, and ${first} stands here already${both}; write a second rule`)
  return others.length === 0 ? first : undefined
}

/** Keys that only some limits have. */
function besides(limit: Limit | undefined, has: ReadonlySet<string>, { tell }: Told): void {
  if (has.has('within') && !has.has('reaches')) tell(['within'], 'it belongs to reaches, which does not stand here')
  if (has.has('reaches') && !has.has('within'))
    tell(['reaches'], 'expected beside it how far ahead is looked, such as within: 4h')
  if (has.has('clear') && limit !== undefined && limit !== 'above' && limit !== 'below')
    tell(['clear'], `it belongs to above and below, not to ${limit}`)
}

function wrongLabel({ name }: Metric, label: string, { tell }: Told): void {
  const labels = labelsOf(name)
  if (labels.includes(label)) return
  const meant = nearest(label, labels)
  const instead =
    labels.length === 0
      ? 'there is one such series, without labels'
      : meant === undefined
        ? `there is ${labels.join(', ')}`
        : `did you mean ${meant}?`
  tell(['where', label], `${name} has no label ${got(label)}; ${instead}`)
}

interface Value {
  readonly is: number
}

function limitOf(limit: 'above' | 'below' | 'reaches', keys: Partial<AlertKeys>, metric: Metric, told: Told) {
  const said = keys[limit]
  if (said === undefined) return undefined
  const value = readValue(said, metric, [limit], told)
  if (value === undefined) return undefined
  const never = neverPast(limit, value, metric)
  if (never === undefined) return { is: value }
  told.tell([limit], `${metric.name} ${never}: this never fires`)
  return undefined
}

/** Why a value is never past a limit; undefined where it can be. */
function neverPast(
  limit: 'above' | 'below' | 'reaches',
  value: number,
  { bounds: { min = Number.NEGATIVE_INFINITY, max = Number.POSITIVE_INFINITY } = {}, unit }: Metric,
): string | undefined {
  const tooHigh = limit === 'above' ? value >= max : limit === 'reaches' && value > max
  const tooLow = limit === 'below' ? value <= min : limit === 'reaches' && value < min
  if (tooHigh) return `is at most ${writtenValue(max, unit)}`
  return tooLow ? `is at least ${writtenValue(min, unit)}` : undefined
}

function clearOf(
  limit: 'above' | 'below',
  value: Value | undefined,
  { clear: said }: Partial<AlertKeys>,
  metric: Metric,
  told: Told,
): Pick<MetricCondition, 'clear'> {
  if (said === undefined) return {}
  const clear = readValue(said, metric, ['clear'], told)
  if (clear === undefined || value === undefined) return {}
  const wrong = limit === 'above' ? clear > value.is : clear < value.is
  if (!wrong) return { clear }
  const most = limit === 'above' ? 'at most' : 'at least'
  told.tell(['clear'], `expected ${most} ${writtenValue(value.is, metric.unit)}, which is ${limit}, got ${got(said)}`)
  return {}
}

function outsideOf({ outside: said }: Partial<AlertKeys>, metric: Metric, told: Told): [number, number] | undefined {
  if (said === undefined) return undefined
  const [low, high] = said.map((one, index) => readValue(one, metric, ['outside', index], told))
  if (low === undefined || high === undefined) return undefined
  if (low >= high) {
    told.tell(['outside', 1], `expected more than the lower limit, which is ${got(said[0])}, got ${got(said[1])}`)
    return undefined
  }
  const never = neverPast('above', high, metric)
  if (never === undefined || neverPast('below', low, metric) === undefined) return [low, high]
  told.tell(['outside'], `${metric.name} is never outside of that: this never fires`)
  return undefined
}
