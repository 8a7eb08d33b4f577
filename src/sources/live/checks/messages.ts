import type { ProcessSelector } from '../../../checks/check.ts'
import type { Secret } from '../../../lib/secrets.ts'
import type { CheckDefinition, CheckResult } from '../../../model/check.ts'
import type { Listener } from '../../../model/host.ts'
import type { ProcessRow } from '../../../model/processes.ts'
import type { ClockSetting } from '../messages.ts'

/** What is to be checked. */
export interface ChecksSetup {
  readonly definitions: readonly CheckDefinition[]
  /** What must never be shown. */
  readonly secrets: readonly Secret[]
  /** Services that listen on this host are found and checked too. */
  readonly discover: boolean
}

/** What the worker of checks is given when it starts. */
export interface ChecksConfig extends ClockSetting {
  readonly setup: ChecksSetup
  /** What an earlier worker found. */
  readonly discovered: readonly CheckDefinition[]
  /** Which checks run, in shared memory (in-flight.ts). */
  readonly inFlight: Int32Array
  /** Names of checks that ran when an earlier worker hung or ended: they run one at a time, each until it has ended well once. */
  readonly suspects: readonly string[]
  /** Names of checks that are known to do that, and when they may be tried again (monotonic). */
  readonly leftOut: readonly (readonly [name: string, untilMono: number])[]
  /** Tells its questions from those of the workers before it. */
  readonly generation: number
}

/** What the worker of checks is told while it runs. */
export type ToChecks =
  /** All that is to be checked from now on. */
  | { readonly kind: 'setup'; readonly setup: ChecksSetup }
  /** What listens on this host. */
  | { readonly kind: 'listeners'; readonly listeners: readonly Listener[] }
  /** Runs these checks out of turn; all without names. */
  | { readonly kind: 'check_now'; readonly names: readonly string[] }
  | ProcessesReply
  /** Ends its checks and itself. */
  | { readonly kind: 'stop' }

/** The processes that were asked for, or why there are none to be had. */
export type ProcessesReply =
  | { readonly kind: 'processes'; readonly id: string; readonly rows: readonly ProcessRow[] }
  | { readonly kind: 'processes'; readonly id: string; readonly failed: string }

/** What the worker of checks posts. */
export type FromChecks =
  /** Results in the order in which they happened, and the wall times of next turns that changed. Empty to be heard. `calm`: none is news. */
  | {
      readonly kind: 'results'
      readonly results: readonly CheckResult[]
      readonly calm: boolean
      readonly next: Readonly<Record<string, number>>
    }
  /** Checks of all services that were found here. */
  | { readonly kind: 'discovered'; readonly definitions: readonly CheckDefinition[] }
  /** Asks for processes. */
  | { readonly kind: 'select'; readonly id: string; readonly selector: ProcessSelector }
