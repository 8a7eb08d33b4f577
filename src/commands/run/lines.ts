import { safeJson, safeText } from '../../lib/text.ts'
import { encodeLine } from '../../log/encode.ts'
import type { AlertLine, EventLine } from '../../log/line.ts'
import { ruleOfId } from '../../model/alert.ts'
import type { RunOptions } from './options.ts'

type News = EventLine | AlertLine

/** Priorities of syslog(3), as journald takes them at the beginning of a line: sd-daemon(3). */
const PRIORITY: Readonly<Record<EventLine['level'], number>> = { critical: 2, warning: 4, unknown: 4, ok: 5, event: 6 }

/** How lines are written. */
export interface LineLook {
  readonly format: RunOptions['logFormat']
  /** Somebody reads who takes priorities: journald. */
  readonly priorities: boolean
}

/**
 * The line of a piece of news, its end included. As text what happened alone has one, which tells of alerts too; empty for how one stands:
 * `2026-11-25T14:02:11Z critical /var 97 % used (vacuum-logs writes 38 MB/s) alert=disk-full state=firing`.
 */
export function newsLine(news: News, { format, priorities }: LineLook): string {
  if (format === 'json') return `${safeJson(encodeLine(news))}\n`
  if (news.kind === 'alert') return ''
  const { t, level, subject, text, cause, alert } = news
  const prefix = priorities ? `<${PRIORITY[level]}>` : ''
  const because = cause === undefined ? '' : ` (${cause})`
  return `${prefix}${timeOf(t)} ${level} ${safeText(`${subject} ${text}${because}`)}${alert === undefined ? '' : alertTags(news, alert)}\n`
}

/** By which rule, and how it stands where this turned it: what programs look for in a line, like logfmt. */
function alertTags({ event, level }: EventLine, alert: string): string {
  const turned = event !== 'acknowledged' && event !== 'silenced'
  const state = level === 'ok' ? 'resolved' : level === 'event' ? undefined : 'firing'
  return ` alert=${ruleOfId(alert)}${turned && state !== undefined ? ` state=${state}` : ''}`
}

/** To the second, which is what logs are read by. */
function timeOf(wallMs: number): string {
  return `${new Date(wallMs).toISOString().slice(0, 19)}Z`
}
