import type { Alert } from '../model/alert.ts'
import { type Labels, parseSeriesKey } from '../model/series.ts'
import { bySeverity } from '../model/severity.ts'
import { limitOf, type Rule } from './rule.ts'

/** How long an alert stays as it is while its value is not known: a restart of what measures must neither resolve nor repeat it. */
export const HOLD_MS = 60_000

/** What there is to judge: values as they are at this moment. */
export interface Values {
  /** Keys of the series of a metric. */
  keys(name: string): readonly string[]
  /** Undefined when not known. */
  value(key: string): number | undefined
  /** What the series is about is not there any more (a mount that was taken away): its alert ends at once. */
  gone?(key: string): boolean
}

/** A rule that holds for a series. Inactive ones are in no table. */
export interface Active {
  readonly rule: Rule
  readonly series: string
  readonly state: 'pending' | 'firing'
  /** Since when it holds, by both clocks. */
  readonly sinceMs: number
  readonly sinceMono: number
  /** Monotonic time of the last known value. */
  readonly knownMono: number
  /** Monotonic time at which it cleared, while `keep` holds it. */
  readonly clearedMono?: number
  /** The last known value. */
  readonly value: number
  /** The worst value so far. */
  readonly peak: number
}

/** By rule and series. */
export type AlertState = ReadonlyMap<string, Active>

export const NO_ALERTS: AlertState = new Map()

/** Something that turned. */
export interface Transition {
  readonly kind: 'firing' | 'resolved'
  readonly alert: Alert
  readonly rule: Rule
  /** Resolved because it cleared, because its series is not known any more, or because its rule is gone. */
  readonly why?: 'cleared' | 'unknown' | 'removed' | 'gone'
  /** How long it held. */
  readonly heldMs: number
  /** The worst value meanwhile. */
  readonly peak: number
}

/** What the judge finds at one moment. */
export interface Judgement {
  readonly state: AlertState
  /** Firing ones first, worst first, then newest. Of the rules of one series only the worst that fires. */
  readonly alerts: readonly Alert[]
  readonly transitions: readonly Transition[]
}

/** Inactive → pending → firing → resolved, for every rule and series. `for:` and `keep:` run on monotonic time. Pure. */
export function judge(
  before: AlertState,
  rules: readonly Rule[],
  values: Values,
  wallMs: number,
  monoMs: number,
): Judgement {
  const state = new Map<string, Active>()
  const seen = new Set<string>()
  const step = (id: string, rule: Rule, series: string, value: number | undefined) => {
    seen.add(id)
    if (value === undefined && values.gone?.(series)) return
    const next = advance(before.get(id), rule, series, value, wallMs, monoMs)
    if (next !== undefined) state.set(id, next)
  }
  for (const rule of rules) {
    for (const key of values.keys(rule.metric)) {
      if (selects(rule, key)) step(`${rule.name}\n${key}`, rule, key, values.value(key))
    }
  }
  const byName = new Map(rules.map((rule) => [rule.name, rule]))
  for (const [id, active] of before) {
    const rule = byName.get(active.rule.name)
    if (rule !== undefined && !seen.has(id) && selects(rule, active.series)) step(id, rule, active.series, undefined)
  }
  return {
    state,
    alerts: inOrder(shown(state)).map((active) => alertOf(active)),
    transitions: turned(before, state, byName, values, monoMs),
  }
}

function selects(rule: Rule, key: string): boolean {
  if (rule.where === undefined) return true
  const { labels } = parseSeriesKey(key)
  return Object.entries(rule.where).every(([name, value]) => labels[name] === value)
}

function past(value: number, limit: number, direction: 'above' | 'below'): boolean {
  return direction === 'above' ? value > limit : value < limit
}

/** One rule and series by one step; undefined for inactive. */
function advance(
  active: Active | undefined,
  rule: Rule,
  series: string,
  value: number | undefined,
  wallMs: number,
  monoMs: number,
): Active | undefined {
  if (value === undefined) {
    return active !== undefined && monoMs - active.knownMono <= HOLD_MS ? { ...active, rule } : undefined
  }
  const { threshold, direction } = limitOf(rule)
  const wrong = past(value, threshold, direction)
  if (active === undefined) {
    if (!wrong) return undefined
    const state = rule.forMs <= 0 ? 'firing' : 'pending'
    return { rule, series, state, sinceMs: wallMs, sinceMono: monoMs, knownMono: monoMs, value, peak: value }
  }
  const peak = direction === 'above' ? Math.max(active.peak, value) : Math.min(active.peak, value)
  const { clearedMono, ...kept } = active
  const next: Active = { ...kept, rule, value, peak, knownMono: monoMs }
  if (active.state === 'pending') {
    if (!wrong) return undefined
    return monoMs - active.sinceMono >= rule.forMs ? { ...next, state: 'firing' } : next
  }
  if (past(value, rule.clear ?? threshold, direction)) return next
  const cleared = clearedMono ?? monoMs
  return monoMs - cleared >= (rule.keepMs ?? 0) ? undefined : { ...next, clearedMono: cleared }
}

/** Rules on the same side of one series are about the same thing. */
function groupOf(active: Active): string {
  return `${limitOf(active.rule).direction}\n${active.series}`
}

/** What people see: of one group those that fire with the worst severity, or the worst pending ones when none fires. */
function shown(state: AlertState): Map<string, Active> {
  const best = new Map<string, Active>()
  for (const active of state.values()) {
    const other = best.get(groupOf(active))
    if (other === undefined || compare(active, other) < 0) best.set(groupOf(active), active)
  }
  const result = new Map<string, Active>()
  for (const [id, active] of state) if (compare(active, best.get(groupOf(active))!) === 0) result.set(id, active)
  return result
}

/** Firing before pending, then worst first. */
function compare(a: Active, b: Active): number {
  if (a.state !== b.state) return a.state === 'firing' ? -1 : 1
  return bySeverity(a.rule.severity, b.rule.severity)
}

function inOrder(actives: ReadonlyMap<string, Active>): Active[] {
  return [...actives.values()].sort((a, b) => compare(a, b) || b.sinceMs - a.sinceMs)
}

function alertOf(active: Active): Alert {
  const { rule, series, state, value, sinceMs } = active
  const { threshold, direction } = limitOf(rule)
  const labels: Labels = parseSeriesKey(series).labels
  return {
    name: rule.name,
    state,
    severity: rule.severity,
    series,
    value,
    threshold,
    direction,
    subject: rule.subject(labels),
    text: rule.text(value, threshold),
    sinceMs,
  }
}

/** What fires that did not, and what fired and is over. Falling from critical to warning is a turn to warning, not the end. */
function turned(
  before: AlertState,
  after: AlertState,
  rules: ReadonlyMap<string, Rule>,
  values: Values,
  monoMs: number,
): Transition[] {
  const firing = (state: AlertState) => new Map([...shown(state)].filter(([, active]) => active.state === 'firing'))
  const old = firing(before)
  const now = firing(after)
  const transitions: Transition[] = []
  const risen = new Set<string>()
  for (const [id, active] of now) {
    if (old.has(id)) continue
    risen.add(groupOf(active))
    const { rule, peak, sinceMono } = active
    transitions.push({ kind: 'firing', alert: alertOf(active), rule, heldMs: monoMs - sinceMono, peak })
  }
  for (const [id, active] of old) {
    if (after.get(id)?.state === 'firing' || risen.has(groupOf(active))) continue
    const { rule, peak, sinceMono, series } = active
    const why = rules.has(rule.name) ? whyResolved(series, values) : 'removed'
    transitions.push({ kind: 'resolved', alert: alertOf(active), rule, why, heldMs: monoMs - sinceMono, peak })
  }
  return transitions
}

function whyResolved(series: string, values: Values): 'cleared' | 'unknown' | 'gone' {
  if (values.value(series) !== undefined) return 'cleared'
  return values.gone?.(series) ? 'gone' : 'unknown'
}
