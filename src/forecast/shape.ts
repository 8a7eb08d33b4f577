import type { Prediction } from '../model/forecast.ts'

/** Quantiles of the normal distribution that 80 and 95 of 100 values lie between. */
const Z80 = 1.2816
const Z95 = 1.96

/** A prediction as its middle and the distances of its edges, none below 0. */
export interface Shape {
  readonly mean: number
  readonly low80: number
  readonly high80: number
  readonly low95: number
  readonly high95: number
}

export function shapeOf(prediction: Prediction | undefined): Shape | undefined {
  if (prediction === undefined) return undefined
  const { mean, low80, high80, low95, high95 } = prediction
  return { mean, low80: mean - low80, high80: high80 - mean, low95: mean - low95, high95: high95 - mean }
}

/**
 * Goes on from the shape `end` as `beyond` does, which is of another forecaster that had `start` at that moment: the distance of their
 * middles fades, with 1/e of it left after `share` 1; what `beyond` is wider comes as slowly, and nothing gets narrower.
 */
export function joined(end: Shape, start: Shape, beyond: Shape, share: number): Shape {
  const left = Math.exp(-share)
  const [low80, high80] = mixed([end.low80, end.high80], [beyond.low80, beyond.high80], left)
  const [low95, high95] = mixed([end.low95, end.high95], [beyond.low95, beyond.high95], left)
  return inOrder({ mean: beyond.mean + left * (end.mean - start.mean), low80, high80, low95, high95 })
}

type Edges = readonly [low: number, high: number]

/** How the distances are shared out is mixed; the width is never less than it was. */
function mixed(end: Edges, beyond: Edges, left: number): Edges {
  const low = left * end[0] + (1 - left) * beyond[0]
  const high = left * end[1] + (1 - left) * beyond[1]
  const was = end[0] + end[1]
  const wide = was + (1 - left) * Math.max(0, beyond[0] + beyond[1] - was)
  const by = low + high > 0 ? wide / (low + high) : 0
  return [low * by, high * by]
}

/** Moved, and its 95 % band at least `2 * half` wide; the 80 % one in proportion, as of a normal distribution. */
export function shifted({ mean, low80, high80, low95, high95 }: Shape, by: number, half: number): Shape {
  const outer = Math.max(0, half - (low95 + high95) / 2)
  const inner = Math.max(0, (Z80 / Z95) * half - (low80 + high80) / 2)
  return inOrder({
    mean: mean + by,
    low80: low80 + inner,
    high80: high80 + inner,
    low95: low95 + outer,
    high95: high95 + outer,
  })
}

function inOrder(shape: Shape): Shape {
  return { ...shape, low80: Math.min(shape.low80, shape.low95), high80: Math.min(shape.high80, shape.high95) }
}

/** The prediction that a shape is, within what the series can be. */
export function boundedBy(
  { mean, low80, high80, low95, high95 }: Shape,
  { min = Number.NEGATIVE_INFINITY, max = Number.POSITIVE_INFINITY }: { readonly min?: number; readonly max?: number },
): Prediction {
  const hold = (value: number) => Math.min(max, Math.max(min, value))
  return {
    mean: hold(mean),
    low80: hold(mean - low80),
    high80: hold(mean + high80),
    low95: hold(mean - low95),
    high95: hold(mean + high95),
  }
}
