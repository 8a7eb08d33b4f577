import { parseDuration } from '../../lib/duration.ts'
import type { Unit } from '../../model/metric.ts'
import { parseThreshold, type Threshold } from '../../model/threshold.ts'
import { oneOf, UsageError } from '../options.ts'

const FORMATS = ['table', 'json'] as const

/** Options of `forecast` as commander gives them. */
export interface RawForecastOptions {
  readonly horizon?: string
  readonly threshold?: string
  readonly plot?: boolean
  readonly format?: string
  readonly for?: string
  readonly file?: string
  readonly stdin?: boolean
}

/** How a forecast is printed. */
export interface ForecastLook {
  readonly format: 'table' | 'json' | 'plot'
  /** Undefined unless it was said. */
  readonly horizonMs?: number
  /** As it was said: how it reads depends on the unit of the series. */
  readonly threshold?: string
}

/** What is forecast: this host, a file, or the lines of stdin. */
export type ForecastOptions =
  | { readonly kind: 'lines' }
  | (ForecastLook & { readonly kind: 'file'; readonly path: string })
  | (ForecastLook & {
      readonly kind: 'host'
      /** What was named; all limits and main series unless something was. */
      readonly series?: string
      /** How long this host is sampled; undefined unless it was said: then it is asked what its log knows. */
      readonly forMs?: number
    })

const LEAST_FOR_MS = 1000
const DAY_MS = 86_400_000
const MOST_HORIZON_MS = 3650 * DAY_MS

/** Checks what was said of `forecast`. Throws UsageError. */
export function checkForecast(raw: RawForecastOptions, series: string | undefined): ForecastOptions {
  if (raw.stdin === true) {
    const other = Object.keys(raw).find((name) => name !== 'stdin') ?? (series === undefined ? undefined : 'series')
    if (other === undefined) return { kind: 'lines' }
    throw new UsageError(
      `--stdin: each line says what is wanted; leave out ${other === 'series' ? `"${series}"` : `--${other}`}`,
    )
  }
  const format = oneOf('--format', raw.format ?? 'table', FORMATS)
  if (raw.plot === true && raw.format === 'json')
    throw new UsageError('--plot: a picture is no JSON; leave out --format')
  const horizonMs = duration('--horizon', raw.horizon, 1, MOST_HORIZON_MS, '1ms to 3650d')
  const forMs = duration('--for', raw.for, LEAST_FOR_MS, DAY_MS, '1s to 1d')
  const look: ForecastLook = {
    format: raw.plot === true ? 'plot' : format,
    ...(horizonMs !== undefined && { horizonMs }),
    ...(raw.threshold !== undefined && { threshold: raw.threshold }),
  }
  if (raw.file !== undefined) {
    if (raw.file === '') throw new UsageError('--file: expected a file, or - for stdin, got nothing')
    if (series !== undefined) throw new UsageError(`--file: the series is what the file holds; leave out "${series}"`)
    if (forMs !== undefined) throw new UsageError('--for: says how long this host is sampled; a file is all there is')
    return { kind: 'file', path: raw.file, ...look }
  }
  if (series === undefined) {
    const needs = raw.plot === true ? '--plot' : raw.threshold === undefined ? undefined : '--threshold'
    if (needs !== undefined)
      throw new UsageError(`${needs}: of which series? Name it: healthtop forecast cpu_used_ratio ${needs}`)
  }
  return { kind: 'host', ...(forMs !== undefined && { forMs }), ...(series !== undefined && { series }), ...look }
}

function duration(option: string, text: string | undefined, least: number, most: number, range: string) {
  if (text === undefined) return undefined
  const ms = parseDuration(text)
  if (ms === undefined) throw new UsageError(`${option}: expected a duration such as 90s, 30m or 4h, got "${text}"`)
  if (ms < least || ms > most) throw new UsageError(`${option}: expected ${range}, got "${text}"`)
  return ms
}

/** The limit that was asked about, for a series of this unit. Throws UsageError. */
export function thresholdOf(text: string, unit: Unit | undefined): Threshold {
  const read = parseThreshold(text, unit)
  if ('expected' in read) throw new UsageError(`--threshold: expected ${read.expected}, got "${text}"`)
  return read
}

/** The side a limit is reached from: the one that was said, else the one on which the series is not. */
export function directionOf({ value, direction }: Threshold, now: number | undefined): 'above' | 'below' {
  return direction ?? (now !== undefined && now > value ? 'below' : 'above')
}
