import { observeSample, predictionsAhead, type SeriesForecaster } from '../../forecast/series-forecaster.ts'
import type { PastResult } from '../../model/check.ts'
import type { Ahead, AheadRequest } from '../../model/forecast.ts'
import type { Series } from '../series.ts'
import type { Store } from '../store.ts'
import type { Extent } from '../window.ts'
import { catchUp, type Kept, keep } from './kept.ts'

/** Up to here the samples themselves say enough; beyond it the minutes are read, too. */
const FAST_MS = 300_000
/** Whoever has not been asked about for so long is forgotten; it can be read from the rings again. */
const FORGET_MS = 600_000

interface Entry extends Kept {
  askedMono: number
  /** Of each request, by its step and length: the step it was answered in, and the answer. */
  readonly answers: Map<string, { readonly step: number; readonly ahead: Ahead }>
}

/** The results of the check that a series is of, oldest first; undefined for every other series. */
export type ResultsOf = (series: Series) => readonly PastResult[] | undefined

/**
 * Forecasters of the series that are asked about. Each is read from the rings when it is first asked for and kept level with them from then
 * on, so that only what is looked at, or has a limit, costs anything.
 */
export class Forecasts {
  readonly #store: Store
  readonly #results: ResultsOf
  readonly #entries = new Map<Series, Entry>()
  /** Forecasters made of results, and the wall time of the last of them. */
  readonly #read = new WeakMap<Series, { readonly lastMs: number | undefined; readonly forecaster: SeriesForecaster }>()
  #prunedMono = Number.NEGATIVE_INFINITY

  /** `results`: of a series that is remembered by results of a check, and not by a ring. */
  constructor(store: Store, results: ResultsOf = () => undefined) {
    this.#store = store
    this.#results = results
  }

  /** The forecaster of a series as of now, both horizons. */
  now(series: Series): SeriesForecaster {
    const { walls, minuteWalls } = this.#store
    const results = this.#results(series)
    if (results !== undefined) return this.#ofResults(series, results, walls.at(walls.end - 1))
    return this.#current(series, { slots: walls.end, minutes: minuteWalls.end }, true).forecaster
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
    const far = (count + 1) * stepMs > FAST_MS
    if (extent.slots < this.#store.walls.end) {
      const past = keep(series)
      catchUp(past, this.#store, series, extent, far)
      return answer(past.forecaster, request)
    }
    const entry = this.#current(series, extent, far)
    const step = Math.floor(endMs / stepMs)
    const key = `${stepMs} ${count}`
    const known = entry.answers.get(key)
    if (known?.step === step) return known.ahead
    const ahead = answer(entry.forecaster, request)
    if (ahead !== undefined) entry.answers.set(key, { step, ahead })
    return ahead
  }

  #current(series: Series, extent: Extent, minutes: boolean): Entry {
    const mono = this.#store.monos.at(extent.slots - 1)
    let entry = this.#entries.get(series)
    // A new pace is a new grid.
    if (entry === undefined || entry.forecaster.fast.plan.stepMs !== series.everyMs) {
      entry = { ...keep(series), askedMono: mono, answers: new Map() }
      this.#entries.set(series, entry)
      this.#prune(mono)
    }
    entry.askedMono = mono
    catchUp(entry, this.#store, series, extent, minutes)
    return entry
  }

  /** A check is asked so seldom that its results are read anew when there is another: that costs less than keeping up with all checks. */
  #ofResults(series: Series, results: readonly PastResult[], untilMs: number): SeriesForecaster {
    const lastMs = results.findLast(({ wallMs }) => wallMs <= untilMs)?.wallMs
    const known = this.#read.get(series)
    if (known !== undefined && known.lastMs === lastMs) return known.forecaster
    const { forecaster } = keep(series)
    for (const { wallMs, latencyS } of results) {
      if (wallMs <= untilMs && !Number.isNaN(latencyS)) observeSample(forecaster, wallMs, latencyS)
    }
    this.#read.set(series, { lastMs, forecaster })
    return forecaster
  }

  #prune(mono: number): void {
    if (mono - this.#prunedMono < FORGET_MS) return
    this.#prunedMono = mono
    for (const [series, { askedMono }] of this.#entries) {
      if (mono - askedMono > FORGET_MS) this.#entries.delete(series)
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
