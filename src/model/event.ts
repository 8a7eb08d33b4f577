import type { Verdict } from './severity.ts'

/** Something that turned, as the log shows it. Text has passed text safety. */
export interface LogEvent {
  readonly wallMs: number
  /** `event` for what merely happened (▸), else the severity it turned to; `ok` is well again. */
  readonly level: Verdict | 'event'
  /** What it is about, such as `/var`, `memory`, `worker`, `eth0`. */
  readonly subject: string
  /** What happened, such as `went away`, `97 % > 95 %`, `well again`. */
  readonly text: string
  /** The cause, where one is known: a name and a number. */
  readonly cause?: string
}
