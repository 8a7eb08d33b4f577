import type { Access } from '../../lib/access.ts'
import type { Clock } from '../../lib/clock.ts'
import type { AlertCommand, Batch, Measurer, Outcome, Source } from '../../model/source.ts'
import type { Actor } from '../live/actor.ts'
import type { LiveSource } from '../live/live.ts'
import type { Told } from './told.ts'

/**
 * Who measures. `own`: this one, for all who share its state folder; it alone writes there. `attached`: another one, and this one shows what that
 * tells. `alone`: this one, for itself: there is no state folder, or it cannot be shared for this reason; it writes nothing there.
 */
export type Role =
  | { readonly kind: 'own' }
  /** Not known yet, at the start and after the other one has ended. */
  | { readonly kind: 'looking' }
  | {
      readonly kind: 'attached'
      readonly by: Measurer
      /** That is the service, which has a state folder of its own. */
      readonly service?: true
    }
  | {
      readonly kind: 'alone'
      readonly reason?: string /** Who measures, and does not take this one. */
      readonly by?: Measurer
    }

export interface ServiceOptions {
  /** Its state folder. */
  readonly folder: string
  /** What does things to processes while the service measures: with the rights of who looks, not with those of the service. */
  readonly actor: () => Actor
}

export interface SharedOptions {
  /** Undefined: shared with nobody. */
  readonly stateFolder: string | undefined
  readonly command: Measurer['command']
  /** The service of this machine: while it measures and lets this one attach it is shown; its place is never taken. */
  readonly service?: ServiceOptions | undefined
  /** Who else may attach, and learn who measures; nobody but this user unless given. */
  readonly access?: Access
  readonly version: string
  readonly clock: Clock
  readonly readOnly: boolean
  /** Starts to measure here. */
  readonly live: () => LiveSource
  /** A quick look from this thread, for the time before anybody's first word. */
  readonly first: () => Batch
  /** Does something to an alert, for those who are attached. */
  readonly judge: (command: AlertCommand) => Outcome | Promise<Outcome>
  /** Told of each change, before the first batch of the new role. */
  readonly onRole?: (role: Role) => void
  /** For $XDG_RUNTIME_DIR; that of the process unless given. */
  readonly env?: NodeJS.ProcessEnv
  /** How often one that measures alone looks for a lock, and one that measures for the service; how often a lock is looked after. */
  readonly retryMs?: number
  readonly keepMs?: number
}

/** A source that is this machine's own or another healthtop's, whoever was first; when that one ends, another takes over. The service comes first. */
export interface SharedSource extends Source, Pick<LiveSource, 'first' | 'beginChecks' | 'configure'> {
  readonly role: Role
  /** The first role that is not `looking`: at once, or some seconds later where somebody has the lock and does not answer. */
  readonly settled: Promise<Role>
  /** Takes how alerts stand here after each frame: those who are attached are told. */
  publish(told: Told): void
}
