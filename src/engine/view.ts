import type { Ahead, AheadRequest } from '../model/forecast.ts'
import type { SeriesView, WindowRequest } from '../model/frame.ts'
import type { Forecasts } from './forecasts/forecasts.ts'
import type { Series } from './series.ts'
import type { Store } from './store.ts'
import { type Extent, extentOf, readWindow } from './window.ts'

/** A series that fell silent this much earlier than the others of its metric is gone, not stale. */
const GONE_MS = 60_000
const NOTHING: ReadonlyMap<string, number> = new Map()

/** The store as it stood at one moment: it reads nothing at or after its own ends. */
export class View implements SeriesView {
  readonly #store: Store
  readonly #extent: Extent
  readonly #forecasts: Forecasts
  /** Values of warm-up samples: shown, never stored. */
  readonly #warm: ReadonlyMap<string, number>

  constructor(store: Store, forecasts: Forecasts, monoMs: number) {
    this.#store = store
    this.#forecasts = forecasts
    this.#extent = extentOf(store)
    this.#warm = warmValues(store, monoMs)
  }

  value(key: string): number | undefined {
    return this.#warm.get(key) ?? this.stored(key)
  }

  /** As `value`, without what only a warm-up sample says. */
  stored(key: string): number | undefined {
    const value = this.#store.get(key)?.ring.at(this.#extent.slots - 1)
    return value === undefined || Number.isNaN(value) ? undefined : value
  }

  last(key: string): number | undefined {
    const now = this.value(key)
    if (now !== undefined) return now
    const series = this.#store.get(key)
    if (series === undefined) return undefined
    const { slots } = this.#extent
    const value = series.lastIndex < slots ? series.lastValue : series.ring.at(series.lastKnownBefore(slots))
    return Number.isNaN(value) ? undefined : value
  }

  keys(name: string): readonly string[] {
    const series = this.#store.named(name)
    if (series.length === 0) return []
    const times = series.map((one) => this.#seenMono(one))
    const newest = Math.max(...times)
    if (newest - Math.min(...times) <= GONE_MS) return this.#store.keysOf(name)
    return series.filter((_, i) => newest - (times[i] as number) <= GONE_MS).map((one) => one.key)
  }

  window(key: string, request: WindowRequest): Float64Array {
    const series = this.#store.get(key)
    if (series === undefined) return new Float64Array(request.count).fill(Number.NaN)
    return readWindow(this.#store, series, this.#extent, request)
  }

  ahead(key: string, request: AheadRequest): Ahead | undefined {
    const series = this.#store.get(key)
    return series && this.#forecasts.ahead(series, this.#extent, request)
  }

  *entries(): Iterable<readonly [string, number]> {
    for (const series of this.#store.all()) {
      const value = this.value(series.key)
      if (value !== undefined) yield [series.key, value]
    }
  }

  /** When the series last had a value, as far as this view can tell; infinite for never. */
  #seenMono(series: Series): number {
    const { slots } = this.#extent
    if (this.#warm.has(series.key)) return Math.max(0, this.#store.monos.at(slots - 1) || 0)
    const index = series.lastKnownBefore(slots)
    return index < 0 ? Number.NEGATIVE_INFINITY : this.#store.monos.at(index)
  }
}

function warmValues(store: Store, monoMs: number): ReadonlyMap<string, number> {
  if (monoMs > store.warmUntilMono) return NOTHING
  const values = new Map<string, number>()
  for (const series of store.all()) {
    if (series.warm && monoMs <= series.untilMono && !Number.isNaN(series.current))
      values.set(series.key, series.current)
  }
  return values
}
