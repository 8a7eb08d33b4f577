import type { HostFacts, Listener } from './host.ts'
import type { Leaders, ProcessAnswer, ProcessId, ProcessQuery } from './processes.ts'
import type { Sample } from './sample.ts'

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

/** What a source tells at one tick; only what changed is there. */
export interface Batch {
  readonly wallMs: number
  readonly monoMs: number
  readonly samples: readonly Sample[]
  readonly host?: HostFacts
  readonly processes?: ProcessAnswer
  readonly leaders?: Leaders
  readonly listeners?: readonly Listener[]
  readonly health?: readonly SourceHealth[]
  /** What healthtop itself costs: CPU of one core, resident bytes. */
  readonly cost?: { readonly cpuRatio?: number; readonly memoryBytes: number }
}

/** What a person may ask a source to do. */
export type Command = {
  readonly kind: 'signal'
  readonly target: ProcessId
  /** `SIGTERM` and the like. */
  readonly signal: NodeJS.Signals
}

/** What became of a command. */
export type Outcome = { readonly ok: true } | { readonly ok: false; readonly reason: string }

/** Where batches come from, and where requests and commands go: live, replay and fleet look alike from here. */
export interface Source {
  /** Commands it can take; the footer and the dialogs offer just those. */
  readonly can: ReadonlySet<Command['kind']>
  start(receive: (batch: Batch) => void): void
  query(query: ProcessQuery): void
  command(command: Command): Promise<Outcome>
  /** Ends every worker and child. Resolves when they are gone. */
  stop(): Promise<void>
}
