import type { Alert, AlertRecord, Suspect } from '../model/alert.ts'

/** Alerts that fire so soon after each other belong together, with nothing else to tie them. */
const TOGETHER_MS = 30_000
/** The same process, or a check that depends on another, joins them for longer. */
const RELATED_MS = 600_000
/** Suspects and checks by which alerts of an incident are known: the newest. */
const MOST_MARKS = 50

/** An incident that alerts can still join. */
export interface OpenIncident {
  /** The id of its first alert. */
  readonly id: string
  /** Wall time at which its newest alert fired. */
  readonly lastMs: number
  /** Ids of its alerts. */
  readonly members: readonly string[]
  /** Processes that its alerts suspect, `pid:startTicks`. */
  readonly suspects: readonly string[]
  /** Names of the checks that its alerts are of. */
  readonly checks: readonly string[]
  /** Its first alert came by itself. */
  readonly alone?: true
}

/** What joins an alert to others. */
export interface Ties {
  /** Who is most likely behind it. */
  readonly suspect?: Pick<Suspect, 'pid' | 'startTicks'> | undefined
  /** Names of checks that its check depends on, or that depend on it. */
  readonly related: ReadonlySet<string>
  /** It comes by itself, as the end of a certificate does: that others fire by then is chance. */
  readonly alone?: boolean
}

/**
 * The incident of an alert that has just fired: the open one that an alert joined less than half a minute ago, or less than ten where they
 * have the process or the checks in common; else a new one. An incident is open until none of its alerts fires any more. Pure; a clock
 * that was set back or ahead by an hour parts what fires before and after.
 */
export function assignIncident(
  open: readonly OpenIncident[],
  alert: Pick<Alert, 'id' | 'labels'>,
  wallMs: number,
  { suspect, related, alone = false }: Ties,
): { readonly incident: string; readonly open: readonly OpenIncident[] } {
  const suspects = suspectsOf(suspect)
  const checks = checksOf(alert)
  const ageMs = ({ lastMs }: OpenIncident) => Math.abs(wallMs - lastMs)
  const isTied = (incident: OpenIncident) =>
    suspects.some((one) => incident.suspects.includes(one)) ||
    incident.checks.some((one) => related.has(one) || checks.includes(one))
  const known =
    open.find((incident) => ageMs(incident) <= RELATED_MS && isTied(incident)) ??
    (alone ? undefined : open.find((incident) => !incident.alone && ageMs(incident) <= TOGETHER_MS))
  if (known === undefined) {
    const one = { id: alert.id, lastMs: wallMs, members: [alert.id], suspects, checks }
    const begun: OpenIncident = alone ? { ...one, alone } : one
    return { incident: alert.id, open: [...open, begun] }
  }
  const joined = {
    ...known,
    lastMs: wallMs,
    members: [...known.members, alert.id],
    suspects: added(known.suspects, suspects),
    checks: added(known.checks, checks),
  }
  return { incident: known.id, open: open.map((one) => (one === known ? joined : one)) }
}

/** The incidents of an earlier run that alerts can still join, by the records that it left: those of which an alert fires. */
export function reopened(records: readonly AlertRecord[]): readonly OpenIncident[] {
  const open = new Map<string, OpenIncident>()
  for (const { state, alert } of records) {
    const { incident: id } = alert
    if (state === 'firing' && id !== undefined) open.set(id, { id, lastMs: 0, members: [], suspects: [], checks: [] })
  }
  for (const { alert, evidence } of records) {
    const known = open.get(alert.incident ?? '')
    if (known === undefined) continue
    open.set(known.id, {
      ...known,
      lastMs: Math.max(known.lastMs, alert.firedMs ?? alert.sinceMs),
      members: [...known.members, alert.id],
      suspects: added(known.suspects, suspectsOf(evidence.at(-1)?.suspects[0])),
      checks: added(known.checks, checksOf(alert)),
    })
  }
  return [...open.values()]
}

function suspectsOf(suspect: Ties['suspect']): readonly string[] {
  return suspect === undefined ? [] : [`${suspect.pid}:${suspect.startTicks}`]
}

function checksOf({ labels }: Pick<Alert, 'labels'>): readonly string[] {
  return labels.check === undefined ? [] : [labels.check]
}

function added(known: readonly string[], more: readonly string[]): readonly string[] {
  const fresh = more.filter((one) => !known.includes(one))
  return fresh.length === 0 ? known : [...known, ...fresh].slice(-MOST_MARKS)
}
