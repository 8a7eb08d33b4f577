import { CHECK_ORDER, type CheckChange, type CheckState, MOST_CHANGES } from '../../model/check.ts'
import { CHECK_LINE_MS, type CheckHistory, type ResultColumns } from '../../model/history.ts'
import { type Flapping, flappingAfter, RESULTS } from './flapping.ts'

/** A timer may be late: two results that are a little further apart still follow one another. */
const LATE = 1.5

/** What of the results of an earlier run counts beside those of this one. */
export interface Recalled {
  readonly results: ResultColumns
  readonly flapping: Flapping
}

/** Of results of an earlier run those from before a moment, and whether the check flaps by them and by those of this run. */
export function recall(
  { results, changes, flappingSinceMs = Number.NaN }: CheckHistory,
  beforeMs: number,
  intervalMs: number,
  own: Flapping,
): Recalled {
  const earlier = resultsBefore(results, beforeMs)
  const states = statesBefore(earlier, changes, intervalMs, RESULTS)
  return { results: earlier, flapping: flappingAfter(states, flappingSinceMs < beforeMs, own) }
}

/**
 * Changes of an earlier run and of this one, newest first: those from before the oldest of this one, which is none where it was left in that
 * state.
 */
export function changesAfter(earlier: readonly CheckChange[], own: readonly CheckChange[]): readonly CheckChange[] {
  const oldest = own.at(-1)
  const before = earlier.filter(({ wallMs }) => oldest === undefined || wallMs < oldest.wallMs)
  const [left] = before
  if (oldest === undefined || oldest.state !== left?.state) return [...own, ...before].slice(0, MOST_CHANGES)
  return [...own.slice(0, -1), { ...oldest, wallMs: left.wallMs }, ...before.slice(1)].slice(0, MOST_CHANGES)
}

function resultsBefore(results: ResultColumns, beforeMs: number): ResultColumns {
  const { wallMs, states, latencyS } = results
  // As nearly always.
  if (wallMs.every((wall) => wall < beforeMs)) return results
  const older = (_: unknown, index: number) => (wallMs[index] as number) < beforeMs
  return { wallMs: wallMs.filter(older), states: states.filter(older), latencyS: latencyS.filter(older) }
}

/**
 * What the newest results of an earlier run counted as, oldest first, at most so many: as flapping is judged by. Between two that were recorded
 * within a minute those that said the same are put back, by how often the check is asked; but none that was down, for that is asked more
 * seldom. What another one hindered counts for nothing.
 */
function statesBefore(
  results: ResultColumns,
  changes: CheckHistory['changes'],
  intervalMs: number,
  most: number,
): readonly CheckState[] {
  const { wallMs, states } = results
  const newestFirst: CheckState[] = []
  for (let index = wallMs.length - 1; index >= 0 && newestFirst.length < most; index--) {
    const at = wallMs[index] as number
    if (changes.find((change) => change.wallMs <= at)?.reason === 'dependency') continue
    const state = CHECK_ORDER[states[index] as number] ?? 'unknown'
    if (state !== 'down') {
      const gapMs = (wallMs[index + 1] ?? at) - at
      const left = gapMs <= CHECK_LINE_MS + LATE * intervalMs ? Math.round(gapMs / intervalMs) - 1 : 0
      for (let more = 0; more < left && newestFirst.length < most; more++) newestFirst.push(state)
    }
    if (newestFirst.length < most) newestFirst.push(state)
  }
  return newestFirst.reverse()
}
