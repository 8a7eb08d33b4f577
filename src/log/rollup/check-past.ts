import { Ring } from '../../lib/ring.ts'
import { CHECK_ORDER, type CheckChange, MOST_CHANGES, MOST_RESULTS } from '../../model/check.ts'
import type { CheckHistory, ResultColumns } from '../../model/history.ts'
import type { CheckLine } from '../line.ts'

/** What a check found and how it turned; how long it was in which state is counted elsewhere. */
export type CheckPast = Pick<CheckHistory, 'results' | 'changes' | 'flappingSinceMs'>

export const NO_RESULTS: ResultColumns = {
  wallMs: new Float64Array(),
  states: new Uint8Array(),
  latencyS: new Float32Array(),
}

/** Puts the past of one check together, in the order in which it was logged. */
export interface CheckPastBuilder {
  take(line: CheckLine): void
  /** Takes what was put together before, of lines that come after those that were taken. */
  join(past: CheckPast): void
  readonly past: CheckPast
}

export function createCheckPast(): CheckPastBuilder {
  const walls = new Ring(MOST_RESULTS)
  const states = new Ring(MOST_RESULTS, 0, 'f32')
  const latencies = new Ring(MOST_RESULTS, 0, 'f32')
  let changes: readonly CheckChange[] = []
  let flappingSinceMs: number | undefined

  function append(wallMs: number, state: number, latencyS: number): void {
    walls.append(wallMs)
    states.append(state)
    latencies.append(latencyS)
  }

  function changeTo(change: CheckChange): void {
    const [newest] = changes
    // In a run that had not read yet what was before it, a state began with it; the last word is whatever came of that.
    if (newest?.state === change.state) {
      if (newest.wallMs !== change.wallMs) changes = [{ ...newest, wallMs: change.wallMs }, ...changes.slice(1)]
      return
    }
    // What its first answer made it for no time at all it never was.
    const before = changes.filter(({ wallMs }) => wallMs !== change.wallMs)
    changes = [change, ...before].slice(0, MOST_CHANGES)
  }

  return {
    take(line) {
      const { t, began_ms: beganMs, state, result = state, latency_s: latencyS = Number.NaN, flapping } = line
      if (beganMs !== undefined) append(beganMs, CHECK_ORDER.indexOf(result), latencyS)
      const change = changeOf(line)
      if (change !== undefined) changeTo(change)
      flappingSinceMs = flapping === undefined ? undefined : (flappingSinceMs ?? t)
    },
    join({ results, changes: later, flappingSinceMs: since }) {
      const { wallMs, states: codes, latencyS } = results
      for (let index = 0; index < wallMs.length; index++)
        append(wallMs[index] as number, codes[index] as number, latencyS[index] as number)
      for (const change of later.toReversed()) changeTo(change)
      flappingSinceMs = since
    },
    get past() {
      const length = walls.end - walls.start
      const at = (ring: Ring) => (_: unknown, index: number) => ring.at(ring.start + index)
      return {
        results: {
          wallMs: Float64Array.from({ length }, at(walls)),
          states: Uint8Array.from({ length }, at(states)),
          latencyS: Float32Array.from({ length }, at(latencies)),
        },
        changes,
        ...(flappingSinceMs !== undefined && { flappingSinceMs }),
      }
    },
  }
}

/** The state that a check counts as. Undefined while it does not count as anything: then it is unknown, and nothing says why. */
function changeOf({ state, since_ms: wallMs, result, reason, error }: CheckLine): CheckChange | undefined {
  // Reason and sentence of a line with another result are those of the result.
  if (result !== undefined) return state === 'unknown' ? undefined : { wallMs, state }
  if (state === 'unknown' && reason === undefined) return undefined
  return { wallMs, state, ...(reason !== undefined && { reason }), ...(error !== undefined && { error }) }
}
