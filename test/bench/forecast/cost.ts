import {
  createSeriesForecaster,
  observeMinute,
  observeSample,
  type SeriesForecaster,
} from '../../../src/forecast/series-forecaster.ts'
import { timeToLimit } from '../../../src/forecast/time-to-limit.ts'
import { normal, randomOf } from './random.ts'

/** What a forecaster of both horizons costs. */
export interface Cost {
  /** Microseconds a sample, the minutes included, at one sample a second. */
  readonly sampleUs: number
  /** Bytes of what a series keeps, once its windows are full. */
  readonly bytes: number
  /** Share of a core that 200 series take at one sample a second. */
  readonly share: number
  /** Microseconds to ask when a limit is reached. */
  readonly limitUs: number
}

const SERIES = 200
/** Samples of each, before it counts and while it does. */
const WARM = 900
const COUNTED = 900
/** Minutes that are known before: two days, so that the daily profile is there. */
const HISTORY = 2 * 1440

/** Series of one metric share its bounds. */
const BOUNDS = { min: 0, max: 1 }

/** Costs of 200 series that wander under noise. CPU time of this process, so that what else runs does not count. */
export function costOf(): Cost {
  const random = randomOf(2)
  // Made beforehand, so that only forecasters cost anything.
  const noise = Float64Array.from({ length: SERIES * 1000 }, () => normal(random))
  warmUp(noise)
  const before = keptBytes()
  const { states, run } = fed(noise)
  const samples = cpuUs(() => run(COUNTED))
  const after = keptBytes()
  const asked = cpuUs(() => {
    for (let round = 0; round < 50; round++)
      for (const state of states) timeToLimit(state, { threshold: 0.95, direction: 'above' })
  })
  const sampleUs = samples / (SERIES * COUNTED)
  return {
    sampleUs,
    bytes: (after - before) / SERIES,
    share: (sampleUs * SERIES) / 1e6,
    limitUs: asked / (50 * SERIES),
  }
}

/** What is compiled, and noted of code that runs, belongs to no series: it is there before the first one counts. In a call of its own, so that it leaves nothing. */
function warmUp(noises: Float64Array): void {
  fed(noises).run(COUNTED)
}

/** New series with two days of minutes and the first samples, and what feeds them so many more seconds. */
function fed(noises: Float64Array): {
  readonly states: readonly SeriesForecaster[]
  readonly run: (seconds: number) => void
} {
  const random = randomOf(1)
  const levels = new Float64Array(SERIES).fill(0.5)
  const states = Array.from({ length: SERIES }, () => createSeriesForecaster({ everyMs: 1000, bounds: BOUNDS }))
  for (const state of states)
    for (let minute = 0; minute < HISTORY; minute++) observeMinute(state, minute * 60_000, 0.5 + 0.02 * normal(random))
  let second = HISTORY * 60
  const run = (count: number) => {
    for (let i = 0; i < count; i++, second++) {
      for (let at = 0; at < SERIES; at++) {
        const noise = noises[(second * 7 + at * 13) % noises.length] as number
        const level = Math.min(0.9, Math.max(0.1, (levels[at] as number) + 0.0005 * noise))
        levels[at] = level
        const state = states[at] as SeriesForecaster
        observeSample(state, second * 1000, level + 0.01 * noise)
        if (second % 60 === 59) observeMinute(state, (second - 59) * 1000, level)
      }
    }
  }
  run(WARM)
  return { states, run }
}

/** What is left after collecting: what waits to be finalised goes with the second one, and the buffers of what went are given back with the third. */
function keptBytes(): number {
  for (let i = 0; i < 4; i++) globalThis.gc?.()
  const { heapUsed, arrayBuffers } = process.memoryUsage()
  return heapUsed + arrayBuffers
}

function cpuUs(run: () => void): number {
  const before = process.cpuUsage()
  run()
  const { user, system } = process.cpuUsage(before)
  return user + system
}
