import type { Alert, AlertRecord, Marks } from './alert.ts'
import type { CheckBatch } from './check.ts'
import type { LogEvent } from './event.ts'
import type { HostFacts, Listener } from './host.ts'
import type { IoClass, Leaders, ProcessAnswer, ProcessId, ProcessQuery } from './processes.ts'
import type { Sample } from './sample.ts'
import type { Watched, WatchRequest } from './watch.ts'

/** How a part of a source that may fail is doing: a worker, for instance. */
export interface SourceHealth {
  readonly name: string
  readonly state: 'starting' | 'running' | 'restarting'
  /** Why it is not running. */
  readonly reason?: string
  /** Wall time since which it is in this state. */
  readonly sinceMs: number
  /** Wall time of its last word; absent before the first. */
  readonly lastMs?: number
  readonly restarts: number
}

/** Alerts as the healthtop that measures judges them. */
export interface AlertsTold {
  /** Who that is. */
  readonly by: Measurer
  readonly alerts: readonly Alert[]
  readonly records: readonly AlertRecord[]
  readonly events: readonly LogEvent[]
  readonly marks: Marks
}

/** The healthtop that measures for others on this machine. */
export interface Measurer {
  readonly pid: number
  /** `run` has no screen. */
  readonly command: 'dashboard' | 'run'
}

/** What a source tells at one tick; only what changed is there. */
export interface Batch {
  readonly wallMs: number
  readonly monoMs: number
  readonly samples: readonly Sample[]
  readonly host?: HostFacts
  readonly processes?: ProcessAnswer
  readonly leaders?: Leaders
  readonly watched?: Watched
  readonly listeners?: readonly Listener[]
  readonly checks?: CheckBatch
  readonly health?: readonly SourceHealth[]
  /** What happened that no sample tells: the log stopped, the machine was started anew. */
  readonly events?: readonly LogEvent[]
  /** What another healthtop, which measures and judges, says of alerts: it is taken over as it is. `own`: from now on this one judges. */
  readonly told?: AlertsTold | 'own'
  /** What healthtop itself costs: CPU of one core, resident bytes. */
  readonly cost?: { readonly cpuRatio?: number; readonly memoryBytes: number }
}

/** What a person may ask a source to do to one process or to several. */
export type ProcessCommand =
  | {
      readonly kind: 'signal'
      readonly targets: readonly ProcessId[]
      /** `SIGTERM` and the like, or the number of a real-time signal. */
      readonly signal: string | number
    }
  /** −20 (first) to 19 (last). */
  | { readonly kind: 'nice'; readonly targets: readonly ProcessId[]; readonly nice: number }
  /** ioprio_set(2); the level (0 first, 7 last) means nothing for `idle` and `none`. */
  | {
      readonly kind: 'io_class'
      readonly targets: readonly ProcessId[]
      readonly ioClass: 'none' | 'realtime' | 'best-effort' | 'idle'
      readonly level: number
    }
  /** Cores it may run on. */
  | { readonly kind: 'affinity'; readonly targets: readonly ProcessId[]; readonly cores: readonly number[] }

/** What a person may do to an alert, named by its id. */
export type AlertCommand =
  /** It was seen: it fires on, and nobody is told again. `note` may be empty. */
  | { readonly kind: 'acknowledge'; readonly alert: string; readonly note: string }
  | { readonly kind: 'unacknowledge'; readonly alert: string }
  /** Nobody is told of this rule and series until then (wall time); without it, until the alert resolves. */
  | { readonly kind: 'silence'; readonly alert: string; readonly untilMs?: number }
  | { readonly kind: 'unsilence'; readonly alert: string }

export const ALERT_COMMANDS: readonly AlertCommand['kind'][] = ['acknowledge', 'unacknowledge', 'silence', 'unsilence']

export function isAlertCommand(command: Command): command is AlertCommand {
  return (ALERT_COMMANDS as readonly string[]).includes(command.kind)
}

export const PROCESS_COMMANDS: readonly ProcessCommand['kind'][] = ['signal', 'nice', 'io_class', 'affinity']

export function isProcessKind(kind: Command['kind']): kind is ProcessCommand['kind'] {
  return (PROCESS_COMMANDS as readonly string[]).includes(kind)
}

export function isProcessCommand(command: Command): command is ProcessCommand {
  return isProcessKind(command.kind)
}

/** What a person may ask a source to do. */
export type Command =
  | ProcessCommand
  /** Runs these checks now, out of turn; all of them when none is named. */
  | { readonly kind: 'check_now'; readonly names: readonly string[] }
  | AlertCommand

/** What became of a command. With several targets the reason says for how many of them it failed, and why the first did. */
export type Outcome = { readonly ok: true } | { readonly ok: false; readonly reason: string }

/** How a process is scheduled now: what dialogs begin with. Absent where the system does not have it, or does not tell. */
export interface Scheduling {
  readonly nice: number
  readonly ioClass?: IoClass
  /** Cores it may run on, ascending. */
  readonly affinity?: readonly number[]
  /** Cores of the machine that are switched on, ascending. */
  readonly cores: readonly number[]
}

/** Where batches come from, and where requests and commands go: live, replay and fleet look alike from here. */
export interface Source {
  /** Commands it can take; the footer and the dialogs offer just those. */
  readonly can: ReadonlySet<Command['kind']>
  start(receive: (batch: Batch) => void): void
  query(query: ProcessQuery): void
  /** Watches a process from now on; undefined for nobody any more. */
  watch(request: WatchRequest | undefined): void
  command(command: Command): Promise<Outcome>
  /** How a process is scheduled now; undefined when it has ended, or is not of this machine. */
  inspect(target: ProcessId): Promise<Scheduling | undefined>
  /** Ends every worker and child. Resolves when they are gone. */
  stop(): Promise<void>
}
