import { got } from '../../lib/fields.ts'
import { safeText } from '../../lib/text.ts'
import type { AlertCondition, CheckCondition, EventCondition, ProcessCondition } from '../../model/alert-definition.ts'
import type { EventKind } from '../../model/event.ts'
import { type AlertKey, type AlertKeys, CHECK_STATES, PROCESS_STATES } from '../sections/alerts.ts'
import { type KnownCheck, wrongLabels, wrongName } from './known-checks.ts'
import { readMetric } from './metric.ts'
import type { Said, Told } from './problems.ts'

/** What a rule can look at, by the key that says so, and the keys that only such a rule has. */
export const KINDS = {
  metric: ['where', 'above', 'below', 'outside', 'absent', 'clear', 'reaches', 'within'],
  check: ['is'],
  process: ['is'],
  event: ['subject'],
} as const satisfies Readonly<Record<string, readonly AlertKey[]>>
type Kind = keyof typeof KINDS
const KIND_NAMES = Object.keys(KINDS) as readonly Kind[]

/** Stands for every check, and for every process. */
const ALL = 'all'
const LONGEST = 200

/** What a rule looks for; undefined where something is wrong, which has been told. */
export function readCondition(said: Said, checks: readonly KnownCheck[], told: Told): AlertCondition | undefined {
  const { keys, has } = said
  const kind = theKind(said, told)
  if (kind === undefined) return undefined
  misplaced(kind, has, told)
  switch (kind) {
    case 'metric':
      return readMetric(said, told)
    case 'check':
      return readCheck(keys, checks, told)
    case 'process':
      return readProcess(keys, told)
    case 'event':
      return readEvent(said, told)
  }
}

/** Whether a rule says what it looks at. */
export function saysKind(has: ReadonlySet<string>): boolean {
  return KIND_NAMES.some((kind) => has.has(kind))
}

function theKind({ has, strange }: Said, { tell }: Told): Kind | undefined {
  const [first, ...others] = KIND_NAMES.filter((kind) => has.has(kind))
  if (first === undefined) {
    if (!strange) tell([], 'expected what it looks at: metric, check, process or event')
    return undefined
  }
  for (const other of others) tell([other], `a rule looks at one thing, and ${first} stands here already`)
  return others.length === 0 ? first : undefined
}

/** Keys that belong to rules of another kind. */
function misplaced(kind: Kind, has: ReadonlySet<string>, { tell }: Told): void {
  const own: readonly string[] = KINDS[kind]
  const others = new Set<string>(KIND_NAMES.flatMap((name) => KINDS[name]))
  for (const key of has) {
    if (!others.has(key) || own.includes(key)) continue
    const of = KIND_NAMES.filter((name) => (KINDS[name] as readonly string[]).includes(key)).join(' or ')
    tell([key], `it belongs to a rule that says ${of}, and this one says ${kind}`)
  }
}

function readCheck(
  { check, is = 'down' }: Partial<AlertKeys>,
  checks: readonly KnownCheck[],
  told: Told,
): CheckCondition | undefined {
  const state = CHECK_STATES.find((one) => one === is)
  if (state === undefined) told.tell(['is'], `expected one of ${CHECK_STATES.join(', ')}, got ${got(is)}`)
  if (check === undefined) return undefined
  if (typeof check === 'string') {
    const wrong = check === ALL ? undefined : wrongName(check, checks)
    if (wrong !== undefined) told.tell(['check'], wrong)
  } else {
    const wrong = wrongLabels(check, checks)
    if (wrong !== undefined) told.tell(['check', wrong.label], wrong.text)
    if (Object.keys(check).length === 0) told.tell(['check'], 'expected labels, such as { team: web }, or all')
  }
  if (state === undefined) return undefined
  if (typeof check !== 'string') return { kind: 'check', where: check, is: state }
  return { kind: 'check', ...(check === ALL ? {} : { check }), where: {}, is: state }
}

function readProcess({ process, is = 'gone' }: Partial<AlertKeys>, told: Told): ProcessCondition | undefined {
  const state = PROCESS_STATES.find((one) => one === is)
  if (state === undefined) told.tell(['is'], `expected one of ${PROCESS_STATES.join(', ')}, got ${got(is)}`)
  if (process === undefined || state === undefined) return undefined
  return { kind: 'process', ...(process === ALL ? {} : { process: safeText(process, LONGEST) }), is: state }
}

function readEvent({ keys: { event, subject }, has }: Said, told: Told): EventCondition | undefined {
  if (has.has('for')) told.tell(['for'], 'an event has happened or has not; keep says how long it is told of')
  if (event === undefined) return undefined
  return {
    kind: 'event',
    event: event as EventKind,
    ...(subject === undefined ? {} : { subject: safeText(subject, LONGEST) }),
  }
}
