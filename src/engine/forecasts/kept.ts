import {
  createSeriesForecaster,
  observeMinute,
  observeSample,
  type SeriesForecaster,
} from '../../forecast/series-forecaster.ts'
import { metricOf } from '../../model/catalogue/catalogue.ts'
import type { Series } from '../series.ts'
import type { Store } from '../store.ts'
import type { Extent } from '../window.ts'

const MINUTE_MS = 60_000
/** Slots that a forecaster begins with: what came before them it would have forgotten. */
const MOST_SLOTS = 900
/** Timers come a little early; a sample that is repeated until the next one comes is one sample. */
const SAME_SAMPLE = 0.75

/** The forecaster of a series, and up to where it has read the rings. */
export interface Kept {
  forecaster: SeriesForecaster
  slots: number
  minutes: number
  /** Whether the minutes have ever been wanted. */
  hasMinutes: boolean
  /** Monotonic time of the last sample it was given. */
  lastMono: number
}

export function keep(series: Series): Kept {
  return { forecaster: forecasterOf(series), hasMinutes: false, ...UNREAD }
}

const UNREAD = { slots: 0, minutes: 0, lastMono: Number.NEGATIVE_INFINITY }

function forecasterOf({ name, everyMs }: Series): SeriesForecaster {
  const bounds = metricOf(name)?.bounds
  return createSeriesForecaster({ everyMs, ...(bounds && { bounds }) })
}

/**
 * Reads what has been added to the rings since, up to `extent`; the minutes only where they are wanted. By wall time, as minutes and results
 * are kept, and in its order: minutes from before the first slot, the slots, then the minutes that those slots made. One that has read
 * slots alone begins anew when minutes are wanted: a trend has no use for minutes from before what it knows.
 */
export function catchUp(kept: Kept, store: Store, series: Series, extent: Extent, minutes: boolean): void {
  if (minutes && !kept.hasMinutes) {
    if (kept.slots > 0) Object.assign(kept, UNREAD, { forecaster: forecasterOf(series) })
    kept.hasMinutes = true
  }
  const { ring, everyMs } = series
  const from = Math.max(kept.slots, ring.start, store.monos.start, extent.slots - MOST_SLOTS)
  if (minutes) readMinutes(kept, store, series, extent.minutes, from < extent.slots ? store.walls.at(from) : undefined)
  for (let slot = from; slot < extent.slots; slot++) {
    const value = ring.at(slot)
    const mono = store.monos.at(slot)
    if (Number.isNaN(value) || mono - kept.lastMono < SAME_SAMPLE * everyMs) continue
    observeSample(kept.forecaster, store.walls.at(slot), value)
    kept.lastMono = mono
  }
  kept.slots = Math.max(kept.slots, extent.slots)
  if (minutes) readMinutes(kept, store, series, extent.minutes)
}

/** `untilMs`: only minutes that were over by then. */
function readMinutes(kept: Kept, store: Store, { minutes: rings }: Series, end: number, untilMs?: number): void {
  if (rings === undefined) return
  const { mean } = rings
  for (let minute = Math.max(kept.minutes, mean.start, store.minuteWalls.start); minute < end; minute++) {
    const startMs = store.minuteWalls.at(minute)
    if (untilMs !== undefined && startMs + MINUTE_MS > untilMs) return
    kept.minutes = minute + 1
    const value = mean.at(minute)
    if (!Number.isNaN(value)) observeMinute(kept.forecaster, startMs, value)
  }
}
