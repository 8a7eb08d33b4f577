import { LINE_KINDS, type LineKind } from '../../log/line.ts'
import { oneOf, UsageError } from '../options.ts'
import { MOMENTS, parseMoment } from './moment.ts'

const FORMATS = ['table', 'json'] as const
const DAY_MS = 86_400_000
const KINDS: readonly LineKind[] = ['alert', 'event', 'check']

/** Options of `log` as commander gives them. */
export interface RawLogOptions {
  readonly since?: string
  readonly until?: string
  readonly kind?: string
  readonly follow?: boolean
  readonly format?: string
}

/** What of the log is shown, and how. */
export interface LogOptions {
  readonly fromMs: number
  /** Not itself included. */
  readonly toMs?: number
  readonly kinds: ReadonlySet<LineKind>
  readonly follow: boolean
  readonly format: 'table' | 'json'
  /** Lower-case; all of them have to occur. */
  readonly words: readonly string[]
}

/** Checks what was said of `log`. Throws UsageError. */
export function checkLog(raw: RawLogOptions, said: readonly string[], nowMs: number): LogOptions {
  const format = oneOf('--format', raw.format ?? 'table', FORMATS)
  const fromMs = raw.since === undefined ? nowMs - DAY_MS : moment('--since', raw.since, nowMs)
  const toMs = raw.until === undefined ? undefined : moment('--until', raw.until, nowMs)
  if (raw.follow === true && toMs !== undefined)
    throw new UsageError('--until: --follow goes on until it is stopped; leave out one of them')
  if (toMs !== undefined && toMs <= fromMs)
    throw new UsageError(
      raw.since === undefined
        ? '--until: that is before the last day, which is shown unless --since says otherwise'
        : '--until: expected a time after --since',
    )
  return {
    fromMs,
    ...(toMs !== undefined && { toMs }),
    kinds: new Set(raw.kind === undefined ? KINDS : kindsOf(raw.kind)),
    follow: raw.follow ?? false,
    format,
    words: said.flatMap((word) => word.toLowerCase().split(/\s+/)).filter((word) => word !== ''),
  }
}

function moment(option: '--since' | '--until', text: string, nowMs: number): number {
  const isSince = option === '--since'
  if (text.trim() === 'all' && isSince) return 0
  const ms = parseMoment(text, nowMs)
  if (ms !== undefined) return ms
  const forms = isSince ? [...MOMENTS, 'all'] : MOMENTS
  throw new UsageError(
    `${option}: expected a time such as ${forms.slice(0, -1).join(', ')} or ${forms.at(-1)}, got "${text}"`,
  )
}

function kindsOf(text: string): readonly LineKind[] {
  return text.split(',').map((kind) => oneOf('--kind', kind.trim(), LINE_KINDS))
}
