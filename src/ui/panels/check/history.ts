import { CHECK_ORDER, type CheckDefinition, type CheckState, type PastResult } from '../../../model/check.ts'
import { CHECK_LINE_MS } from '../../../model/history.ts'

/** A result stands for so many intervals; after that nothing is known. */
const HOLD_INTERVALS = 2.5

/** What equal steps of time had, oldest first. */
export interface ResultSteps {
  /** Mean latency in seconds; NaN where none was measured. */
  readonly latencyS: Float64Array
  /** The worst state; undefined where nothing is known. */
  readonly states: readonly (CheckState | undefined)[]
}

export interface StepRequest {
  readonly endMs: number
  readonly stepMs: number
  readonly count: number
  /** How long a result stands when no other follows. */
  readonly holdMs: number
}

export function holdMs({ intervalMs }: CheckDefinition): number {
  return HOLD_INTERVALS * intervalMs
}

/** The worse of two states. */
export function worse(a: CheckState | undefined, b: CheckState | undefined): CheckState | undefined {
  if (a === undefined || b === undefined) return a ?? b
  return CHECK_ORDER.indexOf(a) <= CHECK_ORDER.indexOf(b) ? a : b
}

/**
 * Results as steps of a chart, aligned to multiples of `stepMs`; the last step holds `endMs`. What was found stands until the next
 * result: steps are shorter than intervals. One that was recorded stands for those of its minute, too, which were not: until the next one that
 * was, but no longer than any other where none follows soon.
 */
export function resultSteps(
  results: readonly PastResult[],
  { endMs, stepMs, count, holdMs }: StepRequest,
): ResultSteps {
  const first = Math.floor(endMs / stepMs) - count + 1
  const latencyS = new Float64Array(count).fill(Number.NaN)
  const states: (CheckState | undefined)[] = new Array(count).fill(undefined)
  const measured = new Uint32Array(count)
  /** Until when the newest result of each step stands. */
  const untilMs = new Float64Array(count).fill(Number.NaN)
  const standsUntil = (index: number): number => {
    const { wallMs, recorded } = results[index] as PastResult
    const next = results[index + 1]
    const reaches = recorded && next?.recorded && next.wallMs - wallMs <= CHECK_LINE_MS + holdMs
    return reaches ? Math.max(next.wallMs, wallMs + holdMs) : wallMs + holdMs
  }
  /** The newest result before the first step. */
  let before = -1
  for (const [index, { wallMs, latencyS: value, state }] of results.entries()) {
    const at = Math.floor(wallMs / stepMs) - first
    if (at < 0) before = index
    if (at < 0 || at >= count) continue
    if (!Number.isNaN(value)) {
      const known = measured[at] ?? 0
      latencyS[at] = known === 0 ? value : ((latencyS[at] as number) * known + value) / (known + 1)
      measured[at] = known + 1
    }
    states[at] = worse(states[at], state)
    untilMs[at] = standsUntil(index)
  }
  const oldest = results[before]
  let last =
    oldest === undefined
      ? undefined
      : { untilMs: standsUntil(before), value: oldest.latencyS, state: oldest.state as CheckState | undefined }
  for (let at = 0; at < count; at++) {
    const state = states[at]
    if (state !== undefined) last = { untilMs: untilMs[at] as number, value: latencyS[at] as number, state }
    else if (last !== undefined && (first + at) * stepMs <= last.untilMs) {
      latencyS[at] = last.value
      states[at] = last.state
    }
  }
  return { latencyS, states }
}
