import { leastResidualsFor, windowOf } from './anchors.ts'
import { shareOfResiduals } from './experts.ts'
import { isSeasonal, originOf, seasonalAt, volatilityOf } from './learn.ts'
import { IN_BLOCK, MODELS, ORIGIN_FIELDS } from './memory.ts'
import { forecastAll, isLine, MODEL } from './models.ts'
import { FIELD } from './origins.ts'
import { LEAST_FOR_RANGE, LEAST_GROWTH, LEAVING, LINES, RANGE_MARGIN } from './parameters.ts'
import { recentQuantile } from './recent.ts'
import { residualQuantile } from './residuals.ts'
import type { BankState } from './state.ts'
import { mixOf, weightsOf } from './weights.ts'

/** The four edges of the bands: below and above the middle, from the outermost below to the outermost above. */
const LEVELS = [0.025, 0.1, 0.9, 0.975] as const
export const EDGES = LEVELS.length
/** Standard deviations out to each edge, of a normal distribution. */
const DEVIATIONS = [1.96, 1.28, 1.28, 1.96] as const

/** What is known, at one moment, of the steps to come. */
export interface Outlook {
  readonly origin: Float64Array
  /** The anchors that have been judged often enough, by their numbers; the lists below have a row for each. */
  readonly anchors: readonly number[]
  /** Weights of the models, at each of them. */
  readonly weights: Float64Array
  /** Distances of the edges from the middle, at each of them. */
  readonly edges: Float64Array
  /** With which power of the horizon edges grow beyond the last of them. */
  readonly growth: number
  /** Standard deviation of the models' slopes there. */
  readonly disagreement: number
}

const forecasts = new Float64Array(MODELS)
const mixed = new Float64Array(MODELS)

/** Anchors that have been judged often enough. Gaps may leave out one in the middle. */
export function judgedAnchors({ memory, plan: { anchors, blocks } }: BankState): number[] {
  const judged: number[] = []
  for (let a = 0; a < anchors.length; a++)
    if (memory.f32[blocks[a]! + IN_BLOCK.residuals]! >= leastResidualsFor(anchors[a]!)) judged.push(a)
  return judged
}

/** `farthest`: how many steps ahead it will be asked for, where that is known. */
export function outlookOf(state: BankState, farthest = Number.POSITIVE_INFINITY): Outlook {
  const { memory } = state
  const steps = state.plan.anchors
  const origin = new Float64Array(ORIGIN_FIELDS)
  originOf(state, origin)
  const judged = judgedAnchors(state)
  const beyond = judged.findIndex((anchor) => steps[anchor]! >= farthest)
  const anchors = beyond < 0 ? judged : judged.slice(0, beyond + 1)
  const weights = new Float64Array(anchors.length * MODELS)
  const edges = new Float64Array(anchors.length * EDGES)
  const seasonal = isSeasonal(seasonalAt(state, 0))
  let widest = 0
  anchors.forEach((anchor, row) => {
    weightsOf(memory, state.plan.blocks[anchor]!, seasonal, weights, row * MODELS)
    widest = edgesOf(state, anchor, row, origin, weights, edges, widest)
  })
  const last = Math.max(0, anchors.length - 1)
  const trend = slopesOf(origin, weights, last)
  const narrow = edges[0]! + edges[EDGES - 1]!
  const overall =
    last > 0 && narrow > 0 ? Math.log(widest / narrow) / Math.log(steps[anchors[last]!]! / steps[anchors[0]!]!) : 0
  // Levels go astray as a random walk does at the most, lines with the time at the most.
  const most = LEAST_GROWTH + (1 - LEAST_GROWTH) * trend.weight
  const growth = Math.min(most, Math.max(LEAST_GROWTH, overall))
  return { origin, anchors, weights, edges, growth, disagreement: trend.deviation }
}

/** Writes the edges at an anchor; gives the width of the widest band up to it. */
function edgesOf(
  state: BankState,
  anchor: number,
  row: number,
  origin: Float64Array,
  weights: Float64Array,
  out: Float64Array,
  widest: number,
): number {
  const { memory, count } = state
  const { f32 } = memory
  const steps = state.plan.anchors[anchor]!
  const block = state.plan.blocks[anchor]!
  forecastAll(origin, steps, seasonalAt(state, steps), forecasts)
  const mix = mixOf(forecasts, weights, row * MODELS)
  const volatility = volatilityOf(state, origin[FIELD.volatility]!)
  const share = shareOfResiduals(memory, block)
  const window = windowOf(steps)
  // Residuals that overlap in time tell the same story: about four of a horizon are worth counting.
  const independent = Math.max(4, f32[block + IN_BLOCK.residuals]! / Math.max(1, steps / 4))
  const few = 1 + 1 / independent
  const at = row * EDGES
  for (let i = 0; i < EDGES; i++) {
    const level = LEVELS[i]!
    const learnt = volatility * residualQuantile(memory, block, level)
    const edge = share * learnt + (1 - share) * (recentQuantile(memory, count, window, level) - mix)
    const widen = i === 0 || i === EDGES - 1 ? f32[block + IN_BLOCK.width]! : 1
    out[at + i] = Math.max(0, few * widen * (i < EDGES / 2 ? -edge : edge))
  }
  endAtRange(state, block, mix, out, at)
  // With few errors known, those of one side say something of the other.
  const other = Math.min(1, 2 / (2 + independent))
  atLeast(out, at, at + 3, other)
  atLeast(out, at + 1, at + 2, other)
  out[at] = Math.max(out[at]!, out[at + 1]!)
  out[at + 3] = Math.max(out[at + 3]!, out[at + 2]!)
  return widen(out, at, widest)
}

function atLeast(edges: Float64Array, one: number, two: number, share: number): void {
  const least = share * Math.max(edges[one]!, edges[two]!)
  edges[one] = Math.max(edges[one]!, least)
  edges[two] = Math.max(edges[two]!, least)
}

/** A side ends at the range seen, and a margin, where values at this distance have hardly ever left it. */
function endAtRange(
  { memory, min, max }: BankState,
  block: number,
  mix: number,
  edges: Float64Array,
  at: number,
): void {
  const { f32 } = memory
  if (f32[block + IN_BLOCK.judged]! < LEAST_FOR_RANGE) return
  const margin = RANGE_MARGIN * (max - min)
  const below = f32[block + IN_BLOCK.below]! < LEAVING ? Math.max(0, mix - min + margin) : Number.POSITIVE_INFINITY
  const above = f32[block + IN_BLOCK.above]! < LEAVING ? Math.max(0, max - mix + margin) : Number.POSITIVE_INFINITY
  for (let i = 0; i < EDGES; i++) edges[at + i] = Math.min(edges[at + i]!, i < EDGES / 2 ? below : above)
}

/** Later is never more certain: a band is at least as wide as the one before. */
function widen(edges: Float64Array, at: number, widest: number): number {
  const width = edges[at]! + edges[at + EDGES - 1]!
  if (width >= widest) return width
  if (width > 0) for (let i = 0; i < EDGES; i++) edges[at + i] = edges[at + i]! * (widest / width)
  else edges[at] = edges[at + EDGES - 1] = widest / 2
  return widest
}

/** How much lines weigh at an anchor, and how much the slopes of the models there deviate. */
function slopesOf(origin: Float64Array, weights: Float64Array, anchor: number): { weight: number; deviation: number } {
  const at = anchor * MODELS + MODEL.lines
  let weight = 0
  let mean = 0
  let squares = 0
  for (let i = 0; i < LINES.length; i++) {
    const slope = origin[FIELD.lines + 2 * i + 1]!
    const share = weights[at + i]!
    weight += share
    mean += share * slope
  }
  for (let model = 0; model < MODELS; model++) {
    const slope = isLine(model) ? origin[FIELD.lines + 2 * (model - MODEL.lines) + 1]! : 0
    squares += weights[anchor * MODELS + model]! * (slope - mean) ** 2
  }
  return { weight, deviation: Math.sqrt(squares) }
}

/** Distances of the middle from `base` and of the edges from the middle, `lead` steps from now, into `edges`; gives the middle. */
export function middleAt(state: BankState, outlook: Outlook, lead: number, edges: Float64Array): number {
  const { anchors } = outlook
  const stepsOf = (row: number) => state.plan.anchors[anchors[row]!]!
  const last = anchors.length - 1
  let next = 0
  while (next <= last && stepsOf(next) < lead) next++
  if (next > last) {
    mixed.set(outlook.weights.subarray(last * MODELS))
    const from = stepsOf(last)
    const times = (lead / from) ** outlook.growth
    // Beyond what was judged the models' own disagreement is all there is to go by.
    const apart = outlook.disagreement * (lead - from)
    for (let i = 0; i < EDGES; i++) edges[i] = times * outlook.edges[last * EDGES + i]! + DEVIATIONS[i]! * apart
  } else {
    const before = Math.max(0, next - 1)
    const share = before === next ? 0 : (lead - stepsOf(before)) / (stepsOf(next) - stepsOf(before))
    between(outlook.weights, before * MODELS, next * MODELS, share, mixed, MODELS)
    between(outlook.edges, before * EDGES, next * EDGES, share, edges, EDGES)
  }
  forecastAll(outlook.origin, lead, seasonalAt(state, lead), forecasts)
  return mixOf(forecasts, mixed)
}

function between(from: Float64Array, one: number, two: number, share: number, out: Float64Array, length: number): void {
  for (let i = 0; i < length; i++) out[i] = from[one + i]! + share * (from[two + i]! - from[one + i]!)
}
