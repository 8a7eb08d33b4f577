import type { Metric } from '../metric.ts'

/** An entry of the catalogue whose source is told for several at once. */
export type Entry = Omit<Metric, 'source'>

/** A value that stands for itself, not negative unless other bounds are given; ratios lie between 0 and 1. */
export function gauge(
  name: string,
  help: string,
  unit: Metric['unit'] = 'count',
  bounds?: NonNullable<Metric['bounds']>,
): Entry {
  return {
    name,
    help,
    unit,
    bounds: bounds ?? (unit === 'ratio' ? { min: 0, max: 1 } : { min: 0 }),
    derivation: { kind: 'gauge' },
  }
}

export const bytes = (name: string, help: string): Entry => gauge(name, help, 'bytes')
export const ratio = (name: string, help: string): Entry => gauge(name, help, 'ratio')

/** What only rises, until it starts over. */
export function counter(name: string, help: string, unit: Metric['unit'] = 'count'): Entry {
  return { name, help, unit, derivation: { kind: 'counter' } }
}

/** The rise of a counter a second. */
export function rate(name: string, help: string, unit: Metric['unit'], of: string): Entry {
  return { name, help, unit, bounds: { min: 0 }, derivation: { kind: 'rate', of } }
}

/** The rise of one counter for each of another. */
export function quotient(name: string, help: string, unit: Metric['unit'], of: string, by: string): Entry {
  return { name, help, unit, bounds: { min: 0 }, derivation: { kind: 'share', of: [of], in: [by] } }
}
