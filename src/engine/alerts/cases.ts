import type { Rule } from '../../alerts/rule.ts'
import type { Alert, AlertMoment, Evidence } from '../../model/alert.ts'

/** A new peak is looked into no sooner than this after the last look. */
const PEAK_EVERY_MS = 10_000
/** Whoever is behind an alert may show a little later than the alert does: it is looked again until somebody is known. */
const AGAIN_EVERY_MS = 5000
const AGAIN_FOR_MS = 120_000

/** Looks for who is behind an alert. */
export type Witness = (
  alert: Alert,
  rule: Rule,
  moment: Evidence['moment'],
) => { evidence: Evidence; cause?: string | undefined }

/** What is known of an alert beside what its rule says: kept from pending to the end. */
export interface Case {
  evidence: readonly Evidence[]
  cause: string | undefined
  /** How much the suspect that the cause names used; NaN without one. */
  used: number
  incident: string | undefined
  /** A turn of its check tells of it, and so the next one will. */
  byCheck?: boolean
  /** What its check told is this alert, as one that fires. */
  said?: boolean
  /** Steps from before it fired, when its record begins. */
  before: readonly AlertMoment[]
  /** Monotonic time of the first look and of the last one. */
  beganMono: number
  lookedMono: number
  peak: number
}

export function openCase(alert: Alert, monoMs: number): Case {
  return {
    evidence: [],
    cause: undefined,
    used: Number.NaN,
    incident: undefined,
    before: [{ wallMs: alert.sinceMs, step: 'pending', text: alert.text }],
    beganMono: monoMs,
    lookedMono: Number.NEGATIVE_INFINITY,
    peak: Number.NaN,
  }
}

/** Looks into a case when that is due: at its beginning, at a new peak, and while nobody is known. Whether it did. */
export function investigate(known: Case, alert: Alert, rule: Rule, witness: Witness, monoMs: number): boolean {
  const first = known.evidence.length === 0
  const sinceMs = monoMs - known.lookedMono
  const higher = alert.peak !== known.peak && sinceMs >= PEAK_EVERY_MS
  const nobody = known.cause === undefined && sinceMs >= AGAIN_EVERY_MS && monoMs - known.beganMono <= AGAIN_FOR_MS
  if (!first && !higher && !nobody) return false
  known.lookedMono = monoMs
  known.peak = alert.peak
  const { evidence, cause } = witness(alert, rule, first ? 'pending' : 'peak')
  known.evidence = first ? [evidence] : [known.evidence[0] as Evidence, evidence]
  const used = evidence.suspects[0]?.value ?? Number.NaN
  // Whoever is busiest after the culprit has ended did not do it.
  if (cause !== undefined && !(known.used > used)) {
    known.cause = cause
    known.used = used
  }
  return true
}
