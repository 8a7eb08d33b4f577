import type { Fields, Schema, SchemaOutput } from '../lib/fields.ts'
import type { CheckOutcome } from '../model/check.ts'
import type { ProcessRow } from '../model/processes.ts'

/** Processes that a check asks the host worker for: those that pass every part that is there. */
export interface ProcessSelector {
  /** Short name or program file name, compared case-insensitively. */
  readonly name?: string
  /** Source of a regular expression, searched in the whole command line. */
  readonly pattern?: string
  readonly pid?: number
}

/** What a check can ask besides the service itself. All of it ends with the signal. */
export interface CheckContext {
  /** Ends the check: its whole time is over, or nobody wants it any more. Whatever a check opened is closed by then. */
  readonly signal: AbortSignal
  /** Monotonic milliseconds by which it has to be done. */
  readonly deadlineMono: number
  /** The clocks. */
  readonly now: () => { readonly wallMs: number; readonly monoMs: number }
  /** Processes of this host, with files, threads, memory and CPU where these may be read. Rejects with the reason. */
  readonly processes: (selector: ProcessSelector) => Promise<readonly ProcessRow[]>
  /** What this check remembers from one run to the next, in this thread only. */
  readonly memory: Map<string, unknown>
}

/**
 * A check type: a schema, how its target reads, how a target of the command line reads, one function that asks and judges. Timeouts, retries,
 * scheduling and flapping are not its business.
 */
export interface CheckType<S extends Schema = Schema> {
  readonly type: string
  /** One line for people: `connects; may send a line and expect an answer`. */
  readonly help: string
  /** What it contends for, of which only so many run at once: `network` sockets, `program`s that are started, `local` reading. */
  readonly uses: 'network' | 'program' | 'local'
  /** Its keys beside the common ones. Made with the builders that are handed in, so that running a check loads no schema library. */
  readonly schema: (fields: Fields) => S
  /** What is checked, for people; the settings may be masked: never fails. */
  readonly target: (settings: SchemaOutput<S>) => string
  /** Schemes of the targets on the command line that are its own, without the colon: `['http', 'https']`. */
  readonly schemes: readonly string[]
  /**
   * Settings, as its schema would give them, of a target such as `tcp://localhost:5432` and what `--expect` said: so that a check of the
   * command line needs no schema library. Throws TargetError with what was expected.
   */
  readonly parseTarget: (target: string, expect: string | undefined) => SchemaOutput<S>
  /** Where its limit on what runs at once against one target counts: `127.0.0.1:5432`; undefined for no limit. */
  readonly peer?: (settings: SchemaOutput<S>) => string | undefined
  /**
   * Loads and makes what asking takes, so that it is none of the time of an answer, of this check or of another beside it; may reject. To run
   * without it costs that time and nothing else.
   */
  readonly prepare?: (settings: SchemaOutput<S>) => Promise<unknown>
  /** Asks once. May throw or reject: an error of the system or of the network is told in words by the runner (`failure.ts`). */
  readonly run: (settings: SchemaOutput<S>, context: CheckContext) => Promise<CheckOutcome>
}

export function defineCheck<S extends Schema>(type: CheckType<S>): CheckType<S> {
  return type
}

/** A target of the command line that cannot be read; says what was expected. */
export class TargetError extends Error {
  override readonly name = 'TargetError'
}

type Rest = Omit<CheckOutcome, 'state' | 'reason' | 'error'>

export function up(rest: Rest = {}): CheckOutcome {
  return { state: 'up', ...rest }
}

export function degraded(reason: string, error: string, rest: Rest = {}): CheckOutcome {
  return { state: 'degraded', reason, error, ...rest }
}

export function down(reason: string, error: string, rest: Rest = {}): CheckOutcome {
  return { state: 'down', reason, error, ...rest }
}

/** It could not be asked, for a reason that says nothing of the service. */
export function unknown(reason: string, error: string, rest: Rest = {}): CheckOutcome {
  return { state: 'unknown', reason, error, ...rest }
}
