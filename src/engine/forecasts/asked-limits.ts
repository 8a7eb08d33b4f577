import type { TimedLimit } from '../../alerts/world.ts'
import { timeToLimit } from '../../forecast/time-to-limit.ts'
import type { LimitForecast } from '../../model/forecast.ts'
import type { Store } from '../store.ts'
import type { Forecasts } from './forecasts.ts'

/** Limits of rules move as slowly as those that are shown. */
const EVERY_MS = 10_000

/** Less of these is worse: their limits are reached from above. */
const FALLING = /certificate_seconds|_available|_free|battery_charge/

/**
 * Times to limits that alert rules ask for: those that are watched for anyway are read from their list, others are looked at every ten
 * seconds for as long as somebody asks.
 */
export class AskedLimits {
  readonly #store: Store
  readonly #forecasts: Forecasts
  #list: readonly LimitForecast[] = []
  #watched: ReadonlyMap<string, TimedLimit> = new Map()
  readonly #asked = new Map<string, TimedLimit & { readonly lookedMono: number }>()

  constructor(store: Store, forecasts: Forecasts) {
    this.#store = store
    this.#forecasts = forecasts
  }

  /** The limits that are watched for, as of this frame. */
  use(list: readonly LimitForecast[]): void {
    if (list === this.#list) return
    this.#list = list
    this.#watched = new Map(list.map((limit) => [nameOf(limit.series, limit.threshold), limit]))
  }

  /** Undefined for a series that there is not, and while its value is not known. */
  timeTo(key: string, threshold: number, wallMs: number, monoMs: number): TimedLimit | undefined {
    const series = this.#store.get(key)
    if (series === undefined || Number.isNaN(series.storedAt(monoMs))) return undefined
    const name = nameOf(key, threshold)
    const watched = this.#watched.get(name)
    if (watched !== undefined) return watched
    const known = this.#asked.get(name)
    if (known !== undefined && monoMs - known.lookedMono < EVERY_MS) return known
    const direction = FALLING.test(series.name) ? 'below' : 'above'
    const forecaster = this.#forecasts.forLimits(series)
    // Its history is still being read.
    if (forecaster === undefined) return undefined
    const time = timeToLimit(forecaster, { threshold, direction })
    const looked = { asOfMs: wallMs, direction, time, lookedMono: monoMs } as const
    this.#asked.set(name, looked)
    return looked
  }
}

function nameOf(series: string, threshold: number): string {
  return `${threshold} ${series}`
}
