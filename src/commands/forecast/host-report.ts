import type { ForecastReport } from '../../export/forecast-json.ts'
import type { Frame } from '../../model/frame.ts'
import { unitOf } from '../../model/scale.ts'
import { type Build, type Options, UsageError } from '../options.ts'
import { askedLimit, hostOutlook, mainSeries } from './host.ts'
import { type ForecastOptions, thresholdOf } from './options.ts'
import { crossedMs } from './reach.ts'
import { sampleHost } from './sampling.ts'
import { keysOf, missingText, type WantedSeries, wantedSeries } from './series.ts'

/** Without a horizon: half as far as it was sampled, or until a limit is reached that was asked about, as with a file. */
const HORIZON_SHARE = 0.5
/** What has not shown up by then is not there. Not so checks, which take their time, and processes. */
const PATIENCE_MS = 10_000
const LATE = /^(check|process)_/

/**
 * Samples this host and forecasts what was named of it, its limits and main series unless something was; or the exit code of the signal
 * that ended the sampling. Rejects with UsageError for what is not there, as soon as that is plain.
 */
export async function hostReport(
  options: Options,
  wanted: Extract<ForecastOptions, { kind: 'host' }>,
  build: Build,
): Promise<ForecastReport | { readonly code: number }> {
  const { forMs } = wanted
  const series = wanted.series === undefined ? undefined : wantedSeries(wanted.series)
  const threshold =
    wanted.threshold === undefined ? undefined : thresholdOf(wanted.threshold, series && unitOf(series.name))
  const sampled = await sampleHost(options, build, forMs, (frame, sampledMs) => {
    if (series !== undefined && !LATE.test(series.name) && sampledMs >= PATIENCE_MS) mustHave(series, frame)
  })
  if ('code' in sampled) return sampled
  const { engine, frame } = sampled
  const keys = series === undefined ? mainSeries(frame) : mustHave(series, frame)
  const usualMs = forMs * HORIZON_SHARE
  const crossings = threshold === undefined ? [] : keys.map((key) => askedLimit(engine, frame, key, threshold))
  const horizonMs = wanted.horizonMs ?? Math.max(usualMs, ...crossings.map((limit) => crossedMs(limit, usualMs)))
  return {
    whole: series === undefined,
    nowMs: frame.wallMs,
    horizonMs,
    series: keys.map((key) => hostOutlook(engine, frame, key, { horizonMs, sampledMs: forMs, threshold })),
    limits: frame.forecasts
      .filter((limit) => series === undefined || keys.includes(limit.series))
      .map((limit) => ({ ...limit, value: frame.metrics.value(limit.series) })),
  }
}

/** Keys of the series that was named. Throws UsageError when there is none. */
function mustHave(series: WantedSeries, { metrics }: Frame): readonly string[] {
  const keys = keysOf(series, metrics)
  if (keys.length === 0) throw new UsageError(missingText(series, metrics))
  return keys
}
