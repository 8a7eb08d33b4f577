import { sameMembers } from '../../lib/members.ts'
import type { Alert } from '../../model/alert.ts'
import { isOfCertificate } from '../../model/catalogue/checks.ts'
import type { Reason } from '../../model/frame.ts'
import { bySeverity } from '../../model/severity.ts'
import { keepIdentity } from '../identity.ts'

/** Why the verdict is what it is, frame after frame: a reason that says the same stays the same object. */
export class Reasons {
  #list: readonly Reason[] = []
  #byAlert: ReadonlyMap<string, Reason> = new Map()
  #unknown: readonly Reason[] = []

  /** The same list until one of them is another. */
  get list(): readonly Reason[] {
    return this.#list
  }

  /**
   * Worst first, then newest: alerts that fire, what is not known, and the trouble of checks. A check says its trouble itself, in better
   * words than its alert, but as bad as the worse of both. `byCertificate`: whether its certificate is what is the trouble with a check.
   */
  take(
    alerts: readonly Alert[],
    unknown: readonly Reason[],
    checks: readonly Reason[],
    byCertificate: (check: string) => boolean,
  ): void {
    const byAlert = new Map<string, Reason>()
    const keep = (id: string, reason: Reason): Reason => {
      const before = this.#byAlert.get(id)
      const kept = before !== undefined && sameMembers(before, reason) ? before : reason
      byAlert.set(id, kept)
      return kept
    }
    const firing = alerts.filter(({ state }) => state === 'firing')
    const subjects = new Set(checks.map(({ subject }) => subject))
    const isToldByCheck = (alert: Alert) => {
      const check = checkOf(alert)
      if (!subjects.has(check)) return false
      return (
        alert.kind === 'check' || alert.kind === 'process' || (isOfCertificate(alert.series) && byCertificate(check))
      )
    }
    const ofChecks = new Map<string, Alert>()
    for (const alert of firing) {
      const check = checkOf(alert)
      if (!ofChecks.has(check) && isToldByCheck(alert)) ofChecks.set(check, alert)
    }
    const told = checks.map((reason) => {
      const alert = ofChecks.get(reason.subject)
      return alert === undefined ? reason : keep(alert.id, withAlert(reason, alert))
    })
    const others = firing.filter((alert) => !isToldByCheck(alert)).map((alert) => keep(alert.id, reasonOf(alert)))
    this.#byAlert = byAlert
    this.#unknown = keepIdentity(this.#unknown, unknown)
    const list = [...others, ...this.#unknown, ...told].sort(
      (a, b) => bySeverity(a.verdict, b.verdict) || b.sinceMs - a.sinceMs,
    )
    if (!sameMembers(this.#list, list)) this.#list = list
  }
}

/** The check that an alert is of, or that watches the process it is of; empty where there is none. */
function checkOf({ kind, labels: { check = '', process = '' } }: Alert): string {
  return kind === 'process' ? process : check
}

function reasonOf(alert: Alert): Reason {
  const { severity, subject, text, sinceMs, cause } = alert
  return { verdict: severity, subject, text, sinceMs, ...(cause === undefined ? {} : { cause }), ...ofAlert(alert) }
}

function withAlert(reason: Reason, alert: Alert): Reason {
  const worse = bySeverity(alert.severity, reason.verdict) < 0
  const cause = reason.cause ?? alert.cause
  return {
    ...reason,
    ...(worse && { verdict: alert.severity }),
    ...(cause !== undefined && { cause }),
    ...ofAlert(alert),
  }
}

function ofAlert({
  id,
  kind,
  acknowledged,
  silenced,
}: Alert): Pick<Reason, 'ahead' | 'alert' | 'quiet' | 'quietUntilMs'> {
  const untilMs = silenced?.untilMs
  return {
    alert: id,
    ...(kind === 'forecast' && { ahead: true as const }),
    ...(acknowledged !== undefined
      ? { quiet: 'acknowledged' as const }
      : silenced !== undefined && {
          quiet: 'silenced' as const,
          ...(untilMs !== undefined && { quietUntilMs: untilMs }),
        }),
  }
}
