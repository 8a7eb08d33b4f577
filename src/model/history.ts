import type { AlertRecord, Marks } from './alert.ts'
import type { CheckChange } from './check.ts'
import type { LogEvent } from './event.ts'

/** A minute's values of one series, as columns along the minutes of a history; NaN where nothing was known. */
export interface MinuteColumns {
  readonly min: Float32Array
  readonly mean: Float32Array
  readonly max: Float32Array
  readonly last: Float32Array
}

/** A log has a line of a check at least so often, as long as it is asked so often: what comes between two of them said the same. */
export const CHECK_LINE_MS = 60_000

/** Results of a check as columns, oldest first: those that said something new, and one a minute of the others. */
export interface ResultColumns {
  /** When each look began. */
  readonly wallMs: Float64Array
  /** What each counts as: its index in CHECK_ORDER. */
  readonly states: Uint8Array
  /** Seconds; NaN where none was measured. */
  readonly latencyS: Float32Array
}

/** How a check was: parts of five minutes, in each the seconds that it was known, and those that it was up (or degraded) of them. */
export interface CheckHistory {
  readonly firstPartMs: number
  readonly known: Uint16Array
  readonly good: Uint16Array
  /** At most 360, the newest. */
  readonly results: ResultColumns
  /** Newest first, at most 50; the first is the state that it was left in. Empty where it was never judged. */
  readonly changes: readonly CheckChange[]
  /** Since when it was flapping, where it was when it was left. */
  readonly flappingSinceMs?: number
}

/** The last lines of a log, about one every ten seconds, as columns along their times, which rise; NaN where a line had no value. */
export interface RecentColumns {
  readonly wallMs: Float64Array
  readonly series: ReadonlyMap<string, Float64Array>
}

/** What earlier runs left behind: what charts, forecasts, availability and the log begin with. */
export interface History {
  /** Wall time of the first minute, a whole minute. Column index i is the minute at `firstMinuteMs + i * 60_000`. */
  readonly firstMinuteMs: number
  readonly minutes: number
  readonly series: ReadonlyMap<string, MinuteColumns>
  /** The last minutes once more, finer; absent where nothing was written lately. */
  readonly recent?: RecentColumns
  readonly checks: ReadonlyMap<string, CheckHistory>
  /** Newest first, those that were still firing or pending included. */
  readonly records: readonly AlertRecord[]
  /** Newest first. */
  readonly events: readonly LogEvent[]
  readonly marks: Marks
  /** Why there are none, where they could not be read. `aside`: those that made no sense are kept under another name, and new ones may take their place. */
  readonly marksTrouble?: { readonly text: string; readonly aside: boolean }
  /** Wall time of the last line that was read; absent for an empty log. */
  readonly endMs?: number
  /** The boot id of the machine when the last run began. */
  readonly bootId?: string
  /** Lines, or files, that could not be read: what was skipped. */
  readonly skipped: number
}
