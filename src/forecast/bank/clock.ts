/** Where samples fall on a grid of equal steps. */
export interface Clock {
  /** Times of the first sample, or the first since the clock was set back, and of the last one. */
  firstMs: number
  lastMs: number
  /** The middle of the last step, which follows the times of the samples a little, so that jitter does not make them cross its edges. */
  stepMs: number
}

/** How far the grid follows a sample that is off its middle. */
const FOLLOW = 0.1
/** More steps than that are all the same: nothing known reaches across them. */
const MOST_STEPS = 1e9

/**
 * How many steps of `everyMs` a sample lies after the last one; 0 when it falls into the same step. A time that goes backwards is a clock
 * that was set: the sample counts as one step later, and the grid goes on from there.
 */
export function stepsTo(clock: Clock, atMs: number, everyMs: number): number {
  if (atMs < clock.lastMs) {
    clock.firstMs = atMs
    clock.stepMs = atMs - everyMs
  }
  clock.lastMs = atMs
  const steps = Math.min(MOST_STEPS, Math.max(0, Math.round((atMs - clock.stepMs) / everyMs)))
  clock.stepMs += steps * everyMs
  if (steps === MOST_STEPS) clock.stepMs = atMs
  else clock.stepMs += FOLLOW * (atMs - clock.stepMs)
  return steps
}
