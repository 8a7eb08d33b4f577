import { type GridOptions, planOf } from '../../src/forecast/bank/anchors.ts'
import { type Memory, memoryIn } from '../../src/forecast/bank/memory.ts'
import { createForecaster, type Forecaster, type ForecasterOptions, observe } from '../../src/forecast/forecaster.ts'

/** Uniform numbers of [0, 1) that are the same in every run (mulberry32). */
export function uniform(seed: number): () => number {
  let state = seed | 0
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
}

/** Normally distributed numbers with standard deviation 1 (Box & Muller). */
export function normal(seed: number): () => number {
  const random = uniform(seed)
  return () => Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random())
}

/** The slow track of a series: minutes, to a day. */
export const MINUTES: ForecasterOptions = { stepMs: 60_000, horizon: 1440, season: 1440 }
/** The fast one: seconds, to five minutes. */
export const SECONDS: ForecasterOptions = { stepMs: 1000, horizon: 300 }

/** Zeroed memory of a forecaster; of the smallest there is, where it does not matter. */
export function zeroed(options: GridOptions = { stepMs: 1000, horizon: 1 }): Memory {
  const { words } = planOf(options)
  return memoryIn(new ArrayBuffer(4 * words), 0, words)
}

/** A forecaster that has seen `count` values, one a step. */
export function having(count: number, value: (step: number) => number, options = MINUTES, startMs = 0): Forecaster {
  const state = createForecaster(options)
  for (let step = 0; step < count; step++) observe(state, startMs + step * options.stepMs, value(step))
  return state
}
