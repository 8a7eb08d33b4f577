/** A series on equal steps. */
export interface Grid {
  readonly stepMs: number
  /** Time of the last value. */
  readonly endMs: number
  /** One a step, oldest first; NaN in a gap. The last one is known. */
  readonly values: readonly number[]
  /** How many are known. */
  readonly known: number
  /** Steps of a day, where two days are there and a day is a whole number of steps. */
  readonly period?: number
}

const DAY_MS = 86_400_000
/** What lies further back says nothing about what comes. */
const MOST_STEPS = 200_000
/** Times of timers that are a little late are of the whole second that they mean. */
const SNAP = 0.01

/**
 * Puts samples on a grid by their times, which may be irregular, have gaps and stand in any order. The step is the median distance of two
 * samples; samples that fall into one step are averaged. Undefined without two samples at different times.
 */
export function gridOf(times: readonly number[], values: readonly number[]): Grid | undefined {
  const order = inOrder(times)
  const stepMs = stepOf(times, order)
  if (stepMs === undefined) return undefined
  const endMs = times[order.at(-1) as number] as number
  const stepsBack = (index: number) => Math.round((endMs - (times[index] as number)) / stepMs)
  const length = Math.min(MOST_STEPS, stepsBack(order[0] as number) + 1)
  const sums = new Float64Array(length)
  const counts = new Uint32Array(length)
  for (const index of order) {
    const at = length - 1 - stepsBack(index)
    if (at < 0) continue
    sums[at] = (sums[at] as number) + (values[index] as number)
    counts[at] = (counts[at] as number) + 1
  }
  const period = DAY_MS / stepMs
  return {
    stepMs,
    endMs,
    values: Array.from(sums, (sum, at) => (counts[at] === 0 ? Number.NaN : sum / (counts[at] as number))),
    known: counts.reduce((sum, count) => sum + (count > 0 ? 1 : 0), 0),
    ...(Number.isInteger(period) && period > 1 && length >= 2 * period && { period }),
  }
}

/** Indexes from the oldest to the newest; exports often have the newest first. */
function inOrder(times: readonly number[]): readonly number[] {
  const order = Array.from(times, (_, index) => index)
  const sorted = times.every((time, index) => index === 0 || time >= (times[index - 1] as number))
  return sorted ? order : order.sort((a, b) => (times[a] as number) - (times[b] as number))
}

function stepOf(times: readonly number[], order: readonly number[]): number | undefined {
  const distances: number[] = []
  for (let at = 1; at < order.length; at++) {
    const distance = (times[order[at] as number] as number) - (times[order[at - 1] as number] as number)
    if (distance > 0) distances.push(distance)
  }
  if (distances.length === 0) return undefined
  const median = Float64Array.from(distances).sort()[distances.length >> 1] as number
  const whole = Math.round(median / 1000) * 1000
  return Math.abs(whole - median) <= SNAP * median ? whole : median
}
