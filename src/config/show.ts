import { stringify } from 'yaml'
import { durationText } from '../lib/duration.ts'
import { MASK } from '../lib/secrets.ts'
import { sizeText } from '../lib/size.ts'
import type { AlertDefinition } from '../model/alert-definition.ts'
import type { CheckDefinition } from '../model/check.ts'
import { writtenRule } from './alerts/written.ts'
import { CHECK_KEYS } from './checks/common.ts'
import { isMapping, type Mapping } from './checks/merge.ts'
import { isSecretKey, shownText } from './checks/secret-keys.ts'
import type { Loaded } from './load.ts'

/** What is shown of a configuration. */
export type Shown = Pick<Loaded, 'checks' | 'alerts' | 'disabled' | 'log' | 'written'>

/** Of a configuration that says nothing. */
export const NOTHING: Shown = {
  checks: [],
  alerts: [],
  disabled: [],
  written: { sections: {}, checks: [], groups: [] },
}

/**
 * The configuration that is in effect, in YAML: every check with what it takes from its group and the defaults, `${…}` as it was written,
 * and `•••` for what its key says is secret. `interval` is that of the host, as it was written; `builtIn` are the built-in rules in effect, if
 * they are to be shown too.
 */
export function effectiveText(
  { checks, alerts, disabled, log, written }: Shown,
  interval: string,
  builtIn: readonly AlertDefinition[] = [],
): string {
  const { keys } = written.sections
  const groups = Object.fromEntries(written.groups.map((name) => [name, {}]))
  const rules = [...[...alerts, ...builtIn].map(writtenRule), ...disabled.map((name) => ({ name, enabled: false }))]
  const shown = {
    interval,
    ...(log === undefined ? {} : { log: shownLog(log) }),
    ...(isMapping(keys) ? { keys } : {}),
    ...(written.groups.length > 0 ? { groups } : {}),
    checks: written.checks.map((check, index) => effective(check, checks[index] as CheckDefinition)),
    ...(rules.length > 0 ? { alerts: rules } : {}),
  }
  return stringify(shown, { lineWidth: 0, aliasDuplicateObjects: false })
}

function shownLog(log: NonNullable<Shown['log']>): Mapping | 'off' {
  return log === 'off' ? log : { keep: durationText(log.keepMs), size: sizeText(log.sizeBytes) }
}

function effective(written: Mapping, definition: CheckDefinition): Mapping {
  const { intervalMs, timeoutMs, retries, failures, successes } = definition
  const common: Mapping = {
    interval: durationText(intervalMs),
    timeout: durationText(timeoutMs),
    retries,
    failures,
    successes,
    ...written,
    depends: definition.depends.length > 0 ? definition.depends : undefined,
  }
  const keys = new Set([...CHECK_KEYS.slice(0, 3), ...Object.keys(written), ...CHECK_KEYS])
  const pairs = [...keys].flatMap((key) =>
    common[key] === undefined ? [] : [[key, masked(key, common[key])] as const],
  )
  return Object.fromEntries(pairs)
}

/** A value without what is secret by the name of its key. */
function masked(key: string, value: unknown): unknown {
  if (typeof value === 'string') return shownText(key, value)
  if (Array.isArray(value)) return value.map((item) => masked(key, item))
  if (isMapping(value))
    return Object.fromEntries(
      Object.entries(value).map(([name, item]) => [name, masked(isSecretKey(key) ? key : name, item)]),
    )
  return isSecretKey(key) && value !== null && value !== undefined ? MASK : value
}
