import type { Secret } from '../../lib/secrets.ts'
import type { AlertDefinition } from '../../model/alert-definition.ts'
import type { CheckDefinition } from '../../model/check.ts'
import type { LogSettings } from '../../model/log-settings.ts'
import type { KeyBinding } from '../../ui/keys/binding.ts'

/** What the worker that loads a configuration is given. */
export interface ReloadRequest {
  readonly path: string
}

/**
 * A configuration in which nothing is wrong. All of it can be in effect at once but the interval, which the measuring worker is started with,
 * and the log, which is one for a run.
 */
export interface Reloaded {
  readonly definitions: readonly CheckDefinition[]
  readonly alerts: readonly AlertDefinition[]
  /** Names of built-in alert rules that do not count. */
  readonly disabled: readonly string[]
  /** What must never be shown from now on. */
  readonly secrets: readonly Secret[]
  /** The table of keys; absent where the configuration says nothing of keys: then they are as they come. */
  readonly keys?: readonly KeyBinding[]
  /** Milliseconds; absent where the configuration says nothing of it. */
  readonly intervalMs?: number
  /** Absent where the configuration says nothing of it. */
  readonly log?: LogSettings | 'off'
  /** Files that `${file:…}` named. */
  readonly files: readonly string[]
}

/** Why a configuration cannot be used. */
export interface ReloadError {
  /** The first problem, `healthtop.yaml:12:5 checks[0].timeout: …`, or what is wrong with the file as a whole. Safe text. */
  readonly first: string
  /** How many problems there are, the first included. */
  readonly count: number
}

export type ReloadAnswer =
  | { readonly kind: 'loaded'; readonly loaded: Reloaded }
  /** `files` are those that `${file:…}` named, as far as it was read: one of them may be what is missing. */
  | { readonly kind: 'refused'; readonly error: ReloadError; readonly files: readonly string[] }
