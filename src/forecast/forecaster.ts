import type { Prediction, TrackRecord } from '../model/forecast.ts'
import { type GridOptions, planOf } from './bank/anchors.ts'
import { stepsTo } from './bank/clock.ts'
import { forgetOrigins, judge, keepOrigins, readyBlocks } from './bank/judge.ts'
import { amend, learn, seasonalAt } from './bank/learn.ts'
import { EDGES, judgedAnchors, middleAt, outlookOf } from './bank/outlook.ts'
import { LEAST_JUDGED, LEAST_SAMPLES } from './bank/parameters.ts'
import { createProfile } from './bank/profile.ts'
import { judgeBandDrawn, keepBand, recordOf } from './bank/record.ts'
import { type BankState, bytesOf, type KeptState, keepState, openState } from './bank/state.ts'

/** What a series can be at the least and at the most. */
export interface Bounds {
  readonly min?: number
  readonly max?: number
}

export interface ForecasterOptions extends GridOptions {
  readonly bounds?: Bounds
}

/** What has been learnt of one series on one grid. Its owner alone holds it; `observe` updates it in place, with no clock and no I/O. */
export interface Forecaster extends KeptState {
  readonly bounds: Bounds
}

const DAY_S = 86_400
/** Beyond that no quantity of a machine lies, and 32-bit floats end. */
const MOST = 1e30
const UNBOUNDED: Bounds = {}

/** How many bytes a forecaster takes of a buffer, a multiple of 8. */
export const forecasterBytes = (options: GridOptions): number => bytesOf(planOf(options))

/**
 * A forecaster that knows nothing yet. `horizon` and `season` are whole numbers of steps, from 1 on. It has a buffer of its own, or
 * zeroed bytes of one from `at`, a multiple of 8, on.
 */
export function createForecaster(
  options: ForecasterOptions,
  buffer = new ArrayBuffer(forecasterBytes(options)),
  at = 0,
): Forecaster {
  const { bounds = UNBOUNDED } = options
  const plan = planOf(options)
  const forecaster = { plan, bounds, buffer, at, count: 0, cell: 0, inStep: 1, gap: 1 }
  const state = openState(forecaster)
  readyBlocks(plan, state.memory)
  if (plan.profile !== undefined) createProfile(plan.profile, state.memory)
  state.offset = Number.NaN
  keepState(forecaster, state)
  return forecaster
}

/**
 * Takes a sample; what is no number is no sample. `atMs` is any clock's time, the same one's for all samples. Samples of the same step
 * count as their mean; steps without one are a gap, in which what was learnt ages.
 */
export function observe(forecaster: Forecaster, atMs: number, value: number): Forecaster {
  if (!Number.isFinite(value) || !Number.isFinite(atMs)) return forecaster
  const state = openState(forecaster)
  take(state, forecaster.bounds, atMs, Math.min(MOST, Math.max(-MOST, value)))
  keepState(forecaster, state)
  return forecaster
}

function take(state: BankState, bounds: Bounds, atMs: number, value: number): void {
  const { clock } = state
  if (state.count === 0) {
    state.base = value
    clock.firstMs = clock.lastMs = clock.stepMs = atMs
    learn(state, 1, 0, seasonalAt(state, 0))
    return
  }
  const distance = value - state.base
  const gap = stepsTo(clock, atMs, state.plan.stepMs)
  if (gap === 0) {
    state.inStep++
    amend(state, state.last + (distance - state.last) / state.inStep)
    return
  }
  closeStep(state, bounds)
  forgetOrigins(state, gap)
  state.inStep = 1
  state.gap = gap
  state.cell += gap
  learn(state, gap, distance, seasonalAt(state, 0))
}

/** Judges by the value of a step, and keeps what is forecast from it, once no sample can come that would change it. */
function closeStep(state: BankState, bounds: Bounds): void {
  const { gap, last } = state
  const { anchors, recordAnchor } = state.plan
  const seasonal = seasonalAt(state, 0)
  for (let anchor = 0; anchor < anchors.length; anchor++) judge(state, anchor, gap, last, seasonal)
  judgeBandDrawn(state, last)
  const slot = keepOrigins(state, gap)
  if (slot < 0) return
  const steps = anchors[recordAnchor]!
  const ahead = predictionsOf(state, bounds, steps)(steps)
  keepBand(state, slot, (ahead?.low95 ?? Number.NaN) - state.base, (ahead?.high95 ?? Number.NaN) - state.base)
}

/** What is expected so many grid steps, any positive number of them, after the last sample; undefined where nothing can be said. */
export type Expected = (steps: number) => Prediction | undefined

const nothing: Expected = () => undefined
const edges = new Float64Array(EDGES)

/**
 * What is expected after now, to be asked for many moments; it holds until the next sample. Nothing before 30 samples, and while
 * gaps left nothing to compare. Beyond the horizon, or as much of it as could be judged yet, its trend goes on and its bands go on widening.
 */
export function predictions(forecaster: Forecaster): Expected {
  return predictionsOf(openState(forecaster), forecaster.bounds)
}

function predictionsOf(
  state: BankState,
  { min = Number.NEGATIVE_INFINITY, max = Number.POSITIVE_INFINITY }: Bounds,
  farthest?: number,
): Expected {
  if (state.count < LEAST_SAMPLES) return nothing
  const outlook = outlookOf(state, farthest)
  if (outlook.anchors.length === 0) return nothing
  const hold = (distance: number) => Math.min(max, Math.max(min, state.base + distance))
  return (steps) => {
    const middle = middleAt(state, outlook, steps, edges)
    return {
      mean: hold(middle),
      low80: hold(middle - edges[1]!),
      high80: hold(middle + edges[2]!),
      low95: hold(middle - edges[0]!),
      high95: hold(middle + edges[3]!),
    }
  }
}

/** What is expected at one moment: as `predictions`, which is for many. */
export function predict(forecaster: Forecaster, steps: number): Prediction | undefined {
  return predictions(forecaster)(steps)
}

/** How many steps ahead forecasts of this series were compared with what came; 0 while nothing is said. Beyond them it is a guess that all goes on. */
export function judgedSteps(forecaster: Forecaster): number {
  if (forecaster.count < LEAST_SAMPLES) return 0
  const last = judgedAnchors(openState(forecaster)).at(-1)
  return last === undefined ? 0 : forecaster.plan.anchors[last]!
}

/** How the 95 % bands did that were drawn at one distance, about an hour or (where nothing reaches so far) a minute; undefined while too few were judged. */
export function trackRecord(forecaster: Forecaster): TrackRecord | undefined {
  const { inside, judged } = recordOf(openState(forecaster))
  if (judged < LEAST_JUDGED) return undefined
  return { overS: Math.min(DAY_S, (forecaster.cell * forecaster.plan.stepMs) / 1000), inside: inside / judged }
}
