import type { Alert, Evidence, Resource, Suspect } from '../../model/alert.ts'
import { isOfCertificate } from '../../model/catalogue/checks.ts'
import type { EventKind } from '../../model/event.ts'
import type { Happening } from './changes.ts'
import { pidOf, processKey } from './changes.ts'
import type { Jump } from './jumps.ts'
import { resourceOf } from './resource.ts'

/** Within this time the likelihood falls to a third. */
const FADE_MS = 60_000
/** Nothing older than this has to do with it. */
const WINDOW_MS = 120_000
/** What is seen so little after an alert may have come before it: processes are looked at every two seconds. */
const LATE_MS = 5000
/** What comes after an alert is more likely its effect. */
const EFFECT = 0.3
const LEAST = 0.02
/** Work that is begun at once starts within this time. */
const BURST_MS = 30_000
/** Who has less than this share of a resource does not lead in it. */
const LEAST_LEAD = 0.1

/** How well a kind of change explains trouble with a resource, where nothing more is known; `other` for what is of no resource. */
type Fit = Readonly<Partial<Record<Resource | 'other', number>>>

const FITS: Readonly<Partial<Record<EventKind, Fit>>> = {
  process_started: { cpu: 0.15, memory: 0.15, disk: 0.15, network: 0.15, other: 0.1 },
  process_ended: { cpu: 0.05, memory: 0.05, disk: 0.05, network: 0.1, other: 0.2 },
  process_restarted: { cpu: 0.5, memory: 0.4, disk: 0.4, network: 0.4, other: 0.5 },
  unit_restarted: { cpu: 0.5, memory: 0.4, disk: 0.4, network: 0.4, other: 0.5 },
  oom_kill: { cpu: 0.4, memory: 0.9, disk: 0.3, network: 0.2, other: 0.6 },
  check: { cpu: 0.15, memory: 0.1, disk: 0.1, network: 0.2, other: 0.3 },
  mount_added: { disk: 0.4, other: 0.2 },
  mount_removed: { disk: 0.6, other: 0.4 },
  mount_readonly: { disk: 0.7, other: 0.4 },
  mount_writable: { disk: 0.2, other: 0.1 },
  mount_silent: { cpu: 0.2, disk: 0.8, other: 0.5 },
  mount_answers: { disk: 0.3, other: 0.1 },
  interface_added: { network: 0.4, other: 0.1 },
  interface_removed: { network: 0.8, other: 0.4 },
  interface_down: { network: 0.9, other: 0.6 },
  interface_up: { network: 0.4, other: 0.1 },
  reboot: { cpu: 0.7, memory: 0.5, disk: 0.5, network: 0.6, other: 0.8 },
  clock_jump: { cpu: 0.1, memory: 0.05, disk: 0.05, network: 0.1, other: 0.4 },
}
/** What it means for the fit that both are about the same thing, and that what happened is well again. */
const SAME_SUBJECT = 0.9
const WELL = 0.3
/** Who answered a check has just ended, or begun. */
const HOLDER = 0.95
/** Who ran for long and ends is news, though no cause by itself; most that end are short errands. */
const SETTLED_ENDED = 0.35
/** Of a jump: how likely one of the same resource explains an alert, and one of another. */
const SAME_RESOURCE = 0.6
const OTHER_RESOURCE = 0.35

/** What is weighed, and against what. */
export interface Weighing {
  readonly resource: Resource | undefined
  readonly alert: Alert
  readonly moment: Evidence['moment']
  readonly suspects: readonly Suspect[]
  /** Pids of those that listen, or did, where the check asks that the alert is about. */
  readonly holders?: ReadonlySet<number>
  readonly wallMs: number
  readonly happening?: Happening | undefined
  readonly jump?: Jump | undefined
}

/** How likely a change has to do with an alert, 0..1: how close before it, times how well it fits, times the size of a jump. 0 is not worth a line. */
export function weigh(weighing: Weighing): number {
  const { alert, moment, happening, jump, wallMs } = weighing
  const when = happening?.wallMs ?? jump?.wallMs ?? Number.NaN
  const fit = happening !== undefined ? fitOf(weighing, happening) : jump !== undefined ? fitOfJump(weighing, jump) : 0
  // A forecast needs a while to be sure of what has begun.
  const fadeMs = alert.kind === 'forecast' ? 2 * FADE_MS : FADE_MS
  const weight = fit * closeness(when, moment === 'pending' ? alert.sinceMs : wallMs, fadeMs)
  return weight < LEAST ? 0 : Math.round(weight * 100) / 100
}

function closeness(whenMs: number, alertMs: number, fadeMs: number): number {
  const beforeMs = alertMs - whenMs
  if (beforeMs > WINDOW_MS) return 0
  if (beforeMs < -LATE_MS) return EFFECT
  return Math.exp(-Math.max(0, beforeMs) / fadeMs)
}

function fitOf({ resource, alert, suspects, holders }: Weighing, happening: Happening): number {
  const { kind, subject, well, processes, settled } = happening
  // A certificate ends by its time.
  if (isOfCertificate(alert.series)) return 0
  // Its own turn is the alert, not its cause.
  const isOwn = alert.labels.check === subject || (alert.kind !== 'metric' && alert.subject === subject)
  if (kind === 'check' && isOwn) return 0
  if (alert.kind === 'event' && kind === alert.labels.event && subject === alert.labels.subject) return 0
  if (holders !== undefined && processes.some((key) => holders.has(pidOf(key)))) return HOLDER
  const usual = FITS[kind]?.[resource ?? 'other'] ?? 0.05
  const known = kind === 'process_ended' && resource === undefined && settled.length > 0 ? SETTLED_ENDED : usual
  const own = isAbout(alert, subject) ? Math.max(known, SAME_SUBJECT) : known
  const plain = well ? own * WELL : own
  if (kind === 'process_started' || kind === 'process_restarted') {
    return Math.max(plain, leads(happening, suspects), kind === 'process_started' ? burst(happening, plain) : 0)
  }
  return plain
}

/** Who began and is first in the resource now did it; who is last of ten perhaps. */
function leads({ processes, subject, count }: Happening, suspects: readonly Suspect[]): number {
  const at = suspects.findIndex((suspect) => processes.includes(processKey(suspect)))
  // Of a burst those that lead now may have come after the first ones.
  const place = at >= 0 || count === 1 ? at : suspects.findIndex(({ name, fresh }) => fresh && name === subject)
  if (place < 0) return 0
  const { share } = suspects[place] as Suspect
  // First among those that do nothing leads nobody.
  if (share !== undefined && share < LEAST_LEAD) return 0
  return share === undefined ? 1 - place * 0.06 : Math.max(0.4, Math.min(1, 0.7 + share) - place * 0.06)
}

/** Forty that start at once are work of their own, whoever leads. */
function burst({ count, wallMs, lastMs }: Happening, plain: number): number {
  // What starts on and on, such as the sleeps of a script, was there before.
  if (lastMs - wallMs > BURST_MS) return plain
  return Math.min(0.6, plain + count / 80)
}

function fitOfJump({ resource, alert }: Weighing, { series, size }: Jump): number {
  if (series === alert.series || isOfCertificate(alert.series)) return 0
  const same = resource !== undefined && resourceOf({ kind: 'metric', series }) === resource
  return (same ? SAME_RESOURCE : OTHER_RESOURCE) * size
}

/** Whether an event's subject is what the alert is about: a mount, an interface, a check, or the process or unit that it is for. */
function isAbout({ subject, labels }: Alert, other: string): boolean {
  if (other === '') return false
  const bare = other.replace(/\.(service|socket|scope|slice)$/, '')
  return [subject, ...Object.values(labels)].some((one) => one === other || one === bare)
}
