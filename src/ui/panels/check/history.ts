import { CHECK_ORDER, type CheckDefinition, type CheckState, type PastResult } from '../../../model/check.ts'

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
 * result: steps are shorter than intervals.
 */
export function resultSteps(
  results: readonly PastResult[],
  { endMs, stepMs, count, holdMs }: StepRequest,
): ResultSteps {
  const first = Math.floor(endMs / stepMs) - count + 1
  const latencyS = new Float64Array(count).fill(Number.NaN)
  const states: (CheckState | undefined)[] = new Array(count).fill(undefined)
  const measured = new Uint32Array(count)
  const newestMs = new Float64Array(count).fill(Number.NaN)
  /** The newest result before the first step. */
  let before: PastResult | undefined
  for (const result of results) {
    const at = Math.floor(result.wallMs / stepMs) - first
    if (at < 0) before = result
    if (at < 0 || at >= count) continue
    const value = result.latencyS
    if (!Number.isNaN(value)) {
      const known = measured[at] ?? 0
      latencyS[at] = known === 0 ? value : ((latencyS[at] as number) * known + value) / (known + 1)
      measured[at] = known + 1
    }
    states[at] = worse(states[at], result.state)
    newestMs[at] = result.wallMs
  }
  let last = before === undefined ? undefined : { wallMs: before.wallMs, value: before.latencyS, state: before.state }
  for (let at = 0; at < count; at++) {
    const state = states[at]
    if (state !== undefined) last = { wallMs: newestMs[at] as number, value: latencyS[at] as number, state }
    else if (last !== undefined && (first + at) * stepMs - last.wallMs <= holdMs) {
      latencyS[at] = last.value
      states[at] = last.state
    }
  }
  return { latencyS, states }
}
