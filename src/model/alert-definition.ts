import type { EventKind } from './event.ts'
import type { Labels } from './series.ts'
import type { Severity } from './severity.ts'

/** A value of a series that is wrong. Exactly one of `above`, `below`, `outside` and `absent` is there. Values are in the metric's unit. */
export interface MetricCondition {
  readonly kind: 'metric'
  readonly metric: string
  /** Selects the series that have these labels. */
  readonly where: Labels
  readonly above?: number
  readonly below?: number
  /** Wrong below the first and above the second. */
  readonly outside?: readonly [low: number, high: number]
  /** Wrong where no series that is selected has a value. */
  readonly absent?: true
  /** Firing ends only past this value, so that one near the limit does not flap; the limit itself unless given. Not with `absent`. */
  readonly clear?: number
}

/** A series that will reach a limit within a time, by its forecast. */
export interface ForecastCondition {
  readonly kind: 'forecast'
  readonly metric: string
  readonly where: Labels
  readonly reaches: number
  readonly withinMs: number
}

/** A check that is in a state. */
export interface CheckCondition {
  readonly kind: 'check'
  /** Its name; all checks without it. */
  readonly check?: string
  /** Checks that have these labels. */
  readonly where: Labels
  readonly is: 'down' | 'degraded' | 'flapping' | 'unknown'
}

/** A process that is watched, or that a check of the type `process` is for, by its label `process`. */
export interface ProcessCondition {
  readonly kind: 'process'
  /** All of them without it. */
  readonly process?: string
  /** `restarting`: at least three restarts within ten minutes. */
  readonly is: 'gone' | 'restarting'
}

/** Something that happened. It fires at once and for as long as `keepMs` says. */
export interface EventCondition {
  readonly kind: 'event'
  readonly event: EventKind
  /** Only where it is about this: `eth0`, `/var`. */
  readonly subject?: string
}

export type AlertCondition = MetricCondition | ForecastCondition | CheckCondition | ProcessCondition | EventCondition

/** An alert rule as plain data: what the configuration says. */
export interface AlertDefinition {
  /** Letters, digits, `-`, `_` and `.`; names the rule for good. A rule of the configuration replaces the built-in one of its name. */
  readonly name: string
  readonly when: AlertCondition
  /** Monotonic milliseconds that it has to hold before it fires. */
  readonly forMs: number
  /** Fires on for this long after it has cleared. */
  readonly keepMs: number
  readonly severity: Severity
  /** Attached to the alert. */
  readonly labels: Labels
  /** What the alert says, with `{value}` and the like in it; absent: the rule's own words. */
  readonly message?: string
  /** `built-in`, or `healthtop.yaml:41`. */
  readonly origin: string
}
