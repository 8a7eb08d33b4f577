import type { CheckStatus } from '../../model/check.ts'
import type { Judged } from '../../model/check-words.ts'
import { latencyOf, type PastView, resultsOf, usualPhasesOf } from './past.ts'

/** What is known of a check beside its state and its results. */
export interface Known
  extends Pick<CheckStatus, 'definition' | 'sinceMs' | 'flapping' | 'failing' | 'changes' | 'availability' | 'worst'> {
  readonly last: CheckStatus['last'] | undefined
  readonly nextMs: number | undefined
}

/** A member may be absent, but not undefined; a spread for each of these would cost more than all the rest of a result. */
type Mutable = { -readonly [Member in keyof CheckStatus]: CheckStatus[Member] }

/**
 * A status whose list of results, and what is computed from all of them, is made at the first look: of a thousand checks a screen shows
 * twenty. It tells what was known when it was made, whatever came after.
 */
export function statusOf(judged: Judged, known: Known, past: PastView): CheckStatus {
  let results: CheckStatus['results'] | undefined
  let latency: CheckStatus['latency'] | null = null
  let usualPhases: CheckStatus['usualPhases'] | null = null
  const status: Mutable = {
    definition: known.definition,
    state: judged.state,
    sinceMs: known.sinceMs,
    flapping: known.flapping,
    asked: known.last !== undefined,
    failing: known.failing,
    changes: known.changes,
    availability: known.availability,
    worst: known.worst,
    get results() {
      results ??= resultsOf(past)
      return results
    },
    get latency() {
      if (latency === null) latency = latencyOf(past)
      return latency
    },
    get usualPhases() {
      if (usualPhases === null) usualPhases = usualPhasesOf(past)
      return usualPhases
    },
  }
  if (judged.reason !== undefined) status.reason = judged.reason
  if (judged.error !== undefined) status.error = judged.error
  if (known.last !== undefined) status.last = known.last
  if (known.nextMs !== undefined) status.nextMs = known.nextMs
  return status
}
