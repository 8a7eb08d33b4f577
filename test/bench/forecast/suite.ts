import {
  createSeriesForecaster,
  observeMinute,
  observeSample,
  type SeriesForecaster,
} from '../../../src/forecast/series-forecaster.ts'
import { timeToLimit } from '../../../src/forecast/time-to-limit.ts'
import { trendMinute, trendSample } from '../../../src/forecast/trend/trend.ts'
import type { TimeToLimit } from '../../../src/model/forecast.ts'
import type { Kind, Scenario } from './scenario.ts'

const DAY_S = 86_400
const MINUTE_S = 60

/** What was said of one series. Times in seconds. */
export interface Told {
  readonly days: number
  /** How often it turned to heading there within 24 h. */
  readonly alarms: number
  /** Of a series that crosses: |likely - true| / true with half of the way left; 1 where nothing was said. */
  readonly halfway?: number
  /** Seconds before the crossing from which on it was said until then. */
  readonly lead?: number
  readonly wayS?: number
  /** From setting out until it was first said. */
  readonly noticedS?: number
  /** How often the truth lay between earliest and latest, of how many. */
  readonly inside: number
  readonly ranges: number
}

/** Feeds a state with samples and means of minutes, as the engine does. */
export interface Feed {
  readonly state: SeriesForecaster
  sample(atMs: number, value: number): void
  minute(startMs: number, mean: number): void
}

export function wholeFeed(everyS: number): Feed {
  const state = createSeriesForecaster({ everyMs: everyS * 1000 })
  return {
    state,
    sample: (atMs, value) => observeSample(state, atMs, value),
    minute: (startMs, mean) => observeMinute(state, startMs, mean),
  }
}

/** Only what times to a limit are made of: a hundred times as fast. */
export function trendFeed(everyS: number): Feed {
  const state = createSeriesForecaster({ everyMs: everyS * 1000 })
  return {
    state,
    sample: (atMs, value) => trendSample(state.trend, atMs, value),
    minute: (startMs, mean) => trendMinute(state.trend, startMs, mean),
  }
}

/** Some moment; a clock that starts at 0 would hide what is wrong with others. */
export const START_MS = Date.UTC(2024, 1, 29, 22, 13, 20)

/** Plays a series and asks after its limit again and again. `heard` is told every answer. */
export function listen(
  scenario: Scenario,
  feed: Feed,
  heard: (s: number, time: TimeToLimit) => void,
  askS = Math.max(scenario.everyS, scenario.values.length * scenario.everyS > 4 * 3600 ? 30 : 5),
): void {
  const { values, everyS, historyS, limit } = scenario
  let sum = 0
  let count = 0
  let asked = 0
  for (let i = 0; i < values.length; i++) {
    const s = i * everyS
    sum += values[i] as number
    count++
    if (s >= historyS) feed.sample(START_MS + s * 1000, values[i] as number)
    if (Math.floor((s + everyS) / MINUTE_S) > Math.floor(s / MINUTE_S)) {
      feed.minute(START_MS + Math.floor(s / MINUTE_S) * MINUTE_S * 1000, sum / count)
      sum = 0
      count = 0
    }
    if (s < historyS || s < asked) continue
    asked = s + askS
    heard(s, timeToLimit(feed.state, limit))
  }
}

/** Plays one series and judges what was said of it. */
export function tell(scenario: Scenario, feed: Feed): Told {
  const { crossesS, onsetS, historyS, values, everyS } = scenario
  let [alarms, inside, ranges] = [0, 0, 0]
  let alarmed = false
  let since: number | undefined
  let noticed: number | undefined
  let halfway: number | undefined
  const setOut = Math.max(onsetS, historyS)
  const half = crossesS === undefined ? Number.POSITIVE_INFINITY : (Math.max(onsetS, historyS) + crossesS) / 2
  listen(scenario, feed, (s, time) => {
    const heading = time.kind === 'heading'
    const soon = heading && time.eta.likely <= DAY_S
    if (soon && !alarmed) alarms++
    alarmed = soon
    if (crossesS === undefined || s >= crossesS) return
    if (!heading) since = undefined
    else since ??= s
    if (heading && s > onsetS) noticed ??= s - setOut
    const left = crossesS - s
    if (heading && s > onsetS) {
      ranges++
      if (left >= time.eta.earliest - everyS && left <= (time.eta.latest ?? Number.POSITIVE_INFINITY) + everyS) inside++
    }
    if (s >= half && halfway === undefined) halfway = heading ? Math.abs(time.eta.likely - left) / left : 1
  })
  const days = (values.length * everyS - historyS) / DAY_S
  if (crossesS === undefined) return { days, alarms, inside, ranges }
  return {
    days,
    alarms,
    inside,
    ranges,
    halfway: halfway ?? 1,
    lead: since === undefined ? 0 : crossesS - since,
    wayS: crossesS - setOut,
    ...(noticed !== undefined && { noticedS: noticed }),
  }
}

/** What was said of all series of a kind. */
export interface KindFigures {
  readonly name: string
  readonly crosses: boolean
  readonly told: readonly Told[]
}

export function tellKind(kind: Kind, seeds: number, feed: (everyS: number) => Feed): KindFigures {
  const told = Array.from({ length: seeds }, (_, seed) => {
    const scenario = kind.make(seed)
    return tell(scenario, feed(scenario.everyS))
  })
  return { name: kind.name, crosses: kind.crosses, told }
}

export function medianOf(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b)
  const middle = sorted.length >> 1
  if (sorted.length === 0) return Number.NaN
  return sorted.length % 2 === 1
    ? (sorted[middle] as number)
    : ((sorted[middle - 1] as number) + (sorted[middle] as number)) / 2
}

export const sumOf = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0)

/** False alarms a series-day. */
export function alarmRate({ told }: Pick<KindFigures, 'told'>): number {
  return sumOf(told.map(({ alarms }) => alarms)) / sumOf(told.map(({ days }) => days))
}
