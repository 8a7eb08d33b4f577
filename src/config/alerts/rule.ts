import { got } from '../../lib/fields.ts'
import { nearest } from '../../lib/nearest.ts'
import { safeText } from '../../lib/text.ts'
import type { AlertDefinition } from '../../model/alert-definition.ts'
import { templateProblem } from '../../model/alert-message.ts'
import type { Layer } from '../checks/merge.ts'
import { problemsOf } from '../issues.ts'
import type { Problem } from '../problem.ts'
import { ALERT, type AlertKeys } from '../sections/alerts.ts'
import { NEVER_SHOWN, wayToMark } from '../shown.ts'
import { readCondition, saysKind } from './condition.ts'
import type { KnownCheck } from './known-checks.ts'
import { collect, type Said, type Told } from './problems.ts'

/** Nobody looks at an event for the moment in which it happens. */
const EVENT_KEEP_MS = 600_000
const LONGEST_MESSAGE = 500

/** What a rule is read with. */
export interface RuleContext {
  readonly checks: readonly KnownCheck[]
  /** Names of the built-in rules. */
  readonly builtIn: readonly string[]
  /** `healthtop.yaml:41`. */
  readonly origin: string
}

/** What a rule came to. */
export interface ReadRule {
  /** Where it is one. */
  readonly name?: string
  /** Absent where something is wrong, and where the rule does not count. */
  readonly definition?: AlertDefinition
  /** It does not count, and neither does the built-in one of its name. */
  readonly off: boolean
  readonly problems: readonly Problem[]
}

/** Reads a rule of the configuration. */
export function readRule({ at, value, written }: Layer, context: RuleContext): ReadRule {
  const told = collect(at)
  const result = ALERT.safeParse(value)
  const keys = result.success ? result.data : rightKeys(value)
  if (!result.success) for (const { path, text } of problemsOf(result.error.issues, ALERT, value)) told.tell(path, text)
  for (const [key, its] of Object.entries(written)) {
    const way = wayToMark(its)
    if (way !== undefined) told.tell([key, ...way], NEVER_SHOWN)
  }
  const has = new Set(Object.keys(value).filter((key) => Object.hasOwn(ALERT.shape, key)))
  const said: Said = { keys, has, strange: has.size < Object.keys(value).length }
  const off = keys.enabled === false
  const named = keys.name === undefined ? {} : { name: keys.name }
  if (off && !saysKind(has)) {
    nothingBeside(said, context, told)
    return { ...named, off, problems: told.problems }
  }
  const when = readCondition(said, context.checks, told)
  const message = messageOf(keys, told)
  if (told.problems.length > 0 || when === undefined || keys.name === undefined || off)
    return { ...named, off, problems: told.problems }
  const { name, for: forMs = 0, keep, severity = 'warning', labels = {} } = keys
  const keepMs = keep ?? (when.kind === 'event' ? EVENT_KEEP_MS : 0)
  const { origin } = context
  const definition = { name, when, forMs, keepMs, severity, labels, ...message, origin }
  return { name, definition, off, problems: [] }
}

/** The keys in which nothing is wrong by themselves. */
function rightKeys(value: Readonly<Record<string, unknown>>): Partial<AlertKeys> {
  const right = Object.entries(ALERT.shape).flatMap(([key, field]) => {
    if (!Object.hasOwn(value, key)) return []
    const one = field.safeParse(value[key])
    return one.success ? [[key, one.data] as const] : []
  })
  return Object.fromEntries(right)
}

/** A built-in rule is switched off by its name alone. */
function nothingBeside({ keys: { name }, has }: Said, { builtIn }: RuleContext, { tell }: Told): void {
  if (name !== undefined && !builtIn.includes(name)) tell(['name'], noBuiltIn(name, builtIn))
  for (const key of has)
    if (key !== 'name' && key !== 'enabled') tell([key], 'a rule that is switched off by its name says nothing else')
}

function noBuiltIn(name: string, builtIn: readonly string[]): string {
  const meant = nearest(name, builtIn)
  const instead = meant === undefined ? 'docs/alerts.md lists them' : `did you mean ${meant}?`
  return `there is no built-in rule ${got(name)}; ${instead}`
}

function messageOf({ message }: Partial<AlertKeys>, { tell }: Told): Pick<AlertDefinition, 'message'> {
  if (message === undefined) return {}
  const wrong = templateProblem(message)
  if (wrong !== undefined) tell(['message'], wrong)
  if (message.length > LONGEST_MESSAGE) tell(['message'], `expected at most ${LONGEST_MESSAGE} characters`)
  return { message: safeText(message, LONGEST_MESSAGE) }
}
