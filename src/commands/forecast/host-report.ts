import type { ForecastReport } from '../../export/forecast-json.ts'
import { systemClock } from '../../lib/clock.ts'
import type { Frame } from '../../model/frame.ts'
import { unitOf } from '../../model/scale.ts'
import { type Build, type Options, UsageError } from '../options.ts'
import { askedLimit, hostOutlook, mainSeries } from './host.ts'
import { type ForecastOptions, thresholdOf } from './options.ts'
import { crossedMs } from './reach.ts'
import { recordedHistory, recordedKeys, recordedMs } from './recorded.ts'
import { sampleHost } from './sampling.ts'
import { keysOf, missingText, type WantedSeries, wantedSeries } from './series.ts'

/** Without a horizon: half as far as values go back, a day at the most, or until a limit is reached that was asked about, as with a file. */
const HORIZON_SHARE = 0.5
const DAY_MS = 86_400_000
/** How long it is sampled where nothing was said and no log knows anything. */
const FOR_MS = 60_000
/** What has not shown up by then is not there. Not so checks, which take their time, and processes. */
const PATIENCE_MS = 10_000
const LATE = /^(check|process)_/

/**
 * Forecasts what was named of this host, its limits and main series unless something was: from what its log knows, and one more look at it; or,
 * where that is nothing or it was told for how long, from samples. Resolves with the exit code of the signal that ended the sampling. Rejects
 * with UsageError for what is not there, as soon as that is plain.
 */
export async function hostReport(
  options: Options,
  wanted: Extract<ForecastOptions, { kind: 'host' }>,
  build: Build,
): Promise<ForecastReport | { readonly code: number }> {
  const series = wanted.series === undefined ? undefined : wantedSeries(wanted.series)
  const threshold =
    wanted.threshold === undefined ? undefined : thresholdOf(wanted.threshold, series && unitOf(series.name))
  const known = wanted.forMs === undefined ? await recordedHistory(options, systemClock.wallMs(), complain) : undefined
  const recorded = known === undefined ? [] : recordedKeys(known, series)
  const history = recorded.length > 0 ? known : undefined
  const forMs = history === undefined ? (wanted.forMs ?? FOR_MS) : options.intervalMs
  const enough = (frame: Frame, sampledMs: number) => {
    if (series !== undefined && history === undefined && !LATE.test(series.name) && sampledMs >= PATIENCE_MS)
      mustHave(series, frame)
  }
  const sampled = await sampleHost(options, build, forMs, enough, history)
  if ('code' in sampled) return sampled
  const { engine, frame } = sampled
  // What the log knows of may take its time to show up again; and of what it does not know a look says nothing.
  const has = new Set(recorded.filter((key) => engine.forecaster(key) !== undefined))
  const main = mainSeries(frame).filter((key) => history === undefined || has.has(key))
  const keys = series === undefined ? main : has.size === 0 ? mustHave(series, frame) : [...has]
  const overMs = history === undefined ? forMs : recordedMs(history, keys, frame.wallMs)
  const usualMs = Math.min(DAY_MS, overMs * HORIZON_SHARE)
  const crossings = threshold === undefined ? [] : keys.map((key) => askedLimit(engine, frame, key, threshold))
  const horizonMs = wanted.horizonMs ?? Math.max(usualMs, ...crossings.map((limit) => crossedMs(limit, usualMs)))
  const of = { horizonMs, sampledMs: overMs, recorded: history !== undefined, threshold }
  return {
    whole: series === undefined,
    source: { kind: history === undefined ? 'sampled' : 'log', overMs },
    nowMs: frame.wallMs,
    horizonMs,
    series: keys.map((key) => hostOutlook(engine, frame, key, of)),
    limits: frame.forecasts
      .filter((limit) => series === undefined || keys.includes(limit.series))
      .map((limit) => ({ ...limit, value: frame.metrics.value(limit.series) })),
  }
}

function complain(text: string): void {
  process.stderr.write(`healthtop: ${text}\n`)
}

/** Keys of the series that was named. Throws UsageError when there is none. */
function mustHave(series: WantedSeries, { metrics }: Frame): readonly string[] {
  const keys = keysOf(series, metrics)
  if (keys.length === 0) throw new UsageError(missingText(series, metrics))
  return keys
}
