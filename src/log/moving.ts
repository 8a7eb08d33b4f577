import { metricOf } from '../model/catalogue/catalogue.ts'
import type { Metric, Unit } from '../model/metric.ts'

/** Units of what is different each time one looks: the mean over some seconds says more than the last value. Bytes, counts and times are levels. */
const MOVING: ReadonlySet<Unit> = new Set([
  'ratio',
  'bytes_per_second',
  'per_second',
  'hertz',
  'celsius',
  'watts',
  'rpm',
])

/** How several values of a metric become one: the mean of what moves (rates, shares), the last of what is a level or a yes or no. */
export function joiningOf(name: string): 'mean' | 'last' {
  const metric = metricOf(name)
  return metric !== undefined && moves(metric) ? 'mean' : 'last'
}

function moves({ unit, derivation }: Metric): boolean {
  return derivation.kind === 'rate' || derivation.kind === 'share' || MOVING.has(unit)
}
