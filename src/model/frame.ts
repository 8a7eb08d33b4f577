import type { Alert, AlertRecord, Marks } from './alert.ts'
import type { CheckStatus } from './check.ts'
import type { LogEvent } from './event.ts'
import type { Ahead, AheadRequest, LimitForecast } from './forecast.ts'
import type { HostFacts, Listener } from './host.ts'
import type { Leaders, ProcessAnswer } from './processes.ts'
import type { Verdict } from './severity.ts'
import type { Measurer, SourceHealth } from './source.ts'
import type { Watched } from './watch.ts'

/** A stretch of a series asked for as equal steps that end at `endMs`; steps are aligned to multiples of `stepMs`, so that a chart moves by whole steps. */
export interface WindowRequest {
  readonly endMs: number
  readonly stepMs: number
  readonly count: number
  /** How the samples of a step become one value. */
  readonly by: 'mean' | 'max' | 'last'
}

/** Reads series as they stood at one moment. An old view stays true: rings only append and are read up to the view's own end. */
export interface SeriesView {
  /** The value at the view's moment; undefined when not known (or too old). */
  value(key: string): number | undefined
  /** The last value ever known, however old: for stale panels. */
  last(key: string): number | undefined
  /** Keys of all series of a metric that have a value at the moment or had one lately, in order of appearance. */
  keys(name: string): readonly string[]
  /** Oldest first, `count` long, NaN where nothing is known. The last entry is the step that holds `endMs`. */
  window(key: string, request: WindowRequest): Float64Array
  /** What is expected of a series after the view's moment; undefined while nothing can be said. */
  ahead(key: string, request: AheadRequest): Ahead | undefined
  /** Every series that has a value at the view's moment, in order of appearance. */
  entries(): Iterable<readonly [key: string, value: number]>
}

/** A mounted file system. */
export interface Mount {
  readonly mount: string
  readonly type: string
  readonly device: string
  /** False while it does not answer: the values shown are the last ones known. */
  readonly answering: boolean
  /** Wall time of the last answer; while it answers, of the first one of this stretch, so that the entry stays the same object. */
  readonly answeredMs: number
}

/** A network interface. */
export interface NetworkInterface {
  readonly name: string
  readonly up: boolean
  /** Loopback and the like: shown last and never in totals. */
  readonly virtual: boolean
}

/** Why the verdict is what it is; worst first. */
export interface Reason {
  readonly verdict: Verdict
  readonly subject: string
  readonly text: string
  readonly sinceMs: number
  readonly cause?: string
  /** It tells what is to come, and when: since when that is said matters to nobody. */
  readonly ahead?: true
  /** The alert that says so (`Alert.id`). */
  readonly alert?: string
  /** Somebody has seen it, or wants to hear nothing of it: until then, or until it is over. */
  readonly quiet?: 'acknowledged' | 'silenced'
  readonly quietUntilMs?: number
}

/** Everything known at one moment. Immutable; parts that did not change keep their identity. */
export interface Frame {
  readonly wallMs: number
  readonly monoMs: number
  /** Counts up by one a frame. */
  readonly tick: number
  readonly verdict: Verdict
  readonly reasons: readonly Reason[]
  readonly host: HostFacts
  readonly metrics: SeriesView
  readonly mounts: readonly Mount[]
  /** Block devices (whole disks), busiest first is the painter's business. */
  readonly devices: readonly string[]
  readonly interfaces: readonly NetworkInterface[]
  /** Firing ones first, worst first, then newest; pending ones after them. */
  readonly alerts: readonly Alert[]
  /** Alerts that fired, those that still do included; newest first, at most 500. */
  readonly records: readonly AlertRecord[]
  /** Acknowledgements and silences that count. */
  readonly marks: Marks
  /** Another healthtop measures and judges, and this one shows what it says; absent where this one does. */
  readonly measurer?: Measurer
  /** Every limit that is watched for, those that will be reached first, soonest first; then those that are moving, steady, not known. */
  readonly forecasts: readonly LimitForecast[]
  /** In the order of the configuration, then the discovered ones in order of appearance. */
  readonly checks: readonly CheckStatus[]
  /** Newest first. */
  readonly events: readonly LogEvent[]
  readonly processes?: ProcessAnswer
  readonly leaders?: Leaders
  readonly watched?: Watched
  readonly listeners?: readonly Listener[]
  readonly health: readonly SourceHealth[]
  /** Wall time of the last sample of a probe, by its name. */
  readonly measuredMs: Readonly<Record<string, number>>
  /** How often a probe is read, in milliseconds, by its name. */
  readonly paceMs: Readonly<Record<string, number>>
  /** Why a probe failed the last time, by its name; only those that failed. */
  readonly failures: Readonly<Record<string, string>>
  readonly cost?: { readonly cpuRatio?: number; readonly memoryBytes: number }
}
