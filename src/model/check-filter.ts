import { nearest } from '../lib/nearest.ts'
import type { CheckOrigin, CheckStatus } from './check.ts'
import { isTrouble } from './check-words.ts'
import { type Meaning, parseWith, type Term, wrong } from './filter/grammar.ts'
import type { Piece } from './filter/lexer.ts'
import { contains } from './process-filter/match.ts'
import { parsePattern } from './process-filter/pattern.ts'
import type { FilterError } from './processes.ts'

/** Whether a check is shown. */
export type CheckTest = (check: CheckStatus) => boolean

/** A filter, or where it is wrong. */
export type ParsedCheckFilter =
  | { readonly matches: CheckTest; readonly error?: never }
  | { readonly error: FilterError; readonly matches?: never }

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

type TextsOf = (check: CheckStatus) => readonly (string | undefined)[]

/** Keys whose value is a part of a text. */
const TEXTS: Readonly<Record<string, TextsOf>> = {
  name: ({ definition }) => [definition.name],
  target: ({ definition }) => [definition.target],
  reason: ({ reason, error }) => [reason, error],
}

/** Keys whose value is all of a text, in any case. */
const WORDS: Readonly<Record<string, TextsOf>> = {
  type: ({ definition }) => [definition.type],
  group: ({ definition }) => [definition.group],
}

/** What words are searched in. */
const anywhere: TextsOf = ({ definition, reason, error }) => [
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

const some =
  (tests: readonly CheckTest[]): CheckTest =>
  (check) =>
    tests.some((test) => test(check))

const hasText = (textsOf: TextsOf, passes: (text: string) => boolean): CheckTest => {
  return (check) => textsOf(check).some((text) => text !== undefined && passes(text))
}

function labelTest(value: string): CheckTest {
  const at = value.indexOf('=')
  if (at < 0) return ({ definition }) => Object.hasOwn(definition.labels, value)
  const name = value.slice(0, at)
  const wanted = value.slice(at + 1)
  return ({ definition }) => definition.labels[name] === wanted
}

/** One of the words a key may have; an error that names them otherwise. */
function choice<T>(key: string, { text, at, length }: Piece, choices: Readonly<Record<string, T>>): T | FilterError {
  const word = text.toLowerCase()
  const found = Object.hasOwn(choices, word) ? choices[word] : undefined
  if (found !== undefined) return found
  const meant = nearest(word, Object.keys(choices))
  const hint = meant === undefined ? `expected ${CHECK_FILTER_KEYS[key]}` : `did you mean ${meant}?`
  return {
    at,
    length,
    text: text === '' ? `expected ${CHECK_FILTER_KEYS[key]}` : `there is no ${key} ${text}: ${hint}`,
  }
}

function valueTest(key: string, value: Piece): CheckTest | FilterError {
  if (key === 'state') return choice(key, value, STATES)
  if (key === 'from') {
    const origin = choice(key, value, ORIGINS)
    return typeof origin === 'string' ? ({ definition }) => definition.origin === origin : origin
  }
  if (value.text === '') return wrong(value, `expected ${CHECK_FILTER_KEYS[key]}`)
  if (key === 'label') return labelTest(value.text)
  const part = TEXTS[key]
  if (part !== undefined) return hasText(part, contains(value.text))
  const word = value.text.toLowerCase()
  return hasText(WORDS[key] as TextsOf, (text) => text.toLowerCase() === word)
}

function termTest(text: string, { piece, operator, values }: Term): CheckTest | FilterError {
  const key = piece.text.toLowerCase()
  if (!Object.hasOwn(CHECK_FILTER_KEYS, key)) {
    const meant = nearest(key, Object.keys(CHECK_FILTER_KEYS))
    if (meant !== undefined) return wrong(piece, `there is no key ${piece.text}: did you mean ${meant}?`)
    // `localhost:8443` and `https://…` are no keys but what people look for.
    const last = values.at(-1) as Piece
    if (operator === ':') return hasText(anywhere, contains(text.slice(piece.at, last.at + last.length)))
    return wrong(piece, `there is no key ${piece.text}: quote what is to be searched for`)
  }
  if (/[<>]/.test(operator)) return wrong(piece, `expected ${key}: and a value`)
  const tests: CheckTest[] = []
  for (const value of values) {
    const test = valueTest(key, value)
    if (typeof test !== 'function') return test
    tests.push(test)
  }
  const any = some(tests)
  return operator === '!=' ? (check) => !any(check) : any
}

/**
 * The filter of the list of services: words are searched in name, target, type and reason (all must be there), `state:down,slow`,
 * `type:http`, `group:web`, `label:team=web`, `from:found`; `!`, `or`, quotes, patterns and parentheses as in the filter of processes.
 */
export function parseCheckFilter(text: string): ParsedCheckFilter {
  const meaning: Meaning<CheckTest> = {
    example: 'state',
    all: () => true,
    not: (test) => (check) => !test(check),
    every: (tests) => (check) => tests.every((test) => test(check)),
    some,
    word: (piece) => hasText(anywhere, contains(piece.text)),
    regex(piece) {
      const pattern = parsePattern(piece)
      if (!('regex' in pattern)) return pattern
      const { regex, reach } = pattern
      return hasText(anywhere, (value) => regex.test(value.slice(0, reach)))
    },
    term: (term) => termTest(text, term),
  }
  const test = parseWith(text, meaning)
  return typeof test === 'function' ? { matches: test } : { error: test }
}
