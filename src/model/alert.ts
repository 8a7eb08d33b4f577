import type { Severity } from './severity.ts'

export type AlertState = 'pending' | 'firing'

/** A rule that holds for one series: pending until its `for:` is over, then firing. Resolved alerts leave the frame and are an event. */
export interface Alert {
  /** The rule's name, such as `disk-full`. */
  readonly name: string
  readonly state: AlertState
  readonly severity: Severity
  /** Series key. */
  readonly series: string
  readonly value: number
  /** The limit it passed, in the metric's unit. */
  readonly threshold: number
  readonly direction: 'above' | 'below'
  /** What it is about for people, such as `/var` or `memory`. */
  readonly subject: string
  /** What is wrong in words, without the subject: `94 % used`. */
  readonly text: string
  /** Wall time since which the condition holds. */
  readonly sinceMs: number
  /** A name and a number, such as `node uses 91 % of a core`. */
  readonly cause?: string
}
