import type { History } from '../../model/history.ts'
import type { HistoryWanted } from '../history.ts'
import type { Retention } from '../retention.ts'

/** What the thread of the log is asked. `state` is the state folder. */
export type LogRequest =
  | { readonly kind: 'history'; readonly state: string; readonly wanted: HistoryWanted }
  | { readonly kind: 'maintain'; readonly state: string; readonly retention: Retention }

/** How keeping the log in order went: roll-ups were brought up to date, then old files packed and dropped. */
export interface Upkeep {
  /** Why roll-ups could not be read or written. */
  readonly rollFailure?: string
  readonly maintained: {
    readonly failed: readonly { readonly name: string; readonly reason: string }[]
  }
}

export interface LogAnswers {
  readonly history: History
  readonly maintain: Upkeep
}

/** To the thread: a request under a number, or the number of one that nobody waits for any more. */
export type ToLogWorker = { readonly id: number; readonly request: LogRequest } | { readonly forget: number }

/** From the thread. */
export type FromLogWorker =
  | { readonly id: number; readonly answer: LogAnswers[keyof LogAnswers] }
  | { readonly id: number; readonly reason: string }
