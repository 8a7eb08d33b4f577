/** How bad a thing is, as alert rules and log entries say it. */
export type Severity = 'critical' | 'warning'

/** What a host, a service or a whole frame is judged to be. */
export type Verdict = 'ok' | 'warning' | 'critical' | 'unknown'

/** Worst first, as DESIGN chapter 15 orders them: critical, unknown, warning, ok. */
const ORDER: readonly Verdict[] = ['critical', 'unknown', 'warning', 'ok']

/** The worst of several verdicts; `ok` when there is none. */
export function worst(verdicts: Iterable<Verdict>): Verdict {
  let index = ORDER.length - 1
  for (const verdict of verdicts) index = Math.min(index, ORDER.indexOf(verdict))
  return ORDER[index] ?? 'ok'
}

/** Negative when `a` is worse than `b`: sorts worst first. */
export function bySeverity(a: Verdict, b: Verdict): number {
  return ORDER.indexOf(a) - ORDER.indexOf(b)
}

/** Exit code of `snapshot` and `check`: the Nagios plug-in convention. */
export const EXIT_CODE: Readonly<Record<Verdict, number>> = { ok: 0, warning: 1, critical: 2, unknown: 3 }
