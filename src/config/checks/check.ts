import type * as z from 'zod'
import { durationText } from '../../lib/duration.ts'
import { got } from '../../lib/fields.ts'
import { safeText } from '../../lib/text.ts'
import { CHECK_DEFAULTS, type CheckDefinition } from '../../model/check.ts'
import { problemsOf } from '../issues.ts'
import type { Problem } from '../problem.ts'
import { NEVER_SHOWN, wayToMark } from '../shown.ts'
import { CHECK_KEYS, COMMON, type CommonSettings, OWN_KEYS, SHOWN } from './common.ts'
import type { Dependent } from './depends.ts'
import { masked } from './mask.ts'
import { type Layer, type Mapping, type Merged, merge, originOf } from './merge.ts'
import type { ConfigType } from './type.ts'
import type { TypeTable } from './type-table.ts'
import { noKey } from './type-table.ts'

/** A target longer than this is no help to anybody. */
const LONGEST_TARGET = 300

/** A check of the file, its defaults laid below it. */
export interface MergedCheck {
  readonly own: Layer
  readonly merged: Merged
  /** Undefined where there is no such type. */
  readonly type: ConfigType | undefined
}

/** Lays defaults below a check. Keys that its type does not have count for nothing, and where no type is known, only the common ones. */
export function mergeCheck(
  below: readonly Layer[],
  own: Layer,
  type: ConfigType | undefined,
  table: TypeTable,
): MergedCheck {
  const shape = type === undefined ? {} : table.schema(type).shape
  const has = (key: string, layer: Layer) =>
    CHECK_KEYS.includes(key) ? layer === own || !OWN_KEYS.has(key) : Object.hasOwn(shape, key)
  return { own, type, merged: merge([...below, own], has) }
}

/** What a check came to: its definition where nothing is wrong, and what it depends on in any case where that can be read. */
export interface ReadCheck {
  readonly definition?: CheckDefinition
  readonly dependent?: Dependent
  readonly problems: readonly Problem[]
}

/** Reads a check. Problems stand where the wrong value stands: in the check, or in the defaults that it takes. */
export function readCheck(check: MergedCheck, table: TypeTable, redact: (text: string) => string): ReadCheck {
  const { own, merged, type } = check
  const common = pick(merged.value, (key) => CHECK_KEYS.includes(key) && key !== 'type')
  const settings = pick(merged.value, (key) => !CHECK_KEYS.includes(key))
  const first = COMMON.safeParse(common)
  const problems = [
    ...shownSecrets(check),
    ...(type === undefined ? [] : unknownKeys(own, type, table)),
    ...(first.success ? timing(first.data, check) : placed(first.error.issues, COMMON, common, check)),
  ]
  const dependent = first.success ? { dependent: dependentOf(first.data, check) } : {}
  if (type === undefined) return { ...dependent, problems }
  const schema = table.schema(type)
  const second = schema.safeParse(settings)
  if (!second.success) problems.push(...placed(second.error.issues, schema, settings, check))
  if (!first.success || !second.success || problems.length > 0) return { ...dependent, problems }
  const { name, group, interval, timeout, retries, failures, successes, labels } = first.data
  const intervalMs = interval ?? CHECK_DEFAULTS.intervalMs
  const shown = masked(
    second.data,
    settings,
    pick(merged.written, (key) => !CHECK_KEYS.includes(key)),
  ) as Mapping
  const definition: CheckDefinition = {
    name,
    type: type.type,
    target: safeText(redact(type.target(shown)), LONGEST_TARGET),
    origin: 'configured',
    ...(group === undefined ? {} : { group }),
    settings: second.data,
    intervalMs,
    timeoutMs: timeout ?? Math.min(CHECK_DEFAULTS.timeoutMs, intervalMs),
    retries: retries ?? CHECK_DEFAULTS.retries,
    failures: failures ?? CHECK_DEFAULTS.failures,
    successes: successes ?? CHECK_DEFAULTS.successes,
    depends: dependent.dependent?.depends ?? [],
    labels: labels ?? {},
  }
  return { definition, ...dependent, problems }
}

function pick(mapping: Mapping, wanted: (key: string) => boolean): Record<string, unknown> {
  const picked: Record<string, unknown> = {}
  for (const key of Object.keys(mapping)) if (wanted(key)) picked[key] = mapping[key]
  return picked
}

/** Problems of a schema, at the places in the file. */
function placed(
  issues: readonly z.core.$ZodIssue[],
  schema: z.core.$ZodType,
  value: unknown,
  check: MergedCheck,
): Problem[] {
  return problemsOf(issues, schema, value).flatMap(({ path, text }) => {
    const layer = originOf(check.merged, path, check.own)
    if (layer.wrong?.has(String(path[0]))) return []
    const kind = layer === check.own || schema === COMMON ? '' : ` (for checks of type ${check.type?.type})`
    return [{ path: [...layer.at, ...path], text: `${text}${kind}` }]
  })
}

function unknownKeys({ at, value }: Layer, type: ConfigType, table: TypeTable): readonly Problem[] {
  const { shape } = table.schema(type)
  return Object.keys(value)
    .filter((key) => !CHECK_KEYS.includes(key) && !Object.hasOwn(shape, key))
    .map((key) => ({ path: [...at, key], text: noKey(key, got(key), type, table) }))
}

/** Names and labels stand on every screen and in every export. */
function shownSecrets({ merged, own }: MergedCheck): readonly Problem[] {
  return SHOWN.flatMap((key) => {
    if (merged.value[key] === merged.written[key]) return []
    const below = wayToMark(merged.written[key])
    if (below === undefined) return []
    const path = [key, ...below]
    return [{ path: [...originOf(merged, path, own).at, ...path], text: NEVER_SHOWN }]
  })
}

/** A timeout that is longer than the interval, told at the one of the two that was said last. */
function timing({ interval, timeout }: CommonSettings, { merged, own }: MergedCheck): Problem[] {
  const intervalMs = interval ?? CHECK_DEFAULTS.intervalMs
  if (timeout === undefined || timeout <= intervalMs) return []
  const ofTimeout = originOf(merged, ['timeout'], own)
  const ofInterval = originOf(merged, ['interval'], own)
  const unlessSaid = interval === undefined ? ' unless said otherwise' : ''
  if (interval === undefined || ofTimeout === own || ofInterval !== own)
    return [
      {
        path: [...ofTimeout.at, 'timeout'],
        text: `expected at most the interval, which is ${durationText(intervalMs)}${unlessSaid}, got ${got(merged.value.timeout)}`,
      },
    ]
  return [
    {
      path: [...own.at, 'interval'],
      text: `expected at least the timeout, which is ${durationText(timeout)}, got ${got(merged.value.interval)}`,
    },
  ]
}

function dependentOf({ name, depends = [] }: CommonSettings, { merged, own }: MergedCheck): Dependent {
  const layer = originOf(merged, ['depends'], own)
  const isList = Array.isArray(merged.value.depends)
  return {
    name,
    // Of what a whole group depends on, the one that is meant is in the group perhaps.
    depends: layer === own ? depends : depends.filter((other) => other !== name),
    at: (index) => [...layer.at, 'depends', ...(isList ? [index] : [])],
  }
}
