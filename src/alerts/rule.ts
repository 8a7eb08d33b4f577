import type { Labels } from '../model/series.ts'
import type { Severity } from '../model/severity.ts'

/** When is something wrong: a limit on every series of a metric. Plain data but for its wording. */
export interface Rule {
  /** Lower-case words joined by `-`; names the rule for good. */
  readonly name: string
  readonly metric: string
  /** Selects the series that have these labels; all without it. */
  readonly where?: Labels
  /** Wrong while the value is greater. Exactly one of `above` and `below` is there. */
  readonly above?: number
  /** Wrong while the value is less. */
  readonly below?: number
  /** Firing ends only past this value, so that one near the limit does not flap. The limit itself by default. */
  readonly clear?: number
  /** Monotonic milliseconds that it has to hold before it fires. */
  readonly forMs: number
  /** Fires on for this long after it has cleared; 0 by default. */
  readonly keepMs?: number
  readonly severity: Severity
  /** The value is a level that one look can judge (space, memory), not a moment's rate: `for:` is left out where there is only one look. */
  readonly level?: boolean
  /** Processes that may be the cause are the leaders of this resource. */
  readonly blames?: 'cpu' | 'memory'
  /** What it is about, for people. */
  subject(labels: Labels): string
  /** What is wrong, without the subject. */
  text(value: number, threshold: number): string
}

/** The limit of a rule and the side of it that is wrong. */
export function limitOf(rule: Rule): { threshold: number; direction: 'above' | 'below' } {
  if (rule.below !== undefined) return { threshold: rule.below, direction: 'below' }
  return { threshold: rule.above ?? Number.POSITIVE_INFINITY, direction: 'above' }
}
