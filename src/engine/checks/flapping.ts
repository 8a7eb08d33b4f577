import type { CheckState } from '../../model/check.ts'

/** Results that are looked at. */
export const RESULTS = 21
const CHANGES = RESULTS - 1
const OLDEST_WEIGHT = 0.8
const NEWEST_WEIGHT = 1.2
const STARTS = 0.5
const STOPS = 0.25

/** Whether a check turns all the time. Holds the states of its newest results, oldest first. */
export interface Flapping {
  readonly states: readonly CheckState[]
  readonly flapping: boolean
  /** Weighted share of its newest results that differ from the one before, 0 to 1. */
  readonly ratio: number
}

export const STEADY: Flapping = { states: [], flapping: false, ratio: 0 }

/**
 * Takes one more result. The method is that of Nagios: of the last 21 results the changes between neighbours are counted, weighted from
 * 0.8 for the oldest to 1.2 for the newest; flapping starts at a share of 50 % and stops at 25 %, so that it does not flap itself.
 * Results there were not yet count as no change. Source: Nagios Core 4, "Detection and Handling of State Flapping".
 */
export function advanceFlapping(before: Flapping, outcome: CheckState): Flapping {
  const states = [...before.states.slice(-CHANGES), outcome]
  const ratio = changeRatio(states)
  return { states, ratio, flapping: before.flapping ? ratio > STOPS : ratio >= STARTS }
}

/** Puts states of an earlier run, oldest first, before those of this one: whether it flaps the next result tells, unless it did in either. */
export function flappingAfter(
  earlier: readonly CheckState[],
  flapped: boolean,
  { states, flapping }: Flapping,
): Flapping {
  const all = [...earlier, ...states].slice(-RESULTS)
  return { states: all, ratio: changeRatio(all), flapping: flapping || flapped }
}

/** The weighted share of changes among the newest 21 states, oldest first. */
export function changeRatio(states: readonly CheckState[]): number {
  const step = (NEWEST_WEIGHT - OLDEST_WEIGHT) / (CHANGES - 1)
  let sum = 0
  for (let ago = 0; ago < Math.min(CHANGES, states.length - 1); ago++) {
    const at = states.length - 1 - ago
    if (states[at] !== states[at - 1]) sum += NEWEST_WEIGHT - ago * step
  }
  return Math.min(1, sum / CHANGES)
}
