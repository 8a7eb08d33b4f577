import { type Acknowledgement, type Alert, alertKey, type Marks, NO_MARKS, type Silence } from '../../model/alert.ts'
import type { AlertCommand } from '../../model/source.ts'

/** Marks are people's: more of them than this are a mistake of some program. */
const MOST = 1000

/** What people made of alerts after a command about one of them. Pure. */
export function marksAfter(marks: Marks, command: AlertCommand, alert: Alert, wallMs: number): Marks {
  const others = marks.acknowledgements.filter((one) => one.alert !== alert.id)
  const key = alertKey(alert)
  const loud = marks.silences.filter((one) => one.key !== key)
  switch (command.kind) {
    case 'acknowledge': {
      const seen: Acknowledgement = { alert: alert.id, atMs: wallMs, note: command.note }
      return { ...marks, acknowledgements: [...others, seen].slice(-MOST) }
    }
    case 'unacknowledge':
      return { ...marks, acknowledgements: others }
    case 'silence': {
      const { untilMs } = command
      const silence: Silence = { key, atMs: wallMs, ...(untilMs !== undefined && { untilMs }) }
      return { ...marks, silences: [...loud, silence].slice(-MOST) }
    }
    case 'unsilence':
      return { ...marks, silences: loud }
  }
}

/**
 * The marks that still count: silences end at their time, or with the alert that they were for; acknowledgements with their alert. The same
 * object while all of them do. `going` has the alerts that are pending or firing.
 */
export function marksInForce(
  marks: Marks,
  going: readonly Pick<Alert, 'id' | 'name' | 'series'>[],
  wallMs: number,
): Marks {
  if (marks.acknowledgements.length === 0 && marks.silences.length === 0) return marks
  const ids = new Set(going.map(({ id }) => id))
  const keys = new Set(going.map(alertKey))
  const acknowledgements = marks.acknowledgements.filter(({ alert }) => ids.has(alert))
  const silences = marks.silences.filter(({ key, untilMs }) =>
    untilMs === undefined ? keys.has(key) : wallMs < untilMs,
  )
  const same = acknowledgements.length === marks.acknowledgements.length && silences.length === marks.silences.length
  return same ? marks : { acknowledgements, silences }
}

/** Marks of before and those of now. */
export function joined(before: Marks, now: Marks): Marks {
  if (now === NO_MARKS) return before
  return {
    acknowledgements: [...before.acknowledgements, ...now.acknowledgements],
    silences: [...before.silences, ...now.silences],
  }
}

/** An alert as if nobody had done anything to it. */
export function unmarked({ acknowledged: _acknowledged, silenced: _silenced, ...alert }: Alert): Alert {
  return alert
}

/** An alert with what people made of it. */
export function marked(alert: Alert, { acknowledgements, silences }: Marks): Alert {
  if (acknowledgements.length === 0 && silences.length === 0) return alert
  const acknowledged = acknowledgements.find((one) => one.alert === alert.id)
  const key = alertKey(alert)
  const silenced = silences.find((one) => one.key === key)
  if (acknowledged === undefined && silenced === undefined) return alert
  return { ...alert, ...(acknowledged && { acknowledged }), ...(silenced && { silenced }) }
}
