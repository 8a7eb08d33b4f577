import { isDeepStrictEqual } from 'node:util'
import { durationText } from '../../lib/duration.ts'
import type { Options } from '../options.ts'
import type { Reloaded } from './messages.ts'

/** Names that are told; of more only how many. */
const MOST_NAMES = 5

/** What of a configuration is in use. */
export type InUse = Pick<Options, 'checks' | 'alerts' | 'disabledAlerts' | 'intervalMs' | 'log'>

/** What is in use after a configuration was loaded: what it does not say stays, and so does what holds from the next start on. */
export function inUseAfter(before: InUse, { definitions, alerts, disabled }: Reloaded): InUse {
  return { ...before, checks: definitions, alerts, disabledAlerts: disabled }
}

/** What a configuration changes, as people say it: `checks: added api, removed web; interval: 5s from the next start on`. */
export function changesIn(before: InUse, loaded: Reloaded): string {
  const { intervalMs, log } = loaded
  const checks = changesOf(before.checks, loaded.definitions)
  const alerts = [
    ...changesOf(before.alerts, loaded.alerts),
    ...named(
      'left out',
      loaded.disabled.filter((name) => !before.disabledAlerts.includes(name)),
    ),
    ...named(
      'no more left out',
      before.disabledAlerts.filter((name) => !loaded.disabled.includes(name)),
    ),
  ]
  const all = [
    ...(checks.length > 0 ? [`checks: ${checks.join(', ')}`] : []),
    ...(alerts.length > 0 ? [`alerts: ${alerts.join(', ')}`] : []),
    ...(intervalMs !== undefined && intervalMs !== before.intervalMs
      ? [`interval: ${durationText(intervalMs)} from the next start on`]
      : []),
    ...(log !== undefined && !isDeepStrictEqual(log, before.log) ? ['log: from the next start on'] : []),
  ]
  return all.length === 0 ? 'nothing is different' : all.join('; ')
}

interface Named {
  readonly name: string
}

function changesOf(before: readonly Named[], after: readonly Named[]): string[] {
  const [old, now] = [byName(before), byName(after)]
  return [
    ...named(
      'added',
      [...now.keys()].filter((name) => !old.has(name)),
    ),
    ...named(
      'removed',
      [...old.keys()].filter((name) => !now.has(name)),
    ),
    ...named(
      'changed',
      [...now].flatMap(([name, one]) => (isSame(old.get(name), one) ? [] : [name])),
    ),
  ]
}

/** What was not there before did not change; where it stands in the file means nothing. */
function isSame(before: Named | undefined, after: Named): boolean {
  return before === undefined || isDeepStrictEqual({ ...before, origin: '' }, { ...after, origin: '' })
}

function byName<T extends Named>(all: readonly T[]): ReadonlyMap<string, T> {
  return new Map(all.map((one) => [one.name, one]))
}

function named(what: string, names: readonly string[]): string[] {
  if (names.length === 0) return []
  const more = names.length - MOST_NAMES
  const shown = more > 1 ? [...names.slice(0, MOST_NAMES), `and ${more} more`] : names
  return [`${what} ${shown.join(' ')}`]
}
