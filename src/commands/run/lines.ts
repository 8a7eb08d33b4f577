import { safeJson, safeText } from '../../lib/text.ts'
import { encodeLine } from '../../log/encode.ts'
import type { AlertLine, EventLine } from '../../log/line.ts'
import { ruleOfId } from '../../model/alert.ts'
import type { RunOptions } from './options.ts'

/** A line of the log that is news. `ends`: an alert is over with it, which is not to be seen by its level, or is told by nothing else. */
export type Piece = (EventLine | AlertLine) & { readonly ends?: true }

/** Priorities of syslog(3), as journald takes them at the beginning of a line: sd-daemon(3). */
const PRIORITY: Readonly<Record<EventLine['level'], number>> = { critical: 2, warning: 4, unknown: 4, ok: 5, event: 6 }

/** How lines are written. */
export interface LineLook {
  readonly format: RunOptions['logFormat']
  /** Somebody reads who takes priorities: journald. */
  readonly priorities: boolean
}

/**
 * The line of a piece of news, its end included. As text what happened has one, which tells of alerts too; empty for how one stands, unless nothing
 * that happened tells that it is over:
 * `2026-11-25T14:02:11Z critical /var 97 % used (vacuum-logs writes 38 MB/s) alert=disk-full state=firing`.
 */
export function newsLine({ ends = undefined, ...news }: Piece, { format, priorities }: LineLook): string {
  if (format === 'json') return `${safeJson(encodeLine(news))}\n`
  if (news.kind === 'alert' && !ends) return ''
  const { t, level, subject, text, cause, alert, event } = news.kind === 'alert' ? endOf(news) : news
  const prefix = priorities ? `<${PRIORITY[level]}>` : ''
  const because = cause === undefined ? '' : ` (${cause})`
  return `${prefix}${timeOf(t)} ${level} ${safeText(`${subject} ${text}${because}`)}${alert === undefined ? '' : alertTags({ event, level }, alert, ends)}\n`
}

/** By which rule, and how it stands where this turned it: what programs look for in a line, like logfmt. */
function alertTags({ event, level }: Pick<EventLine, 'event' | 'level'>, alert: string, ends?: true): string {
  const turned = event !== 'acknowledged' && event !== 'silenced'
  const state = level === 'ok' || ends ? 'resolved' : level === 'event' ? undefined : 'firing'
  return ` alert=${safeText(ruleOfId(alert))}${turned && state !== undefined ? ` state=${state}` : ''}`
}

/** An end that nothing told: another alert about the same thing goes on, or its time is over. */
function endOf({ t, id, name, subject, record }: AlertLine): Omit<EventLine, 'v' | 'kind'> {
  const [, ...was] = record.timeline.at(-1)?.text.split(', ') ?? []
  const cause = was.join(', ')
  return { t, event: 'alert', level: 'event', subject, text: `${name} is over`, ...(cause && { cause }), alert: id }
}

/** To the second, which is what logs are read by. */
function timeOf(wallMs: number): string {
  return `${new Date(wallMs).toISOString().slice(0, 19)}Z`
}
