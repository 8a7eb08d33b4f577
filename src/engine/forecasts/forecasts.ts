import { observeSample, predictionsAhead, type SeriesForecaster } from '../../forecast/series-forecaster.ts'
import type { PastResult } from '../../model/check.ts'
import type { Ahead, AheadRequest } from '../../model/forecast.ts'
import type { Series } from '../series.ts'
import type { Store } from '../store.ts'
import { type Extent, extentOf } from '../window.ts'
import { catchUp, type Depth, deeper, ENDLESS, type Kept, keep, type Room, reaches } from './kept.ts'

/** Up to here the samples themselves say enough; beyond it the minutes are read, too. */
const FAST_MS = 300_000
/** Whoever has not been asked about for so long is forgotten; it can be read from the rings again. */
const FORGET_MS = 600_000
/** So much of what is further back is read a slot: about 20 ms. A day of a series is two to seven slots. */
const ROOM_A_SLOT = 4000

interface Entry extends Kept {
  askedMono: number
  /** Of each request, by its step and length: the step and the slots it was answered in, and the answer. */
  readonly answers: Map<string, Answer>
}

interface Answer {
  readonly step: number
  readonly slots: number
  readonly ahead: Ahead
}

/** The results of the check that a series is of, oldest first; undefined for every other series. */
export type ResultsOf = (series: Series) => readonly PastResult[] | undefined

/**
 * Forecasters of the series that are asked about. Each is read from the rings when it is first asked for and kept level with them from then
 * on, so that only what is looked at, or has a limit, costs anything. One for which much has to be read is read slot by slot; until then the
 * one that knows less answers, or nobody. That is so after a restart, when the minutes of earlier runs come: nobody has to be told of them.
 */
export class Forecasts {
  readonly #store: Store
  readonly #results: ResultsOf
  readonly #entries = new Map<Series, Entry>()
  /** Those that are still being read. */
  readonly #coming = new Map<Series, Entry>()
  readonly #roomASlot: number
  #room: Room = { left: 0 }
  #roomSlot = -1
  /** Forecasters made of results, and the wall time of the last of them. */
  readonly #read = new WeakMap<Series, { readonly lastMs: number | undefined; readonly forecaster: SeriesForecaster }>()
  #prunedMono = Number.NEGATIVE_INFINITY

  /** `results`: of a series that is remembered by results of a check, and not by a ring. `unhurried`: all is read when it is asked for. */
  constructor(store: Store, results: ResultsOf = () => undefined, unhurried = false) {
    this.#store = store
    this.#results = results
    this.#roomASlot = unhurried ? Number.POSITIVE_INFINITY : ROOM_A_SLOT
  }

  /** The forecaster of a series as of now, both horizons, however long it takes to read it. */
  now(series: Series): SeriesForecaster {
    return this.#latest(series, 'all', ENDLESS) as SeriesForecaster
  }

  /** The same for times to limits; undefined while it is still being read and nothing was known before. */
  forLimits(series: Series): SeriesForecaster | undefined {
    return this.#latest(series, 'limits', this.#roomAt(this.#store.walls.end))
  }

  /** Whether the history of a series is still being read: what is said of it until then is of this run alone. */
  isReading(series: Series): boolean {
    return this.#coming.has(series)
  }

  /**
   * What is expected after `extent`. Within a step of the request the answer stays the same: a chart moves by whole steps. An older
   * extent (a picture that is paused) is answered by a forecaster that reads the rings only up to there.
   */
  ahead(series: Series, extent: Extent, request: AheadRequest): Ahead | undefined {
    const { stepMs, count, endMs } = request
    const results = this.#results(series)
    if (results !== undefined)
      return answer(this.#ofResults(series, results, this.#store.walls.at(extent.slots - 1)), request)
    // One that was only recorded has not said since when it is silent.
    if (series.lastIndex < 0) return undefined
    const depth = (count + 1) * stepMs > FAST_MS ? 'all' : 'samples'
    const step = Math.floor(endMs / stepMs)
    const key = `${stepMs} ${count}`
    const isPast = extent.slots < this.#store.walls.end
    const entry = isPast ? this.#entries.get(series) : this.#current(series, extent, depth, this.#roomAt(extent.slots))
    const known = entry?.answers.get(key)
    if (known?.step === step && known.slots <= extent.slots) return known.ahead
    if (isPast) {
      const past = keep(series, depth, extent)
      catchUp(past, this.#store, series, extent)
      return answer(past.forecaster, request)
    }
    const ahead = entry && answer(entry.forecaster, request)
    if (ahead !== undefined) entry?.answers.set(key, { step, slots: extent.slots, ahead })
    return ahead
  }

  #latest(series: Series, depth: Depth, room: Room): SeriesForecaster | undefined {
    const { walls } = this.#store
    const results = this.#results(series)
    if (results !== undefined) return this.#ofResults(series, results, walls.at(walls.end - 1))
    return this.#current(series, extentOf(this.#store), depth, room)?.forecaster
  }

  #roomAt(slots: number): Room {
    if (slots !== this.#roomSlot) {
      this.#roomSlot = slots
      this.#room = { left: this.#roomASlot }
    }
    return this.#room
  }

  #current(series: Series, extent: Extent, wanted: Depth, room: Room): Entry | undefined {
    const mono = this.#store.monos.at(extent.slots - 1)
    // A new pace is a new grid.
    const paced = (entry: Entry) => entry.forecaster.fast.plan.stepMs === series.everyMs
    const whole = (entry: Entry) => paced(entry) && entry.firstMinute === extent.firstMinute && reaches(entry, wanted)
    const known = this.#entries.get(series)
    if (known !== undefined && whole(known)) {
      known.askedMono = mono
      catchUp(known, this.#store, series, extent)
      return known
    }
    let coming = this.#coming.get(series)
    if (coming === undefined || !whole(coming)) {
      const depth = known === undefined ? wanted : deeper(known.depth, wanted)
      coming = { ...keep(series, depth, extent), askedMono: mono, answers: new Map() }
      this.#coming.set(series, coming)
      this.#prune(mono)
    }
    coming.askedMono = mono
    if (catchUp(coming, this.#store, series, extent, room)) {
      this.#coming.delete(series)
      this.#entries.set(series, coming)
      return coming
    }
    if (known === undefined || !paced(known) || !reaches(known, wanted)) return undefined
    known.askedMono = mono
    catchUp(known, this.#store, series, extent)
    return known
  }

  /** A check is asked so seldom that its results are read anew when there is another: that costs less than keeping up with all checks. */
  #ofResults(series: Series, results: readonly PastResult[], untilMs: number): SeriesForecaster {
    const lastMs = results.findLast(({ wallMs }) => wallMs <= untilMs)?.wallMs
    const known = this.#read.get(series)
    if (known !== undefined && known.lastMs === lastMs) return known.forecaster
    const { forecaster } = keep(series, 'samples', extentOf(this.#store))
    for (const { wallMs, latencyS } of results) {
      if (wallMs <= untilMs && !Number.isNaN(latencyS)) observeSample(forecaster, wallMs, latencyS)
    }
    this.#read.set(series, { lastMs, forecaster })
    return forecaster
  }

  #prune(mono: number): void {
    if (mono - this.#prunedMono < FORGET_MS) return
    this.#prunedMono = mono
    for (const entries of [this.#entries, this.#coming]) {
      for (const [series, { askedMono }] of entries) if (mono - askedMono > FORGET_MS) entries.delete(series)
    }
  }
}

/** The middle of each step, from the moment that is asked from. */
function answer(forecaster: SeriesForecaster, { endMs, stepMs, count }: AheadRequest): Ahead | undefined {
  const firstMs = (Math.floor(endMs / stepMs) + 1.5) * stepMs - endMs
  const predict = predictionsAhead(forecaster)
  const ahead = { mean: nothing(count), low: nothing(count), high: nothing(count) }
  for (let at = 0; at < count; at++) {
    const prediction = predict(firstMs + at * stepMs)
    if (prediction === undefined) return at === 0 ? undefined : ahead
    ahead.mean[at] = prediction.mean
    ahead.low[at] = prediction.low95
    ahead.high[at] = prediction.high95
  }
  return ahead
}

function nothing(count: number): Float64Array {
  return new Float64Array(count).fill(Number.NaN)
}
