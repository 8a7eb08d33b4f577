import { Ring } from '../lib/ring.ts'
import { metricOf } from '../model/catalogue/catalogue.ts'
import { type Labels, parseSeriesKey } from '../model/series.ts'

/** An hour at one sample a second. */
export const LONG_SLOTS = 3600
/** Ten minutes at one sample a second. */
export const SHORT_SLOTS = 600
/** A minute at one sample a second. */
const BRIEF_SLOTS = 60
const SLOTS = { long: LONG_SLOTS, short: SHORT_SLOTS, brief: BRIEF_SLOTS } as const
/** A day of minutes. */
export const MINUTES = 1440

/** The minute tier of a series: what each minute was like. Only drawn, so single precision will do. */
export interface MinuteRings {
  readonly min: Ring
  readonly mean: Ring
  readonly max: Ring
  readonly last: Ring
}

/** One series inside the store: its rings, and the value that is current until its probe has been silent for too long. */
export class Series {
  readonly key: string
  readonly name: string
  readonly labels: Labels
  /** Long series have a minute tier. */
  readonly long: boolean
  readonly ring: Ring
  /** Allocated when the first minute is over. */
  minutes: MinuteRings | undefined
  /** The last value given; NaN once its probe gave none. */
  current = Number.NaN
  /** Monotonic time up to which `current` counts. */
  untilMono = Number.NEGATIVE_INFINITY
  /** Monotonic time of the last value given. */
  seenMono = Number.NEGATIVE_INFINITY
  /** How often its probe is read, in milliseconds. */
  everyMs = 1000
  /** `current` comes from a warm-up sample: shown, not stored. */
  warm = false
  /** Name of the probe that gave `current`. */
  source = ''
  /** Number of the sample that gave `current`. */
  stamp = -1
  /** Slot and value of the last known entry of the ring. */
  lastIndex = -1
  lastValue = Number.NaN
  readonly #least: number
  readonly #most: number
  #min = Number.POSITIVE_INFINITY
  #max = Number.NEGATIVE_INFINITY
  #sum = 0
  #count = 0
  #last = Number.NaN

  /** `slot` is the index that the store's next slot will have. */
  constructor(key: string, slot: number) {
    const { name, labels } = parseSeriesKey(key)
    const metric = metricOf(name)
    this.key = key
    this.name = name
    this.labels = labels
    const kind = metric?.ring ?? 'long'
    this.long = kind === 'long'
    this.ring = new Ring(SLOTS[kind], slot)
    this.#least = metric?.bounds?.min ?? Number.NEGATIVE_INFINITY
    this.#most = metric?.bounds?.max ?? Number.POSITIVE_INFINITY
  }

  /** The value held inside the metric's bounds. */
  bounded(value: number): number {
    return Math.min(Math.max(value, this.#least), this.#most)
  }

  /** The current value at a moment; NaN when it is too old or only a warm-up. */
  storedAt(monoMs: number): number {
    return this.warm || monoMs > this.untilMono ? Number.NaN : this.current
  }

  /** Takes the slot with this index. */
  append(index: number, value: number): void {
    this.ring.append(value)
    if (Number.isNaN(value)) return
    this.lastIndex = index
    this.lastValue = value
    if (!this.long) return
    this.#min = Math.min(this.#min, value)
    this.#max = Math.max(this.#max, value)
    this.#sum += value
    this.#count++
    this.#last = value
  }

  /** Ends the open minute, whose index in the minute tier is `index`. */
  closeMinute(index: number): void {
    if (!this.long) return
    if (this.minutes === undefined) {
      if (this.#count === 0) return
      const ring = () => new Ring(MINUTES, index, 'f32')
      this.minutes = { min: ring(), mean: ring(), max: ring(), last: ring() }
    }
    const known = this.#count > 0
    this.minutes.min.append(known ? this.#min : Number.NaN)
    this.minutes.mean.append(known ? this.#sum / this.#count : Number.NaN)
    this.minutes.max.append(known ? this.#max : Number.NaN)
    this.minutes.last.append(this.#last)
    this.#min = Number.POSITIVE_INFINITY
    this.#max = Number.NEGATIVE_INFINITY
    this.#sum = 0
    this.#count = 0
    this.#last = Number.NaN
  }

  /**
   * Begins the minute tier with what earlier runs recorded, whose indexes end below 0; minutes that this run has closed already, up to `end`,
   * keep theirs.
   */
  precede(recorded: MinuteRings, end: number): void {
    const { minutes } = this
    for (const part of ['min', 'mean', 'max', 'last'] as const) {
      for (let index = 0; index < end; index++) recorded[part].append(minutes?.[part].at(index) ?? Number.NaN)
    }
    this.minutes = recorded
  }

  /** The last known slot below `end`; -1 when there is none left. */
  lastKnownBefore(end: number): number {
    if (this.lastIndex < end) return this.lastIndex
    for (let index = end - 1; index >= this.ring.start; index--) if (!Number.isNaN(this.ring.at(index))) return index
    return -1
  }
}
