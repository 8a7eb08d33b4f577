import { IN_BLOCK, type Memory } from './memory.ts'
import { BAND_SHARPNESS } from './parameters.ts'

/** What a miss of a 95 % band costs for each unit of its distance: 2 / 0.05. */
const MISS = 40

/** The interval score of a 95 % band (Gneiting & Raftery 2007, equation 43). */
export function intervalScore(low: number, high: number, value: number): number {
  return high - low + MISS * (Math.max(0, low - value) + Math.max(0, value - high))
}

/**
 * How much, 0..1, the band follows the residuals of the forecasts; for the rest it follows the range of recent values, which knows no
 * trend and is the better one where nothing moves. By the interval scores of both at this anchor, as the weights of models are.
 */
export function shareOfResiduals({ f32 }: Memory, block: number): number {
  const residuals = f32[block + IN_BLOCK.scores]!
  const recent = f32[block + IN_BLOCK.scores + 1]!
  const least = Math.min(residuals, recent)
  if (!(least > 0)) return residuals === recent ? 0.5 : residuals < recent ? 1 : 0
  const first = Math.exp(-BAND_SHARPNESS * (residuals / least - 1))
  return first / (first + Math.exp(-BAND_SHARPNESS * (recent / least - 1)))
}
