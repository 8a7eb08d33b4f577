import { metricOf } from './catalogue/catalogue.ts'
import type { Unit } from './metric.ts'
import { parseSeriesKey } from './series.ts'

/** One unit and one number of decimals for values that stand below or beside each other. */
export interface Scale {
  /** What a value is divided by. */
  readonly divisor: number
  /** `%`, `GiB`, `MB/s`; empty where there is none. */
  readonly unit: string
  readonly decimals: number
}

/** Steps of a unit, largest first: from this size on, in its unit. */
type Steps = readonly (readonly [size: number, unit: string])[]

const powers = (base: number, units: readonly string[]): Steps =>
  units.map((unit, power) => [base ** power, unit] as const).reverse()

const STEPS: Readonly<Record<Unit, Steps>> = {
  ratio: [[0.01, '%']],
  bytes: powers(1024, ['B', 'KiB', 'MiB', 'GiB', 'TiB', 'PiB']),
  bytes_per_second: powers(1000, ['B/s', 'kB/s', 'MB/s', 'GB/s', 'TB/s']),
  seconds: [
    [86_400, 'd'],
    [3600, 'h'],
    [60, 'min'],
    [1, 's'],
    [0.001, 'ms'],
  ],
  per_second: powers(1000, ['/s', 'k/s', 'M/s', 'G/s']),
  count: powers(1000, ['', 'k', 'M', 'G', 'T']),
  hertz: powers(1000, ['Hz', 'kHz', 'MHz', 'GHz']),
  celsius: [[1, '°C']],
  watts: [[1, 'W']],
  rpm: [[1, 'rpm']],
}
/** A number without a unit, of a file: no k and M, since nobody knows what it is a number of. */
const BARE: Steps = [[1, '']]

/** Significant digits of the largest value, and of the spread of them all. */
const DIGITS = 3
const SPREAD_DIGITS = 2
/** Values that hardly differ get so many digits more, not any number of them. */
const MORE_DIGITS = 2
const MOST_DECIMALS = 6
/** 999.6 kB would round to 1000. */
const ROUNDS_UP = 0.9995

/** The unit of a series, by the catalogue; undefined for a name it does not know. */
export function unitOf(series: string): Unit | undefined {
  return metricOf(parseSeriesKey(series).name)?.unit
}

/**
 * How values of a unit are told together: the unit that the largest has, and decimals so that the largest has three digits and that they
 * can be told from each other. What is no number does not count.
 */
export function scaleOf(unit: Unit | undefined, values: Iterable<number>): Scale {
  const known = [...values].filter(Number.isFinite)
  const [low, high] = extremes(known)
  const most = Math.max(Math.abs(low), Math.abs(high))
  const steps = unit === undefined ? BARE : STEPS[unit]
  const least = steps.at(-1) as Steps[number]
  // Nothing at all is told in the unit itself, not in its smallest part.
  const wanted = most === 0 ? 1 : most
  const [divisor, name] = steps.find(([size]) => wanted >= size * ROUNDS_UP) ?? least
  const scaled = known.map((value) => value / divisor)
  return { divisor, unit: name, decimals: decimalsFor(unit, scaled) }
}

function extremes(values: readonly number[]): readonly [low: number, high: number] {
  let [low, high] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY]
  for (const value of values) {
    low = Math.min(low, value)
    high = Math.max(high, value)
  }
  return values.length === 0 ? [0, 0] : [low, high]
}

/** Of the unit `ratio` as everywhere else: whole from 10 % up, one decimal below. */
function decimalsFor(unit: Unit | undefined, values: readonly number[]): number {
  const [low, high] = extremes(values)
  const most = Math.max(Math.abs(low), Math.abs(high))
  if (most === 0 || values.every(Number.isInteger)) return 0
  const digits = DIGITS - 1 - Math.floor(Math.log10(most / ROUNDS_UP))
  const forMost = unit === 'ratio' ? (most >= 9.95 ? 0 : 1) : Math.max(0, digits)
  const spread = high - low
  const forSpread = spread > 0 ? SPREAD_DIGITS - 1 - Math.floor(Math.log10(spread)) : 0
  return Math.min(MOST_DECIMALS, Math.max(forMost, Math.min(forSpread, digits + MORE_DIGITS)))
}

/** The figure of a value on a scale: `43.1`. */
export function figureOf(value: number, { divisor, decimals }: Scale): string {
  const text = (value / divisor).toFixed(decimals)
  return Number(text) === 0 ? text.replace('-', '') : text
}

/** The value with its unit: `43.1 %`, `2.4 GiB`, `41/s`. */
export function scaledText(value: number, scale: Scale): string {
  const { unit } = scale
  return `${figureOf(value, scale)}${unit === '' || unit === '/s' ? unit : ` ${unit}`}`
}
