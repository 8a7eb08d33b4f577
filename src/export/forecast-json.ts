import type { LimitForecast, Prediction } from '../model/forecast.ts'
import type { Outlook } from './outlook.ts'

/** Version of the object; raised when a key changes its meaning. */
const VERSION = 1

/** Where the values come from, and how far back they go. */
export interface ForecastSource {
  readonly kind: 'log' | 'sampled' | 'file'
  readonly overMs: number
}

/** All that a forecast tells, whatever it is printed as. */
export interface ForecastReport {
  readonly nowMs: number
  readonly horizonMs: number
  readonly series: readonly Outlook[]
  /** Limits that are watched for anyway, and what their series are now. */
  readonly limits: readonly (LimitForecast & { readonly value?: number | undefined })[]
  /** It is of a whole machine, and not of what somebody named. */
  readonly whole: boolean
  readonly source: ForecastSource
}

/**
 * The report as one plain object: what `forecast --format json` prints. Keys are a public contract (docs/forecast.md): durations are seconds,
 * values in the unit of their series; what is not known is null.
 */
export function forecastJson({ nowMs, horizonMs, series, limits, source }: ForecastReport): object {
  const asked = series.flatMap(({ series: key, limit }) => (limit === undefined ? [] : [{ series: key, ...limit }]))
  return {
    v: VERSION,
    t: nowMs,
    horizon_s: horizonMs / 1000,
    source: source.kind,
    source_s: source.overMs / 1000,
    series: series.map(outlookJson),
    forecasts: [...asked.map(limitJson), ...headingJson(limits)],
  }
}

/** Limits that something heads for, soonest first: `forecasts` of a snapshot. */
export function headingJson(limits: readonly LimitForecast[]): object[] {
  return limits.filter(({ time }) => time.kind === 'heading').map(limitJson)
}

/** When a limit is reached; null when nothing heads there, or is known. */
function limitJson({ series, threshold, time }: Pick<LimitForecast, 'series' | 'threshold' | 'time'>): object {
  const etaOf = () => {
    if (time.kind === 'reached') return { earliest: 0, likely: 0, latest: 0 }
    if (time.kind !== 'heading') return null
    const { earliest, likely, latest } = time.eta
    return { earliest, likely, latest: latest ?? null }
  }
  return { series, threshold, eta_s: etaOf() }
}

function outlookJson({ series, unit, value, stepMs, ahead }: Outlook): object {
  const all = (part: keyof Prediction) => (ahead.length === 0 ? null : ahead.map((prediction) => prediction[part]))
  return {
    series,
    unit: unit ?? null,
    value: value ?? null,
    step_s: stepMs / 1000,
    mean: all('mean'),
    lo80: all('low80'),
    hi80: all('high80'),
    lo95: all('low95'),
    hi95: all('high95'),
  }
}
