import { ringAt } from './memory.ts'
import {
  ANCHOR_RATIO,
  ERROR_HALF_LIFE,
  ERROR_HALF_LIFE_HORIZONS,
  ORIGINS_PER_ANCHOR,
  WIDTH_AT_FIRST,
  WIDTH_PER_DOUBLING,
  WINDOW_HORIZONS,
} from './parameters.ts'

/** The horizons that are judged, and where what is learnt of them lies. */
export interface Plan {
  /** In steps. */
  readonly anchors: readonly number[]
  /** First words of the rings that their origins are kept in; those with a stride of one step share one. */
  readonly rings: readonly number[]
  readonly ringCount: number
}

/** Plans are alike for all series of a horizon, and hold nothing else: one is enough. */
const plans = new Map<number, Plan>()

export function planOf(horizon: number): Plan {
  const known = plans.get(horizon)
  if (known !== undefined) return known
  const anchors = anchorsOf(horizon)
  const shared = anchors.filter((anchor) => strideOf(anchor) === 1).length - 1
  const rings = anchors.map((_, i) => ringAt(anchors.length, Math.max(0, i - shared)))
  const plan = { anchors, rings, ringCount: anchors.length - shared }
  plans.set(horizon, plan)
  return plan
}

/** From 1 to `horizon` by equal factors. */
function anchorsOf(horizon: number): number[] {
  const factors = Math.max(1, Math.round(Math.log(horizon) / Math.log(ANCHOR_RATIO)))
  const anchors = new Set<number>()
  for (let i = 0; i <= factors; i++) anchors.add(Math.round(horizon ** (i / factors)))
  return [...anchors]
}

/** Steps between two origins that are kept for an anchor. */
export const strideOf = (anchor: number): number => Math.max(1, Math.round(anchor / ORIGINS_PER_ANCHOR))

/** Half-life, in steps, of what is learnt at an anchor. */
export const memoryOf = (anchor: number): number => Math.max(ERROR_HALF_LIFE, ERROR_HALF_LIFE_HORIZONS * anchor)

/** Samples before an origin is worth judging: a line's slope needs the more of them the further it is drawn out. */
export const leastSamplesFor = (anchor: number): number => Math.max(8, Math.min(20, 4 * anchor))

/** The window whose values stand for what the series may be at an anchor. */
export function windowOf(anchor: number): number {
  if (anchor <= WINDOW_HORIZONS[0]) return 0
  return anchor <= WINDOW_HORIZONS[1] ? 1 : 2
}

/** What 95 % bands are widened by before anything was learnt of it. */
export const firstWidth = (anchor: number): number => WIDTH_AT_FIRST + WIDTH_PER_DOUBLING * Math.log2(anchor)

/** Residuals before an anchor is believed. */
export const leastResidualsFor = (anchor: number): number => Math.max(10, Math.min(300, anchor / 2))
