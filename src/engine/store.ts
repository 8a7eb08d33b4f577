import { Ring } from '../lib/ring.ts'
import type { History } from '../model/history.ts'
import type { Sample } from '../model/sample.ts'
import type { Labels } from '../model/series.ts'
import { Past } from './restore/past.ts'
import type { Recent } from './restore/recent.ts'
import { LONG_SLOTS, MINUTES, Series } from './series.ts'
import { STALE_INTERVALS } from './stale.ts'

const MINUTE_MS = 60_000
const FORGET_MS = 3_600_000
/** Rates need two samples, and a device may be slow to show again: what is not told of for so long by who tells of others is gone. */
const GONE_MS = 60_000

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
  /** Wall time at which each minute of the minute tier starts. Those of this run begin at index 0, recorded ones lie below. */
  minuteWalls = new Ring(MINUTES)
  /** Shortest interval of the probes so far: two slots further apart than 2.5 of it have a gap between them. */
  everyMs = Number.POSITIVE_INFINITY
  /** Monotonic time up to which values of warm-up samples count. */
  warmUntilMono = Number.NEGATIVE_INFINITY
  /** The first slot after the last jump back of the wall clock: from here on wall times rise. */
  risingFrom = 0
  readonly #byKey = new Map<string, Series>()
  readonly #byName = new Map<string, Series[]>()
  readonly #keysByName = new Map<string, readonly string[]>()
  readonly #bySource = new Map<string, Set<Series>>()
  readonly #policy: StorePolicy
  /** Monotonic time of each source's last sample. */
  readonly #heardMono = new Map<string, number>()
  #openMinute = Number.NaN
  #stamp = 0
  readonly #past: Past

  constructor(policy: StorePolicy = {}) {
    this.#policy = policy
    this.#past = new Past(FORGET_MS)
  }

  /** One that this run has not heard of yet is there too where it was recorded within the last hour: it has minutes, and no slots. */
  get(key: string): Series | undefined {
    return this.#byKey.get(key) ?? this.#past.unheard(key, this)
  }

  /** Series of a metric in order of appearance. */
  named(name: string): readonly Series[] {
    return this.#byName.get(name) ?? []
  }

  /** Their keys; the same list as long as they are the same. */
  keysOf(name: string): readonly string[] {
    let keys = this.#keysByName.get(name)
    if (keys === undefined) {
      keys = this.named(name).map(({ key }) => key)
      this.#keysByName.set(name, keys)
    }
    return keys
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
    this.#heardMono.set(sample.source, sample.monoMs)
    let ours = this.#bySource.get(sample.source)
    if (ours === undefined) {
      ours = new Set()
      this.#bySource.set(sample.source, ours)
    }
    // Not taken apart: for hundreds of pairs a second that makes as much garbage as all else here.
    for (const pair of values) {
      const key = pair[0]
      const value = pair[1]
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
      series.source = sample.source
      series.untilMono = sample.monoMs + STALE_INTERVALS * sample.everyMs
      series.stamp = stamp
      if (series.warm) this.warmUntilMono = Math.max(this.warmUntilMono, series.untilMono)
    }
    for (const series of ours) if (series.stamp !== stamp) series.current = Number.NaN
    if (paces && sample.warmup !== true) this.everyMs = Math.min(this.everyMs, sample.everyMs)
  }

  /**
   * Whether what a series is about is not there any more: its probe has answered for a minute and said nothing of it. One that is late, or
   * fails, says nothing about anything.
   */
  gone(key: string): boolean {
    const series = this.#byKey.get(key)
    if (series === undefined) return false
    const heard = this.#heardMono.get(series.source) ?? Number.NEGATIVE_INFINITY
    return heard - series.seenMono > GONE_MS
  }

  /**
   * The minute tier begins with what earlier runs recorded: with the minutes that began before the oldest slot there is, whenever this comes,
   * or before the first one where there is none yet. Views from before do not see them. Only the first history counts.
   */
  restore(history: History): void {
    this.#past.take(history)
    if (this.walls.end > 0) this.#precede()
  }

  /** The last lines that an earlier run wrote of a series; undefined where there are none, and once this run has an hour of its own. */
  recent(series: Series): Recent | undefined {
    return this.#past.recent(series)
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
    if (index === 0) this.#precede()
  }

  #precede(): void {
    const walls = this.#past.begin(this)
    if (walls === undefined) return
    this.minuteWalls = walls
    for (const series of this.#byKey.values()) this.#past.remember(series, walls.end)
  }

  #create(key: string): Series {
    const series = new Series(key, this.walls.end)
    this.#past.remember(series, this.minuteWalls.end)
    this.#byKey.set(key, series)
    this.#keysByName.delete(series.name)
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
    this.#past.forget(monoMs)
  }

  #drop(gone: ReadonlySet<Series>): void {
    for (const { key } of gone) this.#byKey.delete(key)
    for (const name of new Set([...gone].map((series) => series.name))) {
      this.#keysByName.delete(name)
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
