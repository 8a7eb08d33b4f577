import type { EventKind } from './event.ts'
import type { Eta } from './forecast.ts'
import type { Labels } from './series.ts'
import type { Severity } from './severity.ts'

export type AlertState = 'pending' | 'firing'

/** A resource that processes use up: who is behind an alert is looked for among its leaders. */
export type Resource = 'cpu' | 'memory' | 'disk' | 'network'

/** A rule that holds for a series: pending until its `for:` is over, then firing. A resolved one leaves the frame's alerts and is a record. */
export interface Alert {
  /** Names this alert for good, from pending to resolved and across restarts: `disk-full disk_used_ratio{mount="/var"} 1764079200000`. */
  readonly id: string
  /** The rule's name, such as `disk-full`. */
  readonly name: string
  readonly kind: AlertKind
  readonly state: AlertState
  readonly severity: Severity
  /** Series key. Of a check `check_up{check="api"}`, of an event `event{event="oom_kill",subject="memory"}`. */
  readonly series: string
  /** The last known value; NaN where there is none (a series that is absent). */
  readonly value: number
  /** The limit it passed, in the metric's unit. */
  readonly threshold: number
  readonly direction: 'above' | 'below'
  /** Labels of the series, and those that the rule attaches. */
  readonly labels: Labels
  /** What it is about for people, such as `/var` or `memory`. */
  readonly subject: string
  /** What is wrong in words, without the subject: `94 % used`. */
  readonly text: string
  /** Wall time since which the condition holds. */
  readonly sinceMs: number
  /** Wall time at which it fired; absent while pending. */
  readonly firedMs?: number
  /** The worst value so far. */
  readonly peak: number
  /** Wall time since which its value is not known: a worker is late. It stays as it was. */
  readonly noDataMs?: number
  /** Of a forecast: when the limit is reached, as of `asOfMs`. */
  readonly ahead?: { readonly asOfMs: number; readonly eta: Eta }
  /** A name and a number, such as `node uses 91 % of a core`. */
  readonly cause?: string
  /** The incident that it belongs to: alerts of one incident have the id of its first one. */
  readonly incident?: string
  /** Somebody has seen it. */
  readonly acknowledged?: Acknowledgement
  /** Nobody is told of it for now. */
  readonly silenced?: Silence
  /** The rule in one line, and where it stands: `disk_used_ratio above 95 % for 1 min`, `built-in` or `healthtop.yaml:41`. */
  readonly rule: string
  readonly origin: string
}

/** What a rule looks at. */
export type AlertKind = 'metric' | 'forecast' | 'check' | 'process' | 'event'

/** A person has seen an alert; it fires on, and nobody is told again. */
export interface Acknowledgement {
  /** `Alert.id`. */
  readonly alert: string
  readonly atMs: number
  /** Empty where nothing was said. */
  readonly note: string
}

/** A person does not want to be told of an alert, of this rule and series, for a time or until it resolves. */
export interface Silence {
  /** `alertKey` of the alert. */
  readonly key: string
  readonly atMs: number
  /** Wall time of its end; absent: until the alert resolves. */
  readonly untilMs?: number
}

/** What people made of alerts: kept in the state folder, shared by all who look. */
export interface Marks {
  readonly acknowledgements: readonly Acknowledgement[]
  readonly silences: readonly Silence[]
}

export const NO_MARKS: Marks = { acknowledgements: [], silences: [] }

/** Names the rule and series of an alert, whenever it fires: what a silence is for. */
export function alertKey({ name, series }: Pick<Alert, 'name' | 'series'>): string {
  return `${name} ${series}`
}

/** Names one alert for good. */
export function alertId(alert: Pick<Alert, 'name' | 'series' | 'sinceMs'>): string {
  return `${alertKey(alert)} ${alert.sinceMs}`
}

/** The rule of an alert, by its id. */
export function ruleOfId(id: string): string {
  return id.split(' ', 1)[0] ?? id
}

/** A process that may be behind an alert, as it was then. Text has passed text safety. */
export interface Suspect {
  readonly pid: number
  readonly startTicks: number
  readonly name: string
  readonly user?: string
  readonly unit?: string
  readonly startedMs: number
  /** Of the resource: ratio of one core, bytes held, bytes written or sent a second. */
  readonly value: number
  /** Of all that was used (0..1), where that is known. */
  readonly share?: number
  /** It started in the minute before. */
  readonly fresh: boolean
}

/** Something that changed before an alert, likeliest cause first. Text has passed text safety. */
export interface Change {
  readonly wallMs: number
  /** `jump`: a series that left its usual range. */
  readonly kind: EventKind | 'jump'
  readonly subject: string
  /** `started, pid 9377, root`, `turned down`, `rose from 4 % to 61 %`. */
  readonly text: string
  /** How likely it has to do with the alert, 0..1. */
  readonly weight: number
}

/** What was found when an alert went pending, and again at its peak. */
export interface Evidence {
  readonly atMs: number
  readonly moment: 'pending' | 'peak'
  /** Who used most of the resource, most first, at most ten. */
  readonly suspects: readonly Suspect[]
  /** At most ten. */
  readonly changes: readonly Change[]
}

/** A step in the life of an alert. */
export interface AlertMoment {
  readonly wallMs: number
  readonly step:
    | 'pending'
    | 'firing'
    | 'peak'
    | 'no data'
    | 'data again'
    | 'resolved'
    | 'acknowledged'
    | 'silenced'
    | 'joined'
  /** `84 % used`, `was 97 % for 12 min`, a note. */
  readonly text: string
}

/** Why an alert is over. `withdrawn`: a forecast that does not hold any more; `reached`: one that came true. */
export type Resolution = 'cleared' | 'removed' | 'gone' | 'inhibited' | 'withdrawn' | 'reached'

/** An alert that fired, from its beginning to its end: what the alert log lists and opens. */
export interface AlertRecord {
  /** As it was last. */
  readonly alert: Alert
  readonly state: AlertState | 'resolved'
  /** When it ended, and why. */
  readonly endedMs?: number
  readonly resolution?: Resolution
  /** At most two: when it went pending, and at its peak. */
  readonly evidence: readonly Evidence[]
  /** In order of time, at most 50. */
  readonly timeline: readonly AlertMoment[]
}
