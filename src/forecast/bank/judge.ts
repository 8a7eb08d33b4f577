import { FARTHEST, firstWidth, leastSamplesFor, memoryOf, type Plan, strideOf, windowOf } from './anchors.ts'
import { intervalScore, shareOfResiduals } from './experts.ts'
import { fadeOver } from './fade.ts'
import { isSeasonal, originOf, volatilityOf } from './learn.ts'
import { IN_BLOCK, type Memory, MODELS, ORIGIN_FIELDS, PLAIN_MODELS, SLOTS } from './memory.ts'
import { forecastAll, type Seasonal } from './models.ts'
import { clearOrigins, FIELD, keepOrigin, lagOf, recallOrigin, slotBefore } from './origins.ts'
import { RANGE_MARGIN, WIDTH_LIMITS, WIDTH_RATE } from './parameters.ts'
import { recentQuantile } from './recent.ts'
import { countResidual, fadeBins, residualQuantile } from './residuals.ts'
import type { BankState } from './state.ts'
import { mixOf, weightsOf } from './weights.ts'

/** The shares of a 95 % band's two sides. */
const LOW = 0.025
const HIGH = 0.975
/** Values that weights are formed of before their residuals say anything. */
const LEAST_JUDGED = 8
/** Residuals before a band is taken for one that could be missed. */
const LEAST_FOR_WIDTH = 20

/** Quantiles move slowly: at the shortest strides they are taken once in so many. */
const QUANTILES_EVERY = 4

// Room to calculate in: nothing in it outlives a call.
const origin = new Float64Array(ORIGIN_FIELDS)
const forecasts = new Float64Array(MODELS)
const weights = new Float64Array(MODELS)

/** Readies new memory for the blocks of all anchors and their rings. */
export function readyBlocks({ anchors, blocks, rings }: Plan, memory: Memory): void {
  for (let anchor = 0; anchor < anchors.length; anchor++) {
    clearOrigins(memory, rings[anchor]!)
    memory.f32[blocks[anchor]! + IN_BLOCK.width] = firstWidth(anchors[anchor]!)
  }
}

/** After a gap so long that their cells could be taken for later ones, no origin is left. */
export function forgetOrigins({ memory, plan }: BankState, gap: number): void {
  if (gap >= FARTHEST) for (const ring of plan.rings) clearOrigins(memory, ring)
}

/**
 * Compares the value of this cell with what was forecast about `steps` before it: the errors of the models, the residual of their mixture,
 * the scores and the width of its band. Every value is judged, by the origin nearest to that distance, at the distance it really has;
 * where a gap left no origin, nothing is.
 */
export function judge(state: BankState, anchor: number, gap: number, value: number, seasonal: Seasonal): void {
  const { memory, cell } = state
  const { f32 } = memory
  const steps = state.plan.anchors[anchor]!
  const block = state.plan.blocks[anchor]!
  const ring = state.plan.rings[anchor]!
  const halfLife = memoryOf(steps)
  fadeBins(memory, block, cell - gap, cell, halfLife)
  const slot = slotBefore(memory, ring, cell, steps, strideOf(steps))
  if (slot < 0) return
  const lead = lagOf(memory, ring, slot, cell)
  recallOrigin(memory, ring, slot, origin)
  forecastAll(origin, lead, seasonal, forecasts)
  const fade = fadeOver(gap, halfLife)
  const judged = f32[block + IN_BLOCK.judged]!
  judgeRange(f32, block, Math.max(1 - fade, 1 / (judged + 1)), value)
  if (judged >= LEAST_JUDGED || f32[block + IN_BLOCK.residuals]! > 0) {
    weightsOf(memory, block, isSeasonal(seasonal), weights)
    const mix = mixOf(forecasts, weights)
    const volatility = volatilityOf(state, origin[FIELD.volatility]!)
    if (f32[block + IN_BLOCK.residuals]! > 0) judgeBand(memory, block, fade, mix, volatility, value)
    countResidual(memory, block, cell, halfLife, volatility > 0 ? (value - mix) / volatility : 0)
    f32[block + IN_BLOCK.residuals] = f32[block + IN_BLOCK.residuals]! * fade + 1
  }
  f32[block + IN_BLOCK.judged] = judged * fade + 1
  const rate = 1 / f32[block + IN_BLOCK.judged]!
  const models = state.plan.profile === undefined ? PLAIN_MODELS : MODELS
  for (let i = 0; i < models; i++) {
    const at = block + IN_BLOCK.errors + i
    f32[at] = f32[at]! + rate * (Math.abs(value - forecasts[i]!) - f32[at]!)
  }
}

/** How often values leave the range that had been seen when they were forecast. */
function judgeRange(f32: Float32Array, block: number, rate: number, value: number): void {
  const margin = RANGE_MARGIN * (origin[FIELD.max]! - origin[FIELD.min]!)
  const below = block + IN_BLOCK.below
  const above = block + IN_BLOCK.above
  f32[below] = f32[below]! + rate * ((value < origin[FIELD.min]! - margin ? 1 : 0) - f32[below]!)
  f32[above] = f32[above]! + rate * ((value > origin[FIELD.max]! + margin ? 1 : 0) - f32[above]!)
}

/**
 * The scores of the band's two experts, and its width, which grows with every value outside and shrinks with every one inside so that in
 * the long run 5 in 100 are outside, whatever the series does (adaptive conformal inference: Gibbs & Candès 2021; here on the logarithm
 * of the width, as the quantile tracker of Angelopoulos, Candès & Tibshirani 2023).
 */
function judgeBand(memory: Memory, block: number, fade: number, mix: number, volatility: number, value: number): void {
  const { f32 } = memory
  const widen = f32[block + IN_BLOCK.width]!
  const residuals = f32[block + IN_BLOCK.residuals]!
  const share = shareOfResiduals(memory, block)
  const low = f32[block + IN_BLOCK.low]! * volatility
  const high = f32[block + IN_BLOCK.high]! * volatility
  const recentLow = origin[FIELD.low]! - mix
  const recentHigh = origin[FIELD.high]! - mix
  const off = value - mix
  const rate = Math.max(1 - fade, 1 / (residuals + 1))
  const scores = block + IN_BLOCK.scores
  f32[scores] = f32[scores]! + rate * (intervalScore(widen * low, widen * high, off) - f32[scores]!)
  f32[scores + 1] =
    f32[scores + 1]! + rate * (intervalScore(widen * recentLow, widen * recentHigh, off) - f32[scores + 1]!)
  if (residuals < LEAST_FOR_WIDTH) return
  const out =
    off < widen * (share * low + (1 - share) * recentLow) || off > widen * (share * high + (1 - share) * recentHigh)
  const next = widen * Math.exp(WIDTH_RATE * ((out ? 1 : 0) - 2 * LOW))
  f32[block + IN_BLOCK.width] = Math.min(WIDTH_LIMITS[1], Math.max(WIDTH_LIMITS[0], next))
}

function takeQuantiles(memory: Memory, block: number): void {
  memory.f32[block + IN_BLOCK.low] = residualQuantile(memory, block, LOW)
  memory.f32[block + IN_BLOCK.high] = residualQuantile(memory, block, HIGH)
}

/** Keeps this moment as an origin of each anchor whose stride has come round; gives the slot it has at the track record's, or -1. */
export function keepOrigins(state: BankState, gap: number): number {
  const { memory, cell, count } = state
  const { anchors, blocks, rings } = state.plan
  let kept = -1
  let known = false
  let done = -1
  for (let a = 0; a < anchors.length; a++) {
    const steps = anchors[a]!
    const stride = strideOf(steps)
    const turn = Math.floor(cell / stride)
    if (count < leastSamplesFor(steps) || turn === Math.floor((cell - gap) / stride)) continue
    if (gap > QUANTILES_EVERY || stride >= QUANTILES_EVERY || turn % QUANTILES_EVERY === 0)
      takeQuantiles(memory, blocks[a]!)
    const ring = rings[a]!
    if (ring === done) continue
    done = ring
    if (!known) originOf(state, origin)
    known = true
    const window = windowOf(steps)
    origin[FIELD.low] = recentQuantile(memory, count, window, LOW)
    origin[FIELD.high] = recentQuantile(memory, count, window, HIGH)
    keepOrigin(memory, ring, turn % SLOTS, cell, origin)
    if (ring === rings[state.plan.recordAnchor]) kept = turn % SLOTS
  }
  return kept
}
