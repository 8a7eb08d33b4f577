import type { AlertRecord, Resolution } from '../model/alert.ts'
import type { CheckState } from '../model/check.ts'
import type { EventKind, LogEvent } from '../model/event.ts'

/** The version of the lines; readers skip what they do not know. */
export const LINE_VERSION = 1

export const LINE_KINDS = ['metrics', 'processes', 'check', 'alert', 'event'] as const
export type LineKind = (typeof LINE_KINDS)[number]

interface Stamped {
  readonly v: typeof LINE_VERSION
  /** Unix milliseconds. */
  readonly t: number
}

/** Values of series, in base units; every ten seconds the mean over them, and the value itself for what is no rate or ratio that moves. */
export interface MetricsLine extends Stamped {
  readonly kind: 'metrics'
  readonly values: Readonly<Record<string, number>>
}

/** A process as lines name it. */
export interface LoggedProcess {
  readonly pid: number
  readonly name: string
  readonly user?: string
  readonly unit?: string
  readonly started_ms: number
  readonly cpu_ratio?: number
  readonly memory_bytes: number
  readonly read_bytes_per_second?: number
  readonly write_bytes_per_second?: number
}

/** The leaders among the processes, every ten seconds: those that lead in anything, each once. */
export interface ProcessesLine extends Stamped {
  readonly kind: 'processes'
  readonly processes: readonly LoggedProcess[]
}

/** A result of a check that says something new, and one a minute that does not; a state that turned without a result. */
export interface CheckLine extends Stamped {
  readonly kind: 'check'
  readonly check: string
  /** What the check counts as, and since when; `result` is what this one look found where that is another. */
  readonly state: CheckState
  readonly since_ms: number
  readonly result?: CheckState
  readonly reason?: string
  readonly error?: string
  /** When the look began; absent where there was none. */
  readonly began_ms?: number
  readonly latency_s?: number
  readonly flapping?: true
}

/** A step of an alert: the whole record as it was then, so that the last line of an alert tells all of it. */
export interface AlertLine extends Stamped {
  readonly kind: 'alert'
  readonly id: string
  readonly name: string
  readonly state: AlertRecord['state']
  readonly severity: 'critical' | 'warning'
  readonly series: string
  readonly value: number | null
  readonly threshold: number
  readonly subject: string
  readonly text: string
  readonly since_ms: number
  readonly cause?: string
  readonly resolution?: Resolution
  readonly record: AlertRecord
}

/** Something that happened; turns of alerts and checks have lines of their own beside it. */
export interface EventLine extends Stamped {
  readonly kind: 'event'
  readonly event: EventKind
  readonly level: LogEvent['level']
  readonly subject: string
  readonly text: string
  readonly cause?: string
  readonly alert?: string
  /** Of `started`: the run that begins. */
  readonly run?: {
    readonly pid: number
    readonly boot_id?: string
    readonly version: string
    readonly interval_ms: number
  }
}

export type Line = MetricsLine | ProcessesLine | CheckLine | AlertLine | EventLine
