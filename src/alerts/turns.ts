import type { Alert, Resolution } from '../model/alert.ts'
import type { Active, AlertState } from './active.ts'
import { givesWay } from './covering.ts'
import type { Transition } from './transition.ts'

/** An alert that fired and is over. */
export interface Ended {
  readonly active: Active
  readonly resolution: Resolution
}

/**
 * What turned between two states. An alert that a worse one covers is told of when it shows: falling from critical to warning is a turn to
 * warning, not the end. Marks in `after` what was told.
 */
export function transitionsOf(
  before: AlertState,
  after: Map<string, Active>,
  ended: readonly Ended[],
  monoMs: number,
  alertOf: (active: Active) => Alert,
): Transition[] {
  const transitions: Transition[] = []
  const risen = new Set<string>()
  const tell = (kind: Transition['kind'], active: Active, more: Partial<Transition> = {}) => {
    const { rule, peak, sinceMono } = active
    transitions.push({
      kind,
      alert: alertOf(active),
      rule,
      heldMs: monoMs - sinceMono,
      peak,
      ...more,
    })
  }
  for (const [key, active] of after) {
    const old = before.get(key)
    if (old === active) continue
    if (active.state === 'pending') {
      if (old === undefined) tell('pending', active)
    } else if (!active.covered && (old?.state !== 'firing' || old.covered)) {
      risen.add(active.group)
      const told: Active = { ...active, told: true }
      after.set(key, told)
      tell('firing', told)
    } else if (active.told && active.noDataMs !== undefined && old?.noDataMs === undefined) tell('no data', active)
    else if (active.told && active.noDataMs === undefined && old?.noDataMs !== undefined && !old.revived)
      tell('data again', active)
  }
  for (const { active, resolution } of ended) {
    if (!active.told) continue
    const quiet = active.covered || (givesWay(active) && risen.has(active.group))
    tell('resolved', active, { resolution, ...(quiet && { quiet }) })
  }
  return transitions
}
