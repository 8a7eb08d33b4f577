import type { CheckOrigin, CheckStatus } from './check.ts'
import { isTrouble } from './check-words.ts'
import { wrong } from './filter/grammar.ts'
import type { Piece } from './filter/lexer.ts'
import { choice, hasText, type ParsedListing, parseListing, type Test, type TextsOf } from './filter/listing.ts'
import { contains } from './process-filter/match.ts'
import type { FilterError } from './processes.ts'

/** Whether a check is shown. */
export type CheckTest = Test<CheckStatus>

/** A filter, or where it is wrong. */
export type ParsedCheckFilter = ParsedListing<CheckStatus>

const degraded =
  (reason: string): CheckTest =>
  (check) =>
    check.state === 'degraded' && check.reason === reason

/** What `state:` may be. */
const STATES: Readonly<Record<string, CheckTest>> = {
  down: ({ state }) => state === 'down',
  degraded: ({ state }) => state === 'degraded',
  slow: degraded('slow'),
  certificate: degraded('certificate'),
  warning: degraded('warning'),
  unknown: ({ state, asked }) => state === 'unknown' && asked,
  up: ({ state }) => state === 'up',
  well: ({ state }) => state === 'up',
  trouble: isTrouble,
  failing: ({ state, failing }) => state !== 'down' && failing > 0,
  flapping: ({ flapping }) => flapping,
  unasked: ({ asked }) => !asked,
}

const ORIGINS: Readonly<Record<string, CheckOrigin>> = {
  configured: 'configured',
  discovered: 'discovered',
  found: 'discovered',
  given: 'given',
}

/** Keys whose value is a part of a text. */
const TEXTS: Readonly<Record<string, TextsOf<CheckStatus>>> = {
  name: ({ definition }) => [definition.name],
  target: ({ definition }) => [definition.target],
  reason: ({ reason, error }) => [reason, error],
}

/** Keys whose value is all of a text, in any case. */
const WORDS: Readonly<Record<string, TextsOf<CheckStatus>>> = {
  type: ({ definition }) => [definition.type],
  group: ({ definition }) => [definition.group],
}

/** What words are searched in. */
const anywhere: TextsOf<CheckStatus> = ({ definition, reason, error }) => [
  definition.name,
  definition.target,
  definition.type,
  reason,
  error,
]

/** Keys there are, with what their values are; for errors and for the page about filters. */
export const CHECK_FILTER_KEYS: Readonly<Record<string, string>> = {
  state: `one of ${Object.keys(STATES).join(' ')}`,
  type: 'a type such as http',
  name: 'text in the name',
  target: 'text in the target',
  reason: 'text in the reason',
  group: 'the name of a group',
  label: 'a label such as team=web, or team for any',
  from: `one of ${Object.keys(ORIGINS).join(' ')}`,
}

function labelTest(value: string): CheckTest {
  const at = value.indexOf('=')
  if (at < 0) return ({ definition }) => Object.hasOwn(definition.labels, value)
  const name = value.slice(0, at)
  const wanted = value.slice(at + 1)
  return ({ definition }) => definition.labels[name] === wanted
}

function valueTest(key: string, value: Piece): CheckTest | FilterError {
  if (key === 'state') return choice(key, value, STATES, CHECK_FILTER_KEYS[key])
  if (key === 'from') {
    const origin = choice(key, value, ORIGINS, CHECK_FILTER_KEYS[key])
    return typeof origin === 'string' ? ({ definition }) => definition.origin === origin : origin
  }
  if (value.text === '') return wrong(value, `expected ${CHECK_FILTER_KEYS[key]}`)
  if (key === 'label') return labelTest(value.text)
  const part = TEXTS[key]
  if (part !== undefined) return hasText(part, contains(value.text))
  const word = value.text.toLowerCase()
  return hasText(WORDS[key] as TextsOf<CheckStatus>, (text) => text.toLowerCase() === word)
}

/**
 * The filter of the list of services: words are searched in name, target, type and reason (all must be there), `state:down,slow`,
 * `type:http`, `group:web`, `label:team=web`, `from:found`; `!`, `or`, quotes, patterns and parentheses as in the filter of processes.
 */
export function parseCheckFilter(text: string): ParsedCheckFilter {
  return parseListing(text, { example: 'state', keys: CHECK_FILTER_KEYS, anywhere, value: valueTest })
}
