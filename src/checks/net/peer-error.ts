import type { CheckOutcome } from '../../model/check.ts'
import { down } from '../check.ts'

/** A peer that does not do what its protocol wants. The message is the sentence that people read: safe text. */
export class PeerError extends Error {
  override readonly name = 'PeerError'
  /** The one word: `timeout`, `closed`, `reset`, `answer` …. */
  readonly reason: string

  constructor(reason: string, message: string) {
    super(message)
    this.reason = reason
  }
}

/** What such an error says of the service; any other is thrown again. */
export function peerFailure(error: unknown): CheckOutcome {
  if (error instanceof PeerError) return down(error.reason, error.message)
  throw error
}
