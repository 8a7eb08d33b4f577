import { bySeverity } from '../model/severity.ts'
import type { Active } from './active.ts'

/** Firing before pending, then worst first. */
export function compareActives(a: Active, b: Active): number {
  if (a.state !== b.state) return a.state === 'firing' ? -1 : 1
  return bySeverity(a.rule.severity, b.rule.severity)
}

/** Whether it gives way to others that say the same: rules of ours do. What somebody wrote is always said. */
export function givesWay({ rule }: Active): boolean {
  return rule.origin === 'built-in' || rule.replaces === true
}

/** Of a certificate: that its check is down says more than when it ends, and that more than that its check is degraded. */
function rankOf({ rule: { when } }: Active): number {
  if (when.kind !== 'check') return 1
  return when.is === 'down' ? 0 : 2
}

/** Among equals one that somebody wrote says it better than one of ours; of ours the one that says more. */
function compareClaims(a: Active, b: Active): number {
  return compareActives(a, b) || Number(givesWay(a)) - Number(givesWay(b)) || rankOf(a) - rankOf(b)
}

/**
 * Says of each alert of a built-in rule whether another one of its group covers it: people see those that fire with the worst severity, or the
 * worst pending ones.
 */
export function cover(state: Map<string, Active>): void {
  const best = new Map<string, Active>()
  for (const active of state.values()) {
    const other = best.get(active.group)
    if (other === undefined || compareClaims(active, other) < 0) best.set(active.group, active)
  }
  for (const [key, active] of state) {
    const covered = givesWay(active) && compareClaims(active, best.get(active.group) as Active) !== 0
    if (covered === (active.covered === true)) continue
    const { covered: _, ...rest } = active
    state.set(key, covered ? { ...rest, covered } : rest)
  }
}

/**
 * Forecasts whose limit another rule says was passed. Once that one fires, the forecast has come true; while it waits for its `for:`, one
 * that only waits too has nothing to tell any more.
 */
export function overtaken(state: ReadonlyMap<string, Active>): Active[] {
  const forecasts = [...state.values()].filter(({ rule }) => rule.when.kind === 'forecast')
  if (forecasts.length === 0) return []
  const limits = new Map<string, Active[]>()
  for (const active of state.values()) {
    if (active.rule.when.kind !== 'metric') continue
    const known = limits.get(active.group)
    if (known === undefined) limits.set(active.group, [active])
    else known.push(active)
  }
  return forecasts.filter((forecast) =>
    limits
      .get(forecast.group)
      ?.some((limit) => isAsFar(limit, forecast) && (limit.state === 'firing' || forecast.state === 'pending')),
  )
}

function isAsFar(limit: Active, { threshold, direction }: Active): boolean {
  return direction === 'above' ? limit.threshold >= threshold : limit.threshold <= threshold
}
