import { layOut } from './memory.ts'
import {
  ANCHOR_RATIO,
  ERROR_HALF_LIFE,
  ERROR_HALF_LIFE_HORIZONS,
  ORIGINS_PER_ANCHOR,
  WIDTH_AT_FIRST,
  WIDTH_PER_DOUBLING,
  WINDOW_HORIZONS,
} from './parameters.ts'
import { type Profile, profileOf } from './profile.ts'

/** The grid that a series is put on, and what is wanted of it. */
export interface GridOptions {
  /** Distance of two samples in milliseconds; samples are put on this grid by their time. */
  readonly stepMs: number
  /** The farthest step ahead whose errors are learnt from. */
  readonly horizon: number
  /** Steps after which things repeat (a day). */
  readonly season?: number
}

/** The horizons that are judged on a grid, and where what is learnt of them lies. */
export interface Plan {
  readonly stepMs: number
  /** In steps. */
  readonly anchors: readonly number[]
  /** First words of what is learnt at each of them. */
  readonly blocks: readonly number[]
  /** First words of the rings that their origins are kept in; those with a stride of one step share one. */
  readonly rings: readonly number[]
  /** Which of the anchors the track record is of. */
  readonly recordAnchor: number
  readonly profile: Profile | undefined
  /** How many words all of it takes. */
  readonly words: number
}

/** So many steps back an origin can still be told from a newer one; no anchor lies further away. */
export const FARTHEST = 0x8000
const HOUR_MS = 3_600_000
const MINUTE_MS = 60_000

/** Plans are alike for all series on a grid, and never change: one is enough. */
const plans = new Map<string, Plan>()

export function planOf({ stepMs, horizon, season }: GridOptions): Plan {
  const key = `${stepMs} ${horizon} ${season}`
  const known = plans.get(key)
  if (known !== undefined) return known
  const anchors = anchorsOf(Math.min(FARTHEST, horizon))
  const shared = anchors.filter((anchor) => strideOf(anchor) === 1).length - 1
  const profile = season === undefined ? undefined : profileOf(season)
  const { blocks, rings, words } = layOut(anchors.length, anchors.length - shared, profile?.stretches ?? 0)
  const plan = {
    stepMs,
    anchors,
    blocks,
    rings: anchors.map((_, i) => rings[Math.max(0, i - shared)]!),
    recordAnchor: recordAnchorOf(anchors, stepMs),
    profile,
    words,
  }
  plans.set(key, plan)
  return plan
}

/** The track record is of forecasts an hour ahead, of a minute ahead where nothing reaches further; of the anchor nearest to that. */
function recordAnchorOf(anchors: readonly number[], stepMs: number): number {
  const farthest = anchors[anchors.length - 1]! * stepMs
  const steps = (farthest > HOUR_MS ? HOUR_MS : MINUTE_MS) / stepMs
  const apart = anchors.map((anchor) => Math.abs(Math.log(anchor / steps)))
  return apart.indexOf(Math.min(...apart))
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
