import type { Access } from '../../lib/access.ts'
import { oneOf } from '../options.ts'

/** As commander gives them. */
export interface RawRunOptions {
  readonly logFormat?: string
  readonly share?: boolean
}

const LOG_FORMATS = ['text', 'json'] as const

export interface RunOptions {
  /** What a line of stdout is: a sentence, or an event or an alert as docs/log.md has them. */
  readonly logFormat: (typeof LOG_FORMATS)[number]
  /** Who may attach to it and read its log: besides its user, with `--share`, its group. */
  readonly access: Access
}

/** Throws UsageError. */
export function checkRun({ logFormat = 'text', share = false }: RawRunOptions): RunOptions {
  return { logFormat: oneOf('--log-format', logFormat, LOG_FORMATS), access: share ? 'group' : 'owner' }
}
