import type { Prediction, TrackRecord } from '../model/forecast.ts'
import { planOf } from './bank/anchors.ts'
import { type Clock, stepsTo } from './bank/clock.ts'
import { createBlock, judge, keepOrigins } from './bank/judge.ts'
import { amend, learn, seasonalAt } from './bank/learn.ts'
import { createMemory, stretchesOf } from './bank/memory.ts'
import { EDGES, judgedAnchors, lookAhead, outlookOf } from './bank/outlook.ts'
import { LEAST_SAMPLES } from './bank/parameters.ts'
import { createProfile } from './bank/profile.ts'
import { judgeBandDrawn, keepBand, recordOf } from './bank/record.ts'
import type { BankState } from './bank/state.ts'

export interface ForecasterOptions {
  /** Distance of two samples in milliseconds; samples are put on this grid by their time. */
  readonly stepMs: number
  /** The farthest step ahead whose errors are learnt from. */
  readonly horizon: number
  /** Steps after which things repeat (a day). */
  readonly season?: number
  /** What the series can be at the least and at the most. */
  readonly bounds?: { readonly min?: number; readonly max?: number }
}

/** What has been learnt of one series on one grid. Its owner alone holds it; `observe` updates it in place, with no clock and no I/O. */
export interface Forecaster extends BankState {
  readonly options: ForecasterOptions
  readonly clock: Clock
  /** How many samples the last step has had: it stands for their mean. */
  inStep: number
  /** Steps from the last step but one to the last. */
  gap: number
}

const MINUTE_MS = 60_000
const HOUR_MS = 3_600_000
const DAY_S = 86_400
/** Beyond that no quantity of a machine lies, and 32-bit floats end. */
const MOST = 1e30

/** A forecaster that knows nothing yet. `horizon` and `season` are whole numbers of steps, from 1 on. */
export function createForecaster(options: ForecasterOptions): Forecaster {
  const { stepMs, horizon, season } = options
  const plan = planOf(horizon)
  const stretches = stretchesOf(season)
  const memory = createMemory(plan.anchors.length, plan.ringCount, stretches)
  plan.anchors.forEach((steps, anchor) => {
    createBlock(memory, anchor, steps, plan.rings[anchor]!)
  })
  return {
    options,
    clock: { lastMs: 0, stepMs: 0 },
    inStep: 1,
    gap: 1,
    memory,
    plan,
    recordAnchor: recordAnchorOf(plan.anchors, stepMs),
    profile: season === undefined ? undefined : createProfile(memory, season, stretches),
    count: 0,
    cell: 0,
    base: 0,
    last: 0,
    moves: 0,
    usual: 0,
    min: 0,
    max: 0,
    offset: Number.NaN,
    hour: 0,
    outlook: undefined,
  }
}

/** The track record is of forecasts an hour ahead, of a minute ahead where nothing reaches further; of the anchor nearest to that. */
function recordAnchorOf(anchors: readonly number[], stepMs: number): number {
  const farthest = anchors[anchors.length - 1]! * stepMs
  const steps = (farthest > HOUR_MS ? HOUR_MS : MINUTE_MS) / stepMs
  const apart = anchors.map((anchor) => Math.abs(Math.log(anchor / steps)))
  return apart.indexOf(Math.min(...apart))
}

/**
 * Takes a sample; what is no number is no sample. `atMs` is any clock's time, the same one's for all samples. Samples of the same step
 * count as their mean; steps without one are a gap, in which what was learnt ages.
 */
export function observe(state: Forecaster, atMs: number, value: number): Forecaster {
  if (!Number.isFinite(value) || !Number.isFinite(atMs)) return state
  const held = Math.min(MOST, Math.max(-MOST, value))
  state.outlook = undefined
  if (state.count === 0) {
    state.base = held
    state.clock.lastMs = state.clock.stepMs = atMs
    learn(state, 1, 0, seasonalAt(state, 0))
    return state
  }
  const distance = held - state.base
  const gap = stepsTo(state.clock, atMs, state.options.stepMs)
  if (gap === 0) {
    state.inStep++
    amend(state, state.last + (distance - state.last) / state.inStep)
    return state
  }
  closeStep(state)
  state.inStep = 1
  state.gap = gap
  state.cell += gap
  learn(state, gap, distance, seasonalAt(state, 0))
  return state
}

/** Judges by the value of a step, and keeps what is forecast from it, once no sample can come that would change it. */
function closeStep(state: Forecaster): void {
  const { recordAnchor, gap, last } = state
  const { anchors } = state.plan
  const seasonal = seasonalAt(state, 0)
  for (let anchor = 0; anchor < anchors.length; anchor++) judge(state, anchor, gap, last, seasonal)
  judgeBandDrawn(state, Math.floor((state.cell * state.options.stepMs) / HOUR_MS), last)
  const slot = keepOrigins(state, gap)
  if (slot < 0) return
  const ahead = predict(state, anchors[recordAnchor]!)
  keepBand(state, slot, (ahead?.low95 ?? Number.NaN) - state.base, (ahead?.high95 ?? Number.NaN) - state.base)
  state.outlook = undefined
}

const edges = new Float64Array(EDGES)

/**
 * What is expected `steps` grid steps, any positive number of them, after the last sample; undefined before 30 samples, and while
 * gaps left nothing to compare. Beyond the horizon,
 * or as much of it as could be judged yet, its trend goes on and its bands go on widening.
 */
export function predict(state: Forecaster, steps: number): Prediction | undefined {
  if (state.count < LEAST_SAMPLES) return undefined
  state.outlook ??= outlookOf(state)
  if (state.outlook.anchors.length === 0) return undefined
  const middle = lookAhead(state, state.outlook, steps, edges)
  const { min = Number.NEGATIVE_INFINITY, max = Number.POSITIVE_INFINITY } = state.options.bounds ?? {}
  const hold = (distance: number) => Math.min(max, Math.max(min, state.base + distance))
  return {
    mean: hold(middle),
    low80: hold(middle - edges[1]!),
    high80: hold(middle + edges[2]!),
    low95: hold(middle - edges[0]!),
    high95: hold(middle + edges[3]!),
  }
}

/** How many steps ahead forecasts of this series were compared with what came; 0 while nothing is said. Beyond them it is a guess that all goes on. */
export function judgedSteps(state: Forecaster): number {
  if (state.count < LEAST_SAMPLES) return 0
  const last = judgedAnchors(state).at(-1)
  return last === undefined ? 0 : state.plan.anchors[last]!
}

/** How the 95 % bands did that were drawn at one distance, about an hour or (where nothing reaches so far) a minute; undefined while none was judged. */
export function trackRecord(state: Forecaster): TrackRecord | undefined {
  const { inside, judged } = recordOf(state)
  if (judged === 0) return undefined
  return { overS: Math.min(DAY_S, (state.cell * state.options.stepMs) / 1000), inside: inside / judged }
}
