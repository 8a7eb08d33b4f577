import { clockTime, dayOfMonth, span } from '../../../lib/units.ts'
import type { AlertRecord, Change, Suspect } from '../../../model/alert.ts'
import { endText, firedSeconds } from '../../../model/alert-words.ts'
import { lastEvidence } from './suspects.ts'

const MOST = 3

/** `24 Nov 14:09:10`: a ticket is read on another day. */
const when = (wallMs: number) => `${dayOfMonth(wallMs)} ${clockTime(wallMs)}`

function stateText(record: AlertRecord, nowMs: number): string {
  const { alert, state, endedMs, resolution } = record
  const lasted = span(firedSeconds(record, nowMs))
  const fired = when(alert.firedMs ?? alert.sinceMs)
  if (state !== 'resolved') return `firing since ${fired}, ${lasted}`
  return `fired ${fired}, ${endText(resolution)} ${endedMs === undefined ? '' : when(endedMs)}, lasted ${lasted}`
}

const suspectText = ({ name, pid, user, fresh }: Suspect) =>
  `${name} (pid ${pid}${user === undefined ? '' : `, ${user}`}${fresh ? ', new' : ''})`

const changeText = ({ wallMs, subject, text }: Change) => `${clockTime(wallMs)} ${subject} ${text}`

/** An alert as lines of plain text for a ticket: what, where, since when, by which rule, who and what is behind it, and its steps. */
export function alertText(record: AlertRecord, host: string, nowMs: number): string {
  const { alert, timeline } = record
  const evidence = lastEvidence(record)
  const suspects = (evidence?.suspects ?? []).slice(0, MOST).map(suspectText)
  const changes = (evidence?.changes ?? []).slice(0, MOST).map(changeText)
  const lines = [
    `${alert.severity} on ${host}: ${alert.subject} ${alert.text} (${alert.name})`,
    stateText(record, nowMs),
    `rule: ${alert.rule} (${alert.origin})`,
    ...(alert.cause === undefined ? [] : [`cause: ${alert.cause}`]),
    ...(suspects.length === 0 ? [] : [`who: ${suspects.join(', ')}`]),
    ...(changes.length === 0 ? [] : [`changed before: ${changes.join('; ')}`]),
    ...timeline.map(({ wallMs, step, text }) => `${clockTime(wallMs)} ${step}${text === '' ? '' : `: ${text}`}`),
  ]
  return lines.join('\n')
}
