import { expect, test } from 'vitest'
import { builtinRules } from '../../src/alerts/builtin.ts'
import type { TimedLimit } from '../../src/alerts/world.ts'
import {
  createSeriesForecaster,
  observeSample,
  observeTrendMinute,
  type SeriesForecaster,
} from '../../src/forecast/series-forecaster.ts'
import { timeToLimit } from '../../src/forecast/time-to-limit.ts'
import { parseSeriesKey } from '../../src/model/series.ts'
import { Court, MINUTE, START, turns } from './court.ts'
import { healthyDay, type Moment } from './healthy-day.ts'

const STEP_S = 10
/** Less often than a dashboard looks at the times to its limits, which is most of what this costs. */
const LOOK_MS = 30_000
/** Midnight of the day. */
const FROM_MS = START - (START % 86_400_000)
const FORECAST = new Set(builtinRules.flatMap(({ when }) => (when.kind === 'forecast' ? [when.metric] : [])))

/** The real forecasts of the series that rules ask for. */
class Future {
  readonly #of = new Map<string, { readonly forecaster: SeriesForecaster; sum: number; count: number }>()

  readonly #looked = new Map<string, TimedLimit>()

  see(atMs: number, values: Moment['values']): void {
    for (const [key, value] of Object.entries(values)) {
      if (!FORECAST.has(parseSeriesKey(key).name)) continue
      let seen = this.#of.get(key)
      if (seen === undefined) {
        const bounds = { min: 0, max: 1 }
        seen = { forecaster: createSeriesForecaster({ everyMs: STEP_S * 1000, bounds }), sum: 0, count: 0 }
        this.#of.set(key, seen)
      }
      observeSample(seen.forecaster, atMs, value)
      seen.sum += value
      seen.count++
      if ((atMs + STEP_S * 1000) % MINUTE !== 0) continue
      observeTrendMinute(seen.forecaster, Math.floor(atMs / MINUTE) * MINUTE, seen.sum / seen.count)
      seen.sum = 0
      seen.count = 0
    }
  }

  /** Looked at anew every half minute. */
  timeTo(key: string, threshold: number, wallMs: number): TimedLimit | undefined {
    const forecaster = this.#of.get(key)?.forecaster
    if (forecaster === undefined) return undefined
    const name = `${threshold} ${key}`
    const known = this.#looked.get(name)
    if (known !== undefined && wallMs - known.asOfMs < LOOK_MS) return known
    const direction = 'above'
    const looked = { asOfMs: wallMs, direction, time: timeToLimit(forecaster, { threshold, direction }) } as const
    this.#looked.set(name, looked)
    return looked
  }
}

/** What turned in a day, or in some hours of it, with its hour. */
function play(at: (second: number) => Moment, [fromH, toH] = [0, 24]): string[] {
  const court = new Court(builtinRules)
  court.wallOffsetMs = FROM_MS
  const future = new Future()
  const told: string[] = []
  for (let second = fromH * 3600; second < toH * 3600; second += STEP_S) {
    const moment = at(second)
    const wallMs = FROM_MS + second * 1000
    future.see(wallMs, moment.values)
    const judged = court.at(second * 1000, {
      ...moment,
      timeTo: (key, threshold) => future.timeTo(key, threshold, wallMs),
    })
    for (const turn of turns(judged))
      if (!turn.startsWith('pending')) told.push(`${(second / 3600).toFixed(2)} ${turn}`)
  }
  return told
}

test('on a busy day of a machine that is well no rule fires', () => {
  expect(play(healthyDay(7))).toEqual([])
}, 60_000)

test('on the same day with a disk that fills, just that is told', () => {
  const day = healthyDay(7)
  const told = play(
    (second) => {
      const moment = day(second)
      // From eight in the morning on a twentieth of the disk an hour.
      const more = Math.max(0, second / 3600 - 8) * 0.05
      const key = 'disk_used_ratio{mount="/"}'
      return { ...moment, values: { ...moment.values, [key]: Math.min(1, (moment.values[key] as number) + more) } }
    },
    [6, 17],
  )
  expect(told.map((line) => line.replace(/^[\d.]+ /, ''))).toEqual([
    'firing disk-fills-soon',
    'firing disk-almost-full',
    'firing disk-full',
  ])
}, 60_000)
