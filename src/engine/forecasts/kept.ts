import {
  createSeriesForecaster,
  observeMinute,
  observeSample,
  observeTrendMinute,
  type SeriesForecaster,
} from '../../forecast/series-forecaster.ts'
import { metricOf } from '../../model/catalogue/catalogue.ts'
import type { Recent } from '../restore/recent.ts'
import type { Series } from '../series.ts'
import type { Store } from '../store.ts'
import type { Extent } from '../window.ts'

const MINUTE_MS = 60_000
/** Slots that a forecaster begins with: what came before them it would have forgotten. */
const MOST_SLOTS = 900
/** Timers come a little early; a sample that is repeated until the next one comes is one sample. */
const SAME_SAMPLE = 0.75

/**
 * What a forecaster is given. `limits`: of the minutes that an earlier run recorded only its trend is, which is what a limit is judged by: the
 * slow horizon takes four fifths of the time that they cost.
 */
export type Depth = 'samples' | 'limits' | 'all'
const DEPTHS: readonly Depth[] = ['samples', 'limits', 'all']

/** What may be read now, in minutes of which only the trend is fed. */
export interface Room {
  left: number
}
/** What a minute, or a sample, takes of it that is fed to a horizon as well. */
const WHOLE = 5
export const ENDLESS: Room = { left: Number.POSITIVE_INFINITY }

/** The forecaster of a series, and up to where it has read the rings. */
export interface Kept {
  readonly forecaster: SeriesForecaster
  readonly depth: Depth
  /** The first minute there was when it began: where earlier ones come later, it has to begin anew. */
  readonly firstMinute: number
  slots: number
  minutes: number
  /** It has been given what an earlier run wrote last. */
  begun: boolean
  /** Monotonic time of the last sample it was given. */
  lastMono: number
}

export function keep({ name, everyMs }: Series, depth: Depth, { firstMinute }: Extent): Kept {
  const bounds = metricOf(name)?.bounds
  const forecaster = createSeriesForecaster({ everyMs, ...(bounds && { bounds }) })
  return {
    forecaster,
    depth,
    firstMinute,
    slots: 0,
    minutes: firstMinute,
    begun: false,
    lastMono: Number.NEGATIVE_INFINITY,
  }
}

/** Whether it is given all that is wanted. */
export function reaches({ depth }: Kept, wanted: Depth): boolean {
  return DEPTHS.indexOf(depth) >= DEPTHS.indexOf(wanted)
}

export function deeper(a: Depth, b: Depth): Depth {
  return DEPTHS.indexOf(a) >= DEPTHS.indexOf(b) ? a : b
}

/**
 * Reads what has been added to the rings since, up to `extent`; the minutes only where they are wanted. By wall time, as minutes and results
 * are kept, and in its order: minutes from before the first sample, the samples (the last lines of an earlier run, then the slots), then the
 * minutes that those made. False where there was no room for all minutes: then it knows too little to be asked, and goes on from there the
 * next time.
 */
export function catchUp(kept: Kept, store: Store, series: Series, extent: Extent, room = ENDLESS): boolean {
  const { ring, everyMs } = series
  const from = Math.max(kept.slots, ring.start, store.monos.start, extent.slots - MOST_SLOTS)
  const firstMs = from < extent.slots ? store.walls.at(from) : Number.POSITIVE_INFINITY
  // Only where no slot was dropped does one follow the other.
  const recent = kept.begun || from > ring.first ? undefined : store.recent(series)
  if (!readMinutes(kept, store, series, extent.minutes, recent?.wallMs[0] ?? firstMs, room)) return false
  if (recent !== undefined) {
    if (room.left <= 0) return false
    readRecent(kept, series, recent)
    room.left -= WHOLE * recent.wallMs.length
  }
  kept.begun = true
  for (let slot = from; slot < extent.slots; slot++) {
    const value = ring.at(slot)
    const mono = store.monos.at(slot)
    if (Number.isNaN(value) || mono - kept.lastMono < SAME_SAMPLE * everyMs) continue
    observeSample(kept.forecaster, store.walls.at(slot), value)
    kept.lastMono = mono
  }
  kept.slots = Math.max(kept.slots, extent.slots)
  return readMinutes(kept, store, series, extent.minutes, Number.POSITIVE_INFINITY, ENDLESS)
}

function readRecent({ forecaster }: Kept, series: Series, { wallMs, values }: Recent): void {
  for (const [index, atMs] of wallMs.entries()) observeSample(forecaster, atMs, series.bounded(values[index] as number))
}

/** Only minutes that were over by `untilMs`. */
function readMinutes(kept: Kept, store: Store, { minutes }: Series, end: number, untilMs: number, room: Room): boolean {
  if (minutes === undefined || kept.depth === 'samples') return true
  const { mean } = minutes
  for (let minute = Math.max(kept.minutes, mean.start, store.minuteWalls.start); minute < end; minute++) {
    const startMs = store.minuteWalls.at(minute)
    if (startMs + MINUTE_MS > untilMs) return true
    if (room.left <= 0) return false
    kept.minutes = minute + 1
    const value = mean.at(minute)
    if (Number.isNaN(value)) continue
    const trendOnly = kept.depth === 'limits' && minute < 0
    room.left -= trendOnly ? 1 : WHOLE
    if (trendOnly) observeTrendMinute(kept.forecaster, startMs, value)
    else observeMinute(kept.forecaster, startMs, value)
  }
  return true
}
