import type { CheckOutcome } from '../../model/check.ts'
import type { Judged } from '../../model/check-words.ts'

/** How a check stands by one look, where that counts. */
export function judgedOf({ state, reason = state === 'unknown' ? state : undefined, error }: CheckOutcome): Judged {
  if (state === 'up') return { state }
  return { state, ...(reason !== undefined && { reason }), ...(error !== undefined && { error }) }
}

/** How one stands that needs another one, which is down. */
export function hindrance(by: string): Judged {
  return { state: 'unknown', reason: 'dependency', error: `${by} is down` }
}
