import type { Limit } from '../../../src/forecast/time-to-limit.ts'

/** A generated series of a kind, its limit, and how it is met. */
export interface Scenario {
  readonly limit: Limit
  readonly everyS: number
  /** One a step. */
  readonly values: Float64Array
  /** So many seconds of it are known as means of minutes when the program starts. */
  readonly historyS: number
  /** When it sets out for the limit, in seconds from the first value. */
  readonly onsetS: number
  /** When it is there; left out when never. */
  readonly crossesS?: number
}

/** A kind of series: a scenario for each seed. */
export interface Kind {
  readonly name: string
  readonly crosses: boolean
  make(seed: number): Scenario
}

export interface Plan {
  readonly everyS: number
  readonly historyS?: number
  readonly onsetS?: number
  readonly liveS: number
  readonly threshold: number
  readonly direction?: 'above' | 'below'
  /** The value at a second, called once a step in order. */
  readonly value: (s: number) => number
}

const HOUR = 3600

/** Plays a plan until it has crossed, or to its end. Throws where a series that shall cross does not, or one that shall not does. */
export function play(crosses: boolean, plan: Plan): Scenario {
  const { everyS, historyS = 0, onsetS = historyS, liveS, threshold, direction = 'above', value } = plan
  const steps = Math.floor((historyS + liveS) / everyS)
  const values = new Float64Array(steps)
  let crossed = -1
  let count = 0
  for (; count < steps && crossed < 0; count++) {
    values[count] = value(count * everyS)
    const beyond =
      direction === 'above' ? (values[count] as number) >= threshold : (values[count] as number) <= threshold
    if (beyond) crossed = count
  }
  if (crosses !== crossed >= 0)
    throw new Error(`a series that ${crosses ? 'shall cross does not' : 'shall not cross does'}`)
  return {
    limit: { threshold, direction },
    everyS,
    values: values.subarray(0, count),
    historyS,
    onsetS,
    ...(crossed >= 0 && { crossesS: crossed * everyS }),
  }
}

export const hours = (count: number) => count * HOUR
export const minutes = (count: number) => count * 60
