import { nearest } from '../../lib/nearest.ts'
import { contains } from '../process-filter/match.ts'
import { parsePattern } from '../process-filter/pattern.ts'
import type { FilterError } from '../processes.ts'
import { type Meaning, parseWith, type Term, wrong } from './grammar.ts'
import type { Piece } from './lexer.ts'

/** Whether a row of a list is shown. */
export type Test<Row> = (row: Row) => boolean

/** A filter, or where it is wrong. */
export type ParsedListing<Row> =
  | { readonly matches: Test<Row>; readonly error?: never }
  | { readonly error: FilterError; readonly matches?: never }

/** Texts of a row; undefined for those that it does not have. */
export type TextsOf<Row> = (row: Row) => readonly (string | undefined)[]

/** What the filter of a list knows of its rows. */
export interface Listing<Row> {
  /** A key there is, for the error about a lone operator. */
  readonly example: string
  /** Keys there are, with what their values are; for errors and for the page about filters. */
  readonly keys: Readonly<Record<string, string>>
  /** What words are searched in. */
  readonly anywhere: TextsOf<Row>
  /** What `key:value` asks; the key is one of `keys`. */
  readonly value: (key: string, value: Piece) => Test<Row> | FilterError
}

const some =
  <Row>(tests: readonly Test<Row>[]): Test<Row> =>
  (row) =>
    tests.some((test) => test(row))

/** Whether one of the texts passes. */
export function hasText<Row>(textsOf: TextsOf<Row>, passes: (text: string) => boolean): Test<Row> {
  return (row) => textsOf(row).some((text) => text !== undefined && passes(text))
}

/** One of the words a key may have; an error that names them otherwise. `expected` is what the values of the key are. */
export function choice<T>(
  key: string,
  { text, at, length }: Piece,
  choices: Readonly<Record<string, T>>,
  expected: string | undefined,
): T | FilterError {
  const word = text.toLowerCase()
  const found = Object.hasOwn(choices, word) ? choices[word] : undefined
  if (found !== undefined) return found
  const meant = nearest(word, Object.keys(choices))
  const hint = meant === undefined ? `expected ${expected}` : `did you mean ${meant}?`
  return { at, length, text: text === '' ? `expected ${expected}` : `there is no ${key} ${text}: ${hint}` }
}

function termTest<Row>(
  text: string,
  { piece, operator, values }: Term,
  { keys, anywhere, value: testOf }: Listing<Row>,
): Test<Row> | FilterError {
  const key = piece.text.toLowerCase()
  if (!Object.hasOwn(keys, key)) {
    const meant = nearest(key, Object.keys(keys))
    if (meant !== undefined) return wrong(piece, `there is no key ${piece.text}: did you mean ${meant}?`)
    // `localhost:8443` and `https://…` are no keys but what people look for.
    const last = values.at(-1) as Piece
    if (operator === ':') return hasText(anywhere, contains(text.slice(piece.at, last.at + last.length)))
    return wrong(piece, `there is no key ${piece.text}: quote what is to be searched for`)
  }
  if (/[<>]/.test(operator)) return wrong(piece, `expected ${key}: and a value`)
  const tests: Test<Row>[] = []
  for (const value of values) {
    const test = testOf(key, value)
    if (typeof test !== 'function') return test
    tests.push(test)
  }
  const any = some(tests)
  return operator === '!=' ? (row) => !any(row) : any
}

/**
 * The filter of a list: words are searched in the texts of a row (all must be there), `key:value,value` asks about one thing; `!`, `or`,
 * quotes, patterns and parentheses as in the filter of processes.
 */
export function parseListing<Row>(text: string, listing: Listing<Row>): ParsedListing<Row> {
  const { anywhere, example } = listing
  const meaning: Meaning<Test<Row>> = {
    example,
    all: () => true,
    not: (test) => (row) => !test(row),
    every: (tests) => (row) => tests.every((test) => test(row)),
    some,
    word: (piece) => hasText(anywhere, contains(piece.text)),
    regex(piece) {
      const pattern = parsePattern(piece)
      if (!('regex' in pattern)) return pattern
      const { regex, reach } = pattern
      return hasText(anywhere, (value) => regex.test(value.slice(0, reach)))
    },
    term: (term) => termTest(text, term, listing),
  }
  const test = parseWith(text, meaning)
  return typeof test === 'function' ? { matches: test } : { error: test }
}
