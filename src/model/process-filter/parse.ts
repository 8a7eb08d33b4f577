import type { FilterError, ProcessField } from '../processes.ts'
import { findKey, isTextual, nearestKey } from './keys.ts'
import { Lexer, type Piece, type Token } from './lexer.ts'
import { all, every, type Known, not, pattern, some, type Test, word } from './match.ts'
import { parsePattern } from './pattern.ts'
import { parseTerm } from './term.ts'

/** Longer texts are no filters that somebody wrote. */
const MAX_LENGTH = 2000
const MAX_DEPTH = 50

/** A filter that was understood. */
export interface Filter {
  /** Fields that must be known of all processes. */
  readonly needs: readonly ProcessField[]
  /** Whether it lets a process pass. What is not known never does, and neither does the negation of it. `nowMs` is Unix time: ages count from it. */
  matches(entry: Known, nowMs: number): boolean
}

/** A filter, or where it is wrong. */
export type Parsed =
  | { readonly filter: Filter; readonly error?: never }
  | { readonly error: FilterError; readonly filter?: never }

/**
 * The filter language: words are searched in name and command (all must be there), `"two words"`, `/pattern/`, `key:value,value`,
 * `pid:100-200`, comparisons such as `cpu>20%` and `mem>=1GiB`, `!` or `not`, `or`, `|`, `and`, and parentheses. keys.ts has the keys.
 * Errors say where they are and what was expected there.
 */
export function parseFilter(text: string): Parsed {
  if (text.length > MAX_LENGTH) {
    return {
      error: { at: MAX_LENGTH, length: text.length - MAX_LENGTH, text: `expected at most ${MAX_LENGTH} characters` },
    }
  }
  const tokens = new Lexer(text).tokens()
  if (!Array.isArray(tokens)) return { error: tokens }
  const parser = new Parser(tokens, text.length)
  const test = parser.parse()
  if (typeof test !== 'function') return { error: test }
  const filter = { needs: [...parser.needs], matches: (entry: Known, nowMs: number) => test(entry, nowMs) === true }
  return { filter }
}

/** Recursive descent: or of and of not of what stands alone. */
class Parser {
  readonly needs = new Set<ProcessField>()
  private readonly tokens: readonly Token[]
  private readonly end: number
  private index = 0
  private depth = 0

  constructor(tokens: readonly Token[], end: number) {
    this.tokens = tokens
    this.end = end
  }

  parse(): Test | FilterError {
    if (this.tokens.length === 0) return all
    const test = this.either()
    const left = this.tokens[this.index]
    if (typeof test === 'function' && left !== undefined) return wrong(left.piece, 'expected an opening (')
    return test
  }

  private either(): Test | FilterError {
    const tests: Test[] = []
    do {
      const test = this.both()
      if (typeof test !== 'function') return test
      tests.push(test)
    } while (this.take('or'))
    return some(tests)
  }

  private both(): Test | FilterError {
    const tests: Test[] = []
    do {
      const test = this.one()
      if (typeof test !== 'function') return test
      tests.push(test)
    } while (this.take('and') || this.goesOn())
    return every(tests)
  }

  private goesOn(): boolean {
    const kind = this.tokens[this.index]?.kind
    return kind !== undefined && kind !== 'or' && kind !== 'close'
  }

  private one(): Test | FilterError {
    let negated = false
    while (this.take('not')) negated = !negated
    const test = this.plain()
    return negated && typeof test === 'function' ? not(test) : test
  }

  private plain(): Test | FilterError {
    const token = this.tokens[this.index]
    if (token === undefined) return { at: this.end, length: 0, text: 'expected a word or a key' }
    this.index++
    const { piece } = token
    switch (token.kind) {
      case 'word':
        this.need('name', 'command')
        return word(piece.text)
      case 'regex': {
        this.need('name', 'command')
        const parsed = parsePattern(piece)
        return 'regex' in parsed ? pattern(parsed) : parsed
      }
      case 'term':
        return this.term(token)
      case 'open':
        return this.brackets(piece)
      default:
        return wrong(piece, 'expected a word or a key')
    }
  }

  private brackets(opening: Piece): Test | FilterError {
    if (++this.depth > MAX_DEPTH) return wrong(opening, `expected at most ${MAX_DEPTH} brackets within each other`)
    const test = this.either()
    this.depth--
    if (typeof test !== 'function' || this.take('close')) return test
    return { at: this.end, length: 0, text: 'expected a closing )' }
  }

  private term(token: Extract<Token, { kind: 'term' }>): Test | FilterError {
    const { piece, operator, values } = token
    const key = findKey(piece.text)
    if (key === undefined) {
      const near = nearestKey(piece.text)
      if (near === undefined) return wrong(piece, `there is no key ${piece.text}: quote what is to be searched for`)
      return wrong(piece, `there is no key ${piece.text}: did you mean ${near}?`)
    }
    if (isTextual(key) && /[<>]/.test(operator)) return wrong(piece, `expected ${key.name}: and a value`)
    this.need(key.field)
    if (key.field === 'unit' || key.field === 'container') this.need('cgroup')
    return parseTerm(key, operator, values)
  }

  private need(...fields: readonly ProcessField[]): void {
    for (const field of fields) this.needs.add(field)
  }

  private take(kind: Token['kind']): boolean {
    if (this.tokens[this.index]?.kind !== kind) return false
    this.index++
    return true
  }
}

function wrong({ at, length }: Piece, text: string): FilterError {
  return { at, length, text }
}
