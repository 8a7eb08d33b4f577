import type { Engine } from '../../engine/engine.ts'
import { stepFor } from '../../export/forecast-times.ts'
import type { AskedLimit, Outlook } from '../../export/outlook.ts'
import { predictionsAhead, type SeriesForecaster } from '../../forecast/series-forecaster.ts'
import { timeToLimit } from '../../forecast/time-to-limit.ts'
import type { Prediction } from '../../model/forecast.ts'
import type { Frame } from '../../model/frame.ts'
import { unitOf } from '../../model/scale.ts'
import { parseSeriesKey } from '../../model/series.ts'
import type { Threshold } from '../../model/threshold.ts'
import { directionOf } from './options.ts'

const MINUTE_MS = 60_000

/** What people look at first, in the order of the screen; series of a metric that there is not are left out. */
const MAIN: readonly string[] = [
  'cpu_used_ratio',
  'load_1m',
  'memory_used_ratio',
  'swap_used_ratio',
  'pressure_cpu_some_ratio',
  'pressure_memory_some_ratio',
  'pressure_io_some_ratio',
  'disk_busy_ratio',
  'network_receive_bytes_per_second',
  'network_transmit_bytes_per_second',
  'check_latency_seconds',
]

/** Keys of the main series of a machine: of its real interfaces, and of everything else all. */
export function mainSeries({ metrics, interfaces }: Frame): string[] {
  const real = new Set(interfaces.filter(({ virtual }) => !virtual).map(({ name }) => name))
  return MAIN.flatMap((name) => metrics.keys(name)).filter((key) => {
    const { interface: link } = parseSeriesKey(key).labels
    return link === undefined || real.has(link)
  })
}

export interface HostOutlookOptions {
  readonly horizonMs: number
  /** How long the host was sampled, or how far back its log goes. */
  readonly sampledMs: number
  /** It comes from the log, which knows minutes. */
  readonly recorded?: boolean
  readonly threshold?: Threshold | undefined
}

/** What is expected of a series of this host, by the forecaster that the dashboard has of it. */
export function hostOutlook(
  engine: Pick<Engine, 'forecaster'>,
  frame: Frame,
  key: string,
  options: HostOutlookOptions,
): Outlook {
  const { horizonMs, sampledMs, recorded = false, threshold } = options
  const { metrics, wallMs } = frame
  const forecaster = engine.forecaster(key)
  const everyMs = recorded ? MINUTE_MS : (forecaster?.fast.plan.stepMs ?? 1000)
  const past = metrics.window(key, {
    endMs: wallMs,
    stepMs: everyMs,
    count: Math.max(2, Math.ceil(sampledMs / everyMs) + 1),
    by: 'mean',
  })
  const value = metrics.value(key)
  const unit = unitOf(key)
  const known = past.reduce((count, one) => count + (Number.isNaN(one) ? 0 : 1), 0)
  const taken = recorded ? forecaster?.slow : forecaster?.fast
  const { stepMs, ahead } = predictions(forecaster, horizonMs, sampledMs, everyMs)
  return {
    series: key,
    ...(unit !== undefined && { unit }),
    nowMs: wallMs,
    ...(value !== undefined && { value }),
    history: { stepMs: everyMs, values: fromFirst(past) },
    // A window may know a sample, a warm-up, that no forecaster was given.
    samples: ahead.length === 0 ? Math.min(known, taken?.count ?? 0) : known,
    ...(recorded && { minutes: true as const }),
    stepMs,
    horizonMs,
    ahead,
    ...(threshold && { limit: askedLimit(engine, frame, key, threshold) }),
  }
}

/** Up to where anything can be said: where that is not as far as was asked, in steps for so far. */
function predictions(
  forecaster: SeriesForecaster | undefined,
  horizonMs: number,
  sampledMs: number,
  everyMs: number,
): Pick<Outlook, 'stepMs' | 'ahead'> {
  const stepMs = stepFor(horizonMs, everyMs)
  if (forecaster === undefined) return { stepMs, ahead: [] }
  const ahead = inSteps(forecaster, stepMs, horizonMs)
  const finer = stepFor(Math.min(sampledMs, horizonMs), everyMs)
  if (ahead.length * stepMs >= horizonMs || finer === stepMs) return { stepMs, ahead }
  return { stepMs: finer, ahead: inSteps(forecaster, finer, horizonMs) }
}

function inSteps(forecaster: SeriesForecaster, stepMs: number, horizonMs: number): Prediction[] {
  const predict = predictionsAhead(forecaster)
  const found: Prediction[] = []
  for (let step = 1; step <= Math.ceil(horizonMs / stepMs); step++) {
    const prediction = predict(step * stepMs)
    if (prediction === undefined) break
    found.push(prediction)
  }
  return found
}

/** When a series of this host reaches a threshold. */
export function askedLimit(
  engine: Pick<Engine, 'forecaster'>,
  { metrics }: Pick<Frame, 'metrics'>,
  key: string,
  threshold: Threshold,
): AskedLimit {
  const forecaster = engine.forecaster(key)
  const value = metrics.value(key)
  const sided = { threshold: threshold.value, direction: directionOf(threshold, value) }
  const beyond =
    value !== undefined && (sided.direction === 'above' ? value >= threshold.value : value <= threshold.value)
  if (beyond) return { ...sided, time: { kind: 'reached' } }
  return { ...sided, time: forecaster === undefined ? { kind: 'unknown' } : timeToLimit(forecaster, sided) }
}

/** Without the steps before the first one that is known. */
function fromFirst(values: Float64Array): Float64Array {
  const first = values.findIndex((value) => !Number.isNaN(value))
  return first < 0 ? values.subarray(-1) : values.subarray(first)
}
