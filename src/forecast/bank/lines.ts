import { fadeOver } from './fade.ts'
import { type Memory, SUMS } from './memory.ts'
import { JUMP, LEAST_FOR_SLOPE, LINES } from './parameters.ts'

/**
 * Straight lines through the past by discounted least squares (Brown 1963, chapter 9: the general form of double exponential smoothing).
 * Of each line five sums are kept, the weight halving every half-life: Σw, Σwa, Σwa², Σwy, Σwya with the age a in steps. Unlike Holt's
 * recursion the fit is exact from the third sample on, and a gap is only a larger step of age.
 */
export function followLines({ f64 }: Memory, count: number, gap: number, value: number, usualMove: number): void {
  for (let i = 0; i < LINES.length; i++) {
    const { halfLife, overJumps } = LINES[i]!
    const s = i * SUMS
    if (overJumps && count >= 2 * LEAST_FOR_SLOPE) carryOver(f64, s, value, gap, JUMP * usualMove)
    const fade = fadeOver(gap, halfLife)
    f64[s + 2] = fade * (f64[s + 2]! + 2 * gap * f64[s + 1]! + gap * gap * f64[s]!)
    f64[s + 1] = fade * (f64[s + 1]! + gap * f64[s]!)
    f64[s + 4] = fade * (f64[s + 4]! + gap * f64[s + 3]!)
    f64[s] = fade * f64[s]! + 1
    f64[s + 3] = fade * f64[s + 3]! + value
  }
}

/** A jump (a rotated log, a restart) lifts the whole past along with it, so that the slope stays; an outlier lifts it and sets it down again. */
function carryOver(f64: Float64Array, s: number, value: number, gap: number, most: number): void {
  const jump = value - (levelAt(f64, s) + slopeAt(f64, s) * gap)
  if (Math.abs(jump) <= most) return
  f64[s + 3] = f64[s + 3]! + jump * f64[s]!
  f64[s + 4] = f64[s + 4]! + jump * f64[s + 1]!
}

/** Changes the newest value by `change`: its age is zero and its weight one. */
export function correctLines({ f64 }: Memory, change: number): void {
  for (let i = 0; i < LINES.length; i++) f64[i * SUMS + 3] = f64[i * SUMS + 3]! + change
}

/** A line's value now, and its slope a step. */
export function lineLevel({ f64 }: Memory, line: number, count: number): number {
  const s = line * SUMS
  return count < LEAST_FOR_SLOPE ? f64[s + 3]! / f64[s]! : levelAt(f64, s)
}
export function lineSlope({ f64 }: Memory, line: number, count: number): number {
  return count < LEAST_FOR_SLOPE ? 0 : slopeAt(f64, line * SUMS)
}

function slopeAt(f64: Float64Array, s: number): number {
  const spread = f64[s]! * f64[s + 2]! - f64[s + 1]! * f64[s + 1]!
  return spread > 0 ? (f64[s + 1]! * f64[s + 3]! - f64[s]! * f64[s + 4]!) / spread : 0
}
function levelAt(f64: Float64Array, s: number): number {
  return (f64[s + 3]! + slopeAt(f64, s) * f64[s + 1]!) / f64[s]!
}
