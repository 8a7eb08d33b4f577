const MINUTE_MS = 60_000
/** Minutes over which what is usual is averaged. */
const MINUTES = 8

/** How far samples usually lie above and below the mean of their minute, at the most: a limit is reached by the first one beyond it, not by the mean. */
export interface Spread {
  readonly f64: Float64Array
}

/** The minute that is under way, and what it has; then how many minutes there were, and what is usual. */
const OF = { minute: 0, count: 1, sum: 2, low: 3, high: 4, minutes: 5, below: 6, above: 7 } as const
export const SPREAD_BYTES = 8 * 8

/** The spread that lies in a buffer, from byte `at` on. */
export function spreadIn(buffer: ArrayBuffer, at: number): Spread {
  return { f64: new Float64Array(buffer, at, 8) }
}

/** A spread that knows nothing yet, in zeroed bytes. */
export function createSpread(buffer = new ArrayBuffer(SPREAD_BYTES), at = 0): Spread {
  const spread = spreadIn(buffer, at)
  spread.f64[OF.minute] = Number.NaN
  return spread
}

/** How far samples usually reach above the mean of their minute (`sign` 1), or below it (-1). */
export function usualReach({ f64 }: Spread, sign: number): number {
  return f64[sign > 0 ? OF.above : OF.below] as number
}

export function spreadSample({ f64 }: Spread, atMs: number, value: number): void {
  const minute = Math.floor(atMs / MINUTE_MS)
  if (minute !== f64[OF.minute]) {
    if ((f64[OF.count] as number) > 1) close(f64)
    f64[OF.minute] = minute
    f64[OF.count] = 0
    f64[OF.sum] = 0
    f64[OF.low] = value
    f64[OF.high] = value
  }
  f64[OF.count] = (f64[OF.count] as number) + 1
  f64[OF.sum] = (f64[OF.sum] as number) + value
  if (value < (f64[OF.low] as number)) f64[OF.low] = value
  if (value > (f64[OF.high] as number)) f64[OF.high] = value
}

function close(f64: Float64Array): void {
  const mean = (f64[OF.sum] as number) / (f64[OF.count] as number)
  const minutes = Math.min(MINUTES, (f64[OF.minutes] as number) + 1)
  const [below, above] = [f64[OF.below] as number, f64[OF.above] as number]
  f64[OF.minutes] = minutes
  f64[OF.above] = above + ((f64[OF.high] as number) - mean - above) / minutes
  f64[OF.below] = below + (mean - (f64[OF.low] as number) - below) / minutes
}
