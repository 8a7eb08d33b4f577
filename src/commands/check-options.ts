import { TargetError } from '../checks/check.ts'
import { CHECK_TYPES, LATER_TYPES } from '../checks/registry.ts'
import { parseDuration } from '../lib/duration.ts'
import { nearest } from '../lib/nearest.ts'
import { safeText } from '../lib/text.ts'
import { CHECK_DEFAULTS, type CheckDefinition } from '../model/check.ts'
import { oneOf, UsageError } from './options.ts'

export const CHECK_FORMATS = ['table', 'json', 'nagios', 'junit'] as const
export type CheckFormat = (typeof CHECK_FORMATS)[number]

/** Options of `check` as commander gives them. */
export interface RawCheckOptions {
  readonly format?: string
  readonly timeout?: string
  readonly expect?: string
  readonly every?: string
}

export interface CheckOptions {
  readonly format: CheckFormat
  readonly timeoutMs?: number
  /** Goes on, a round each so many milliseconds, until somebody ends it. */
  readonly everyMs?: number
  /** Checks that need no configuration, in the order in which they were named. */
  readonly given: readonly CheckDefinition[]
  /** What else was named: names of checks, and labels that they must have. */
  readonly wanted: readonly Wanted[]
}

export type Wanted =
  | { readonly kind: 'name'; readonly name: string }
  | { readonly kind: 'label'; readonly label: string; readonly value: string }

const LONGEST_MS = 300_000
const LEAST_EVERY_MS = 200

/** Checks what was said of `check`. Throws UsageError. */
export function checkCheck(raw: RawCheckOptions, named: readonly string[]): CheckOptions {
  const format = oneOf('--format', raw.format ?? 'table', CHECK_FORMATS)
  const timeoutMs = duration('--timeout', raw.timeout, 1, LONGEST_MS, '1ms to 5m')
  const everyMs = duration('--every', raw.every, LEAST_EVERY_MS, 86_400_000, '200ms to 1d')
  const given: CheckDefinition[] = []
  const wanted: Wanted[] = []
  for (const text of named) {
    const definition = definitionOf(text, raw.expect, timeoutMs, everyMs)
    if (definition === undefined) {
      wanted.push(wantedOf(text))
      continue
    }
    const alike = given.filter(({ target }) => target === definition.target)
    if (alike.some(({ type }) => type === definition.type)) continue
    // ping://localhost and dns://localhost read alike, and a name is one check's alone.
    given.push(alike.length === 0 ? definition : { ...definition, name: `${definition.type} ${definition.target}` })
  }
  if (raw.expect !== undefined && given.length === 0)
    throw new UsageError(
      '--expect: says what a target must answer, as in healthtop check http://localhost/ --expect 204',
    )
  return {
    format,
    given,
    wanted,
    ...(timeoutMs === undefined ? {} : { timeoutMs }),
    ...(everyMs === undefined ? {} : { everyMs }),
  }
}

function duration(option: string, text: string | undefined, least: number, most: number, range: string) {
  if (text === undefined) return undefined
  const ms = parseDuration(text)
  if (ms === undefined) throw new UsageError(`${option}: expected a duration such as 500ms, 3s or 1m, got "${text}"`)
  if (ms < least || ms > most) throw new UsageError(`${option}: expected ${range}, got "${text}"`)
  return ms
}

/** A check of a target such as `tcp://localhost:5432` or `process:nginx`; undefined for what is no target. */
function definitionOf(
  text: string,
  expect: string | undefined,
  timeoutMs: number | undefined,
  everyMs: number | undefined,
): CheckDefinition | undefined {
  // A port may stand behind a name that a check has (`nginx :8080`), but not behind a colon alone.
  const scheme = /^([a-z][a-z0-9+.-]*):(?=\S)/i.exec(text)?.[1]?.toLowerCase()
  if (scheme === undefined) return undefined
  const type = CHECK_TYPES.find(({ schemes }) => schemes.includes(scheme))
  if (type === undefined) {
    if (LATER_TYPES.some((later) => later === scheme))
      throw new UsageError(`${scheme}: checks of this type come with a later version; tcp://HOST:PORT can be asked now`)
    if (!text.includes('://')) return undefined
    const schemes = CHECK_TYPES.flatMap((one) => one.schemes)
    const meant = nearest(scheme, schemes)
    throw new UsageError(
      `${said(text)}: there is no check for ${scheme}:; ${meant === undefined ? `there is ${schemes.join(', ')}` : `did you mean ${meant}?`}`,
    )
  }
  try {
    const settings = type.parseTarget(text, expect)
    const target = safeText(type.target(settings), 500)
    return {
      ...CHECK_DEFAULTS,
      name: target,
      type: type.type,
      target,
      origin: 'given',
      settings,
      retries: 0,
      failures: 1,
      ...(timeoutMs !== undefined && { timeoutMs }),
      ...(everyMs !== undefined && { intervalMs: everyMs }),
      depends: [],
      labels: {},
    }
  } catch (error) {
    if (!(error instanceof TargetError)) throw error
    throw new UsageError(`${said(text)}: ${error.message}`)
  }
}

/** As it was said, but for a user and a password. What stands before the @ of `dns://NAME@SERVER` is neither. */
function said(text: string): string {
  return safeText(/^dns:/i.test(text) ? text : text.replace(/\/\/[^/]*@/, '//'), 200)
}

function wantedOf(text: string): Wanted {
  const at = text.indexOf('=')
  if (at <= 0) return { kind: 'name', name: text }
  return { kind: 'label', label: text.slice(0, at), value: text.slice(at + 1) }
}

/** The checks that were named, in the order of the configuration; all of them when none was. Throws UsageError for a name that none has. */
export function chosenOf(
  definitions: readonly CheckDefinition[],
  wanted: readonly Wanted[],
  everything: boolean,
): readonly CheckDefinition[] {
  if (wanted.length === 0) return everything ? definitions : []
  for (const one of wanted) {
    if (definitions.some((definition) => matches(definition, one))) continue
    throw new UsageError(one.kind === 'name' ? noCheck(one.name, definitions) : noLabel(one, definitions))
  }
  return definitions.filter((definition) => wanted.some((one) => matches(definition, one)))
}

function matches({ name, labels, group }: CheckDefinition, wanted: Wanted): boolean {
  if (wanted.kind === 'name') return name === wanted.name
  return labels[wanted.label] === wanted.value || (wanted.label === 'group' && group === wanted.value)
}

function noCheck(wanted: string, definitions: readonly CheckDefinition[]): string {
  const name = said(wanted)
  const names = definitions.map((definition) => definition.name)
  const meant = nearest(name, names)
  if (meant !== undefined) return `there is no check "${name}"; did you mean ${meant}?`
  if (names.length === 0)
    return `there is no check "${name}": none is configured and none was found; a target is a URL, process:NAME, file:PATH or systemd:UNIT`
  const some = names.length > 12 ? [...names.slice(0, 12), `and ${names.length - 12} more`] : names
  return `there is no check "${name}"; there is ${some.join(', ')}`
}

function noLabel({ label, value }: { label: string; value: string }, definitions: readonly CheckDefinition[]): string {
  const values = [...new Set(definitions.flatMap(({ labels }) => labels[label] ?? []))]
  if (values.length > 0)
    return `no check has the label ${label}=${value}; there is ${values.map((one) => `${label}=${one}`).join(', ')}`
  const labels = [...new Set(definitions.flatMap((definition) => Object.keys(definition.labels)))]
  return `no check has a label "${label}"${labels.length === 0 ? '' : `; there is ${labels.join(', ')}`}`
}
