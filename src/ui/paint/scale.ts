/**
 * The top of an axis for values up to `most`: the next of 1, 2, 5 times a power of ten, with a tenth of air, so that it moves seldom.
 * 1 for nothing at all.
 */
export function niceTop(most: number): number {
  if (!(most > 0)) return 1
  const wanted = most * 1.1
  const power = 10 ** Math.floor(Math.log10(wanted))
  const step = [1, 2, 5, 10].find((factor) => factor * power >= wanted) as number
  return step * power
}

/** What the lowest and the highest row of a chart stand for. */
export interface ValueScale {
  readonly min: number
  readonly max: number
}

/** How high a value lies on a scale, 0 to 1; what is beyond it lies at its end. NaN where nothing is known. */
export function shareOf(value: number, { min, max }: ValueScale): number {
  if (max > min) return Math.min(1, Math.max(0, (value - min) / (max - min)))
  return Number.isNaN(value) ? value : 0
}

/** The row of a line at a share of the height, the top one 0. */
export function rowOf(share: number, rows: number): number {
  return Math.min(rows - 1, Math.max(0, Math.round((1 - share) * (rows - 1))))
}

/** Bottoms of an axis that does not begin at zero, as a share of its top, and how many even steps there are from there to the top. */
const BOTTOMS = [
  { share: 0.9, steps: 2 },
  { share: 0.8, steps: 4 },
  { share: 0.6, steps: 4 },
] as const
/** What of the height lies below the lowest value at the least. */
const BELOW = 0.05

/** Where an axis up to `max` begins so that values from `lowest` on fill it, in how many steps at the most; from zero where they need all of it. */
export function highBottom(lowest: number, max: number): { readonly min: number; readonly steps: number } {
  const found = BOTTOMS.find(({ share }) => lowest / max >= share + BELOW * (1 - share))
  return found === undefined ? { min: 0, steps: 4 } : { min: found.share * max, steps: found.steps }
}
