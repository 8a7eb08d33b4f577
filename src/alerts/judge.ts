import { type Alert, type AlertKind, alertKey } from '../model/alert.ts'
import type { CheckStatus } from '../model/check.ts'
import { type Active, type AlertState, groupOf, NO_ALERTS } from './active.ts'
import { advance, begin, HOLD_MS, over, type Step, waitFor } from './advance.ts'
import { alertOf } from './alert-of.ts'
import type { Matter, Scene, Standing } from './conditions/condition.ts'
import { conditionOf } from './conditions/registry.ts'
import { compareActives, cover, overtaken } from './covering.ts'
import { type Docket, docketOf } from './docket.ts'
import type { Rule } from './rule.ts'
import type { Transition } from './transition.ts'
import { type Ended, transitionsOf } from './turns.ts'
import type { World } from './world.ts'

/** What the judge finds at one moment. */
export interface Judgement {
  readonly state: AlertState
  /** Firing ones first, worst first, then newest. Of the built-in rules of one series and direction only the worst that fires. */
  readonly alerts: readonly Alert[]
  readonly transitions: readonly Transition[]
}

/**
 * Inactive → pending → firing → resolved, for every rule and series, as Prometheus has it: `for:` and `keep:` run on monotonic time, one
 * that is pending and not wrong any more is dropped without a word. What is not known resolves nothing. Pure: what it remembers of rules
 * and keys saves reading them again.
 */
export function judge(
  before: AlertState,
  rules: readonly Rule[],
  world: World,
  wallMs: number,
  monoMs: number,
): Judgement {
  const docket = docketOf(rules)
  const state = new Map<string, Active>()
  const ended: Ended[] = []
  const said = new Set<string>()
  const now = { wallMs, monoMs }
  const take = (step: Step) => {
    if (step === undefined) return
    if ('active' in step) state.set(step.active.key, step.active)
    else ended.push({ active: step.ended, resolution: step.resolution })
  }
  const say = (matter: Matter, standing: Standing) => {
    const active = before.get(matter.key)
    if (active !== undefined) {
      said.add(matter.key)
      take(advance(active, matter, standing, now))
    } else if (typeof standing === 'object') {
      const begun = begin(matter, standing, now)
      if (begun !== undefined) state.set(begun.key, begun)
    }
  }
  const scene = sceneOf(before, docket, world, wallMs, monoMs)
  for (const { condition, task } of docket.entries) condition.look(task, scene, say)
  for (const [key, active] of before) {
    if (said.has(key)) continue
    const { series } = active
    const rule = docket.byName.get(active.rule.name)
    if (rule === undefined || !covers(rule, series)) take(over(active, 'removed'))
    else if (world.gone(series) && !isAbsence(rule)) take(over(active, 'gone'))
    else take(waitFor(active.rule === rule ? active : { ...active, rule }, now))
  }
  if (state.size === 0 && ended.length === 0) return { state: NO_ALERTS, alerts: [], transitions: [] }
  for (const forecast of overtaken(state)) {
    state.delete(forecast.key)
    take(over(forecast, 'reached'))
  }
  cover(state)
  const made = new Map<Active, Alert>()
  const asAlert = (active: Active) => {
    let alert = made.get(active)
    if (alert === undefined) {
      alert = alertOf(active, world.cause?.(active.id))
      made.set(active, alert)
    }
    return alert
  }
  const transitions = transitionsOf(before, state, ended, monoMs, asAlert)
  const alerts = [...state.values()]
    .filter(({ covered }) => covered === undefined)
    .sort((a, b) => compareActives(a, b) || b.sinceMs - a.sinceMs)
    .map(asAlert)
  return { state, alerts, transitions }
}

/**
 * An alert of an earlier run as a part of the state, by its key there: it has no data until there is a value. Undefined when no rule has
 * it any more. One that was pending counts only where, had it gone on, it would not have fired long before.
 */
export function revive(
  alert: Alert,
  rules: readonly Rule[],
  wallMs: number,
  monoMs: number,
): { readonly id: string; readonly active: Active } | undefined {
  const rule = docketOf(rules).byName.get(alert.name)
  if (rule === undefined || rule.when.kind !== alert.kind || !covers(rule, alert.series)) return undefined
  const ageMs = Math.max(0, wallMs - alert.sinceMs)
  if (alert.state === 'pending' && ageMs > rule.forMs + HOLD_MS) return undefined
  const { id, series, labels, subject, text, state, sinceMs, value, threshold, direction, peak, ahead } = alert
  const firedMs = alert.firedMs ?? sinceMs
  const key = alertKey(alert)
  const active: Active = {
    key,
    id,
    rule,
    series,
    labels,
    subject,
    text,
    state,
    sinceMs,
    sinceMono: monoMs - ageMs,
    knownMono: monoMs,
    value,
    threshold,
    direction,
    group: groupOf({ direction, series }),
    peak,
    revived: true,
    ...(state === 'firing' && { firedMs, told: true as const }),
    ...(ahead && { ahead, aheadMono: monoMs - Math.max(0, wallMs - ahead.asOfMs) }),
    // What has happened needs no value, only an end.
    ...(alert.kind === 'event'
      ? { clearedMono: monoMs - Math.max(0, wallMs - firedMs) }
      : state === 'firing' && { noDataMs: alert.noDataMs ?? wallMs }),
  }
  return { id: key, active }
}

function covers({ when }: Rule, series: string): boolean {
  return conditionOf<AlertKind>(when.kind).covers(when, series)
}

/** Of a series that is not there, that it is gone is no end, but what is wrong. */
function isAbsence({ when }: Rule): boolean {
  return when.kind === 'metric' && when.absent === true
}

function sceneOf(before: AlertState, docket: Docket, world: World, wallMs: number, monoMs: number): Scene {
  let byRule: ReadonlyMap<string, readonly Active[]> | undefined
  let checks: Map<string, CheckStatus[]> | undefined
  const looked = new Set<string>()
  return {
    world,
    wallMs,
    monoMs,
    table(metric) {
      const isFresh = looked.has(metric)
      looked.add(metric)
      return docket.table(metric, isFresh ? undefined : world.keys(metric))
    },
    checkNamed(name) {
      checks ??= new Map(world.checks.map((status) => [status.definition.name, [status]]))
      return checks.get(name) ?? []
    },
    active: ({ key }) => before.get(key),
    ofRule({ name }) {
      if (before.size === 0) return []
      byRule ??= groupedByRule(before)
      return byRule.get(name) ?? []
    },
  }
}

function groupedByRule(state: AlertState): ReadonlyMap<string, readonly Active[]> {
  const groups = new Map<string, Active[]>()
  for (const active of state.values()) {
    const group = groups.get(active.rule.name)
    if (group === undefined) groups.set(active.rule.name, [active])
    else group.push(active)
  }
  return groups
}
