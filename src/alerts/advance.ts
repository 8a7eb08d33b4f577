import { sameMembers } from '../lib/members.ts'
import { type Alert, alertId, type Resolution } from '../model/alert.ts'
import { type Active, groupOf } from './active.ts'
import type { Finding, Matter, Standing } from './conditions/condition.ts'
import type { Rule } from './rule.ts'
import { wrongText } from './words.ts'

/** How long an alert stays as it is while its value is not known: a restart of what measures must neither resolve nor repeat it. */
export const HOLD_MS = 60_000

/** What becomes of an alert in a step: it goes on, or it is over and why; undefined for one that is over before it fired. */
export type Step = { readonly active: Active } | { readonly ended: Active; readonly resolution: Resolution } | undefined

interface Now {
  readonly wallMs: number
  readonly monoMs: number
}

/** An alert that begins; undefined when nothing is wrong. */
export function begin(matter: Matter, finding: Finding, now: Now): Active | undefined {
  if (!finding.wrong) return undefined
  const { wallMs, monoMs } = now
  const { key, rule, series } = matter
  // What has happened has happened.
  const fires = rule.forMs <= 0 || rule.when.kind === 'event'
  const { value, threshold, direction } = finding
  return {
    key,
    id: alertId({ name: rule.name, series, sinceMs: wallMs }),
    rule,
    series,
    labels: matter.labels,
    subject: matter.subject,
    text: textOf(rule, finding, '', wallMs),
    state: fires ? 'firing' : 'pending',
    sinceMs: wallMs,
    sinceMono: monoMs,
    knownMono: monoMs,
    value,
    threshold,
    direction,
    group: groupOf({ direction, series: finding.about ?? series }),
    peak: value,
    ...(fires && { firedMs: wallMs }),
    ...(finding.cleared && { clearedMono: monoMs }),
    ...aheadOf(finding),
    ...(finding.reached && { reached: true as const }),
  }
}

/** An alert of which something is known, by one step. */
export function advance(active: Active, matter: Matter, standing: Standing, now: Now): Step {
  if (standing === 'gone' || standing === 'inhibited') return over(active, standing)
  const { monoMs, wallMs } = now
  const { rule } = matter
  const next = withFinding(active, matter, standing, now)
  if (active.state === 'pending') {
    if (standing.undecided) return { active: next }
    if (!standing.wrong) return undefined
    const fires = monoMs - active.sinceMono >= rule.forMs
    return { active: fires ? { ...next, state: 'firing', firedMs: wallMs } : next }
  }
  if (standing.over) return over(next, standing.resolution ?? 'cleared')
  if (!standing.cleared) return { active: next }
  const clearedMono = standing.wrong ? monoMs : (active.clearedMono ?? monoMs)
  if (!standing.wrong && monoMs - clearedMono >= rule.keepMs) return over(next, standing.resolution ?? 'cleared')
  return { active: { ...next, clearedMono } }
}

/** An alert of which nothing is known, by one step: it stays as it is for a minute; then it is dropped if it did not fire, else it fires on with no data. */
export function waitFor(active: Active, { wallMs, monoMs }: Now): Step {
  const silentMs = monoMs - active.knownMono
  if (silentMs <= HOLD_MS) return { active }
  if (active.state === 'pending') return undefined
  return { active: active.noDataMs === undefined ? { ...active, noDataMs: wallMs - silentMs } : active }
}

/** The end of an alert: one that never fired is dropped without a word. */
export function over(ended: Active, resolution: Resolution): Step {
  return ended.state === 'pending' ? undefined : { ended, resolution }
}

function withFinding(
  active: Active,
  { rule, labels, subject }: Matter,
  finding: Finding,
  { wallMs, monoMs }: Now,
): Active {
  const { value, threshold, direction } = finding
  const { clearedMono: _, noDataMs: _n, revived: _r, ahead: _a, aheadMono: _m, ...kept } = active
  return {
    ...kept,
    rule,
    labels: sameMembers(labels, active.labels) ? active.labels : labels,
    subject,
    value,
    threshold,
    direction,
    group: groupOf({ direction, series: finding.about ?? active.series }),
    text: textOf(rule, finding, active.text, wallMs),
    peak: worse(active, value, direction),
    knownMono: monoMs,
    ...aheadOf(finding),
    ...(finding.reached && { reached: true as const }),
  }
}

function aheadOf({ ahead, aheadMono }: Finding): Pick<Active, 'ahead' | 'aheadMono'> {
  return ahead === undefined || aheadMono === undefined ? {} : { ahead, aheadMono }
}

/** What is wrong; while nothing is (`keep:` holds it), what was. */
function textOf(rule: Rule, finding: Finding, before: string, wallMs: number): string {
  if (finding.text !== undefined) return finding.text
  const { kind } = rule.when
  return kind === 'metric' || (kind === 'forecast' && (finding.ahead !== undefined || finding.reached === true))
    ? wrongText(rule, finding, wallMs)
    : before
}

/** Of the other side of a range nothing was seen yet. */
function worse({ peak, direction: before }: Active, value: number, direction: Alert['direction']): number {
  if (before !== direction || Number.isNaN(peak)) return value
  if (Number.isNaN(value)) return peak
  return direction === 'above' ? Math.max(peak, value) : Math.min(peak, value)
}
