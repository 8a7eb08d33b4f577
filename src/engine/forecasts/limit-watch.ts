import { trackRecord } from '../../forecast/forecaster.ts'
import { perHour, timeToLimit } from '../../forecast/time-to-limit.ts'
import type { LimitForecast, TimeToLimit } from '../../model/forecast.ts'
import { keepIdentity } from '../identity.ts'
import type { Store } from '../store.ts'
import type { Forecasts } from './forecasts.ts'
import { type Known, type WatchedLimit, watchedLimits } from './limits.ts'

/** Times to limits move slowly, and each costs a look along a forecast. */
const EVERY_MS = 10_000
/** A time is at most this share of itself old, but for what comes within seconds. */
const OLD = 0.1
const LEAST_MS = 1000
/** What is reached sooner than that is there, for all that anybody could do. */
const LEAST_S = 1
const REACHED: TimeToLimit = { kind: 'reached' }
/** What is reached within this time is a warning: there is no more than half a shift left to act. */
const SOON_S = 4 * 3600

/** Order of the list: what is there, what will be, what may, the rest. */
const ORDER: readonly TimeToLimit['kind'][] = ['reached', 'heading', 'too soon', 'steady', 'unknown']

/** Says who is behind a limit that will be reached. */
export type Blame = (limit: WatchedLimit, perHour: number | undefined) => string | undefined

/** When each watched limit will be reached, looked at anew every ten seconds and whenever there are other limits. */
export class LimitWatch {
  readonly #everyMs: number
  readonly #store: Store
  readonly #forecasts: Forecasts
  #list: readonly LimitForecast[] = []
  /** What a change of means another look at once. */
  #known: Pick<Known, 'mounts' | 'watched'> | undefined
  #lookedMono = Number.NEGATIVE_INFINITY
  /** The first minute there was at the last look: an earlier one is a history that came. */
  #firstMinute = 0
  /** The history of some series is still being read. */
  #reading = false

  /** `everyMs`: how often it is looked again, where nothing else changes. */
  constructor(store: Store, forecasts: Forecasts, everyMs = EVERY_MS) {
    this.#everyMs = everyMs
    this.#store = store
    this.#forecasts = forecasts
  }

  /** Soonest first; the same list until there was another look. */
  at(known: Known, wallMs: number, monoMs: number, blame: Blame): readonly LimitForecast[] {
    const { mounts, watched } = known
    const { first } = this.#store.minuteWalls
    const same =
      !this.#reading &&
      this.#firstMinute === first &&
      this.#known?.mounts === mounts &&
      this.#known.watched?.label === watched?.label
    if (same && monoMs - this.#lookedMono < this.#patienceMs()) return this.#list
    this.#known = { mounts, watched }
    this.#lookedMono = monoMs
    this.#firstMinute = first
    this.#reading = false
    const looked = watchedLimits(known).flatMap((limit) => this.#look(limit, wallMs, monoMs, blame) ?? [])
    this.#list = keepIdentity(this.#list, looked.sort(bySoonest))
    return this.#list
  }

  #patienceMs(): number {
    const soonest = this.#list.find(({ time }) => time.kind === 'heading')?.time
    if (soonest?.kind !== 'heading') return this.#everyMs
    return Math.min(this.#everyMs, Math.max(LEAST_MS, OLD * 1000 * soonest.eta.likely))
  }

  /** Undefined for what was never measured (not every file system counts inodes) and for a process that is not watched any more. */
  #look(limit: WatchedLimit, asOfMs: number, monoMs: number, blame: Blame): LimitForecast | undefined {
    const series = this.#store.get(limit.series)
    if (series === undefined) return undefined
    const value = series.storedAt(monoMs)
    if (Number.isNaN(value)) {
      return limit.family === 'process' ? undefined : { ...limit, asOfMs, time: { kind: 'unknown' } }
    }
    // A certificate ends when it ends.
    if (limit.family === 'check') return { ...limit, asOfMs, time: countdown(value) }
    const forecaster = this.#forecasts.forLimits(series)
    if (this.#forecasts.isReading(series)) this.#reading = true
    if (forecaster === undefined) return { ...limit, asOfMs, time: { kind: 'unknown' } }
    const ahead: TimeToLimit = value >= limit.threshold ? REACHED : timeToLimit(forecaster, limit)
    // A file system that is full stays a block away from all of it.
    const time = ahead.kind === 'heading' && ahead.eta.likely < LEAST_S ? REACHED : ahead
    const trend = perHour(forecaster)
    const record = trackRecord(forecaster.slow) ?? trackRecord(forecaster.fast)
    const cause = time.kind === 'heading' ? blame(limit, trend) : undefined
    return {
      ...limit,
      asOfMs,
      time,
      ...(trend !== undefined && { perHour: trend }),
      ...(record && { record }),
      ...(time.kind === 'heading' && time.eta.likely <= SOON_S && { severity: 'warning' as const }),
      ...(cause !== undefined && { cause }),
    }
  }
}

function countdown(seconds: number): TimeToLimit {
  if (seconds <= 0) return REACHED
  return { kind: 'heading', eta: { earliest: seconds, likely: seconds, latest: seconds } }
}

function bySoonest(a: LimitForecast, b: LimitForecast): number {
  if (a.time.kind === 'heading' && b.time.kind === 'heading') return a.time.eta.likely - b.time.eta.likely
  return ORDER.indexOf(a.time.kind) - ORDER.indexOf(b.time.kind)
}
