import { IN_BLOCK, type Memory, MODELS, PLAIN_MODELS } from './memory.ts'
import { isLine } from './models.ts'
import { LINE_HANDICAP, SHARPNESS } from './parameters.ts'

const HANDICAPS = Array.from({ length: MODELS }, (_, model) => (isLine(model) ? LINE_HANDICAP : 1))

/** Beyond that many times the least error, in excess of it, a weight is nothing. */
const HOPELESS = 36 / SHARPNESS

/**
 * The weights of an anchor's models into `out`, from `at` on: exp(-SHARPNESS (error / least error - 1)), summing to 1, of their mean
 * absolute errors. An exponentially weighted average forecaster (Cesa-Bianchi & Lugosi 2006, chapter 2) whose loss has no unit.
 * Without a season that is known only the first models take part.
 */
export function weightsOf({ f32 }: Memory, block: number, seasonal: boolean, out: Float64Array, at = 0): void {
  const errors = block + IN_BLOCK.errors
  const models = seasonal ? MODELS : PLAIN_MODELS
  let least = Number.POSITIVE_INFINITY
  for (let i = 0; i < models; i++) {
    const error = f32[errors + i]! * HANDICAPS[i]!
    if (error < least) least = error
  }
  let total = 0
  for (let i = 0; i < models; i++) {
    const error = f32[errors + i]! * HANDICAPS[i]!
    // Where the best ones are never wrong they share the weight.
    const excess = least > 0 ? error / least - 1 : error > 0 ? HOPELESS : 0
    const weight = excess < HOPELESS ? Math.exp(-SHARPNESS * excess) : 0
    out[at + i] = weight
    total += weight
  }
  for (let i = 0; i < MODELS; i++) out[at + i] = i < models ? out[at + i]! / total : 0
}

/** The weighted mean of forecasts. */
export function mixOf(forecasts: Float64Array, weights: Float64Array, at = 0): number {
  let sum = 0
  for (let i = 0; i < MODELS; i++) sum += weights[at + i]! * forecasts[i]!
  return sum
}
