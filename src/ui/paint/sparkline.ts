import { style } from '../screen/style.ts'
import type { Surface } from '../screen/surface.ts'
import type { Token } from '../theme/tokens.ts'
import type { Look } from './look.ts'

/** The largest value that is known, and at least `least`. */
export function maximum(values: ArrayLike<number>, least = 0): number {
  let most = least
  for (let i = 0; i < values.length; i++) if ((values[i] as number) > most) most = values[i] as number
  return most
}

/** The smallest value that is known, and at most `most`. */
export function minimum(values: ArrayLike<number>, most = Number.POSITIVE_INFINITY): number {
  let least = most
  for (let i = 0; i < values.length; i++) if ((values[i] as number) < least) least = values[i] as number
  return least
}

/** A small chart, one value a cell, oldest first; `max` is what the highest glyph stands for. What is not known (NaN) is a space. */
export function sparkline(
  surface: Surface,
  x: number,
  y: number,
  values: ArrayLike<number>,
  max: number,
  tone: Token,
  { glyphs: { ramp } }: Look,
): void {
  const packed = style(tone)
  for (let cell = 0; cell < values.length; cell++) {
    const value = values[cell] as number
    if (Number.isNaN(value)) continue
    const share = max > 0 ? Math.min(1, Math.max(0, value / max)) : 0
    const level = Math.min(ramp.length - 1, Math.floor(share * ramp.length))
    surface.put(x + cell, y, ramp[level] as string, packed)
  }
}
