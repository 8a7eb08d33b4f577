import { Ring } from '../lib/ring.ts'
import type { Sample } from '../model/sample.ts'
import type { Labels } from '../model/series.ts'
import { LONG_SLOTS, MINUTES, Series } from './series.ts'
import { STALE_INTERVALS } from './stale.ts'

const MINUTE_MS = 60_000
const FORGET_MS = 3_600_000

/** What the store must know of the things that series are about. */
export interface StorePolicy {
  /** Series that stay although nothing was heard of them for an hour. */
  readonly keeps?: (labels: Labels) => boolean
  /** Series whose new values are not to be believed: they are not known, but have a last value. */
  readonly doubts?: (labels: Labels) => boolean
}

/**
 * All series there are. Time is cut into slots: one a frame that brought samples, shared by all series, so that one ring of wall
 * times serves them all. A probe that is read less often than that has its last value repeated until it is too old.
 */
export class Store {
  /** Wall and monotonic time of each slot. */
  readonly walls = new Ring(LONG_SLOTS)
  readonly monos = new Ring(LONG_SLOTS)
  /** Wall time at which each minute of the minute tier starts. */
  readonly minuteWalls = new Ring(MINUTES)
  /** Shortest interval of the probes so far: two slots further apart than 2.5 of it have a gap between them. */
  everyMs = Number.POSITIVE_INFINITY
  /** The first slot after the last jump back of the wall clock: from here on wall times rise. */
  risingFrom = 0
  readonly #byKey = new Map<string, Series>()
  readonly #byName = new Map<string, Series[]>()
  readonly #bySource = new Map<string, Set<Series>>()
  readonly #policy: StorePolicy
  #openMinute = Number.NaN
  #stamp = 0

  constructor(policy: StorePolicy = {}) {
    this.#policy = policy
  }

  get(key: string): Series | undefined {
    return this.#byKey.get(key)
  }

  /** Series of a metric in order of appearance. */
  named(name: string): readonly Series[] {
    return this.#byName.get(name) ?? []
  }

  all(): Iterable<Series> {
    return this.#byKey.values()
  }

  /**
   * Takes the values of one sample. What this source gave before and does not give now is not known any more. `paces`: slots are cut as
   * often as it is heard of; not so for what comes when it comes.
   */
  take(sample: Sample, values: Iterable<readonly [string, number]>, { paces = true } = {}): void {
    const stamp = ++this.#stamp
    let ours = this.#bySource.get(sample.source)
    if (ours === undefined) {
      ours = new Set()
      this.#bySource.set(sample.source, ours)
    }
    for (const [key, value] of values) {
      if (!Number.isFinite(value)) continue
      const series = this.#byKey.get(key) ?? this.#create(key)
      if (this.#policy.doubts?.(series.labels) === true) {
        // What is not to be believed may still be the only word there is: the last one.
        if (Number.isNaN(series.lastValue)) series.lastValue = series.bounded(value)
        continue
      }
      ours.add(series)
      series.current = series.bounded(value)
      series.warm = sample.warmup === true
      series.everyMs = sample.everyMs
      series.seenMono = sample.monoMs
      series.untilMono = sample.monoMs + STALE_INTERVALS * sample.everyMs
      series.stamp = stamp
    }
    for (const series of ours) if (series.stamp !== stamp) series.current = Number.NaN
    if (paces && sample.warmup !== true) this.everyMs = Math.min(this.everyMs, sample.everyMs)
  }

  /** Adds a slot: every series' value at this moment. */
  slot(wallMs: number, monoMs: number): void {
    const minute = Math.floor(wallMs / MINUTE_MS)
    if (minute !== this.#openMinute) {
      if (!Number.isNaN(this.#openMinute)) this.#closeMinute(monoMs)
      this.#openMinute = minute
    }
    const index = this.walls.end
    if (index > 0 && wallMs < this.walls.at(index - 1)) this.risingFrom = index
    this.walls.append(wallMs)
    this.monos.append(monoMs)
    for (const series of this.#byKey.values()) series.append(index, series.storedAt(monoMs))
  }

  #create(key: string): Series {
    const series = new Series(key, this.walls.end)
    this.#byKey.set(key, series)
    const named = this.#byName.get(series.name)
    if (named === undefined) this.#byName.set(series.name, [series])
    else named.push(series)
    return series
  }

  #closeMinute(monoMs: number): void {
    const index = this.minuteWalls.end
    this.minuteWalls.append(this.#openMinute * MINUTE_MS)
    const gone = new Set<Series>()
    for (const series of this.#byKey.values()) {
      series.closeMinute(index)
      if (monoMs - series.seenMono > FORGET_MS && this.#policy.keeps?.(series.labels) !== true) gone.add(series)
    }
    if (gone.size > 0) this.#drop(gone)
  }

  #drop(gone: ReadonlySet<Series>): void {
    for (const { key } of gone) this.#byKey.delete(key)
    for (const name of new Set([...gone].map((series) => series.name))) {
      const left = this.named(name).filter((series) => !gone.has(series))
      if (left.length > 0) this.#byName.set(name, left)
      else this.#byName.delete(name)
    }
    for (const [source, ours] of this.#bySource) {
      for (const series of ours) if (gone.has(series)) ours.delete(series)
      if (ours.size === 0) this.#bySource.delete(source)
    }
  }
}
