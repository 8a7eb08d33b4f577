import type { FilterError } from '../processes.ts'
import { Lexer, type Piece, type Token } from './lexer.ts'

/** Longer texts are no filters that somebody wrote. */
const MAX_LENGTH = 2000
const MAX_DEPTH = 50

/** `key:value,value` and comparisons. */
export type Term = Extract<Token, { readonly kind: 'term' }>

type AnyFunction = (...args: never) => unknown

/** What a filter language means by what stands alone, and how its tests are joined. */
export interface Meaning<Test extends AnyFunction> {
  /** A key there is, for the error about a lone operator. */
  readonly example: string
  /** What lets everything pass: the empty filter. */
  readonly all: Test
  word(piece: Piece): Test | FilterError
  regex(piece: Piece): Test | FilterError
  term(term: Term): Test | FilterError
  not(test: Test): Test
  every(tests: readonly Test[]): Test
  some(tests: readonly Test[]): Test
}

/**
 * The grammar all filters share: words, `"two words"`, `/pattern/` and terms, joined by nothing or `and`, by `or` or `|`, negated by `!`
 * or `not`, in parentheses. Errors say where they are and what was expected there.
 */
export function parseWith<Test extends AnyFunction>(text: string, meaning: Meaning<Test>): Test | FilterError {
  if (text.length > MAX_LENGTH) {
    return { at: MAX_LENGTH, length: text.length - MAX_LENGTH, text: `expected at most ${MAX_LENGTH} characters` }
  }
  const tokens = new Lexer(text, meaning.example).tokens()
  return Array.isArray(tokens) ? new Parser(tokens, text.length, meaning).parse() : tokens
}

/** Recursive descent: or of and of not of what stands alone. */
class Parser<Test extends AnyFunction> {
  private readonly tokens: readonly Token[]
  private readonly end: number
  private readonly meaning: Meaning<Test>
  private index = 0
  private depth = 0

  constructor(tokens: readonly Token[], end: number, meaning: Meaning<Test>) {
    this.tokens = tokens
    this.end = end
    this.meaning = meaning
  }

  parse(): Test | FilterError {
    if (this.tokens.length === 0) return this.meaning.all
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
    return this.meaning.some(tests)
  }

  private both(): Test | FilterError {
    const tests: Test[] = []
    do {
      const test = this.one()
      if (typeof test !== 'function') return test
      tests.push(test)
    } while (this.take('and') || this.goesOn())
    return this.meaning.every(tests)
  }

  private goesOn(): boolean {
    const kind = this.tokens[this.index]?.kind
    return kind !== undefined && kind !== 'or' && kind !== 'close'
  }

  private one(): Test | FilterError {
    let negated = false
    while (this.take('not')) negated = !negated
    const test = this.plain()
    return negated && typeof test === 'function' ? this.meaning.not(test) : test
  }

  private plain(): Test | FilterError {
    const token = this.tokens[this.index]
    if (token === undefined) return { at: this.end, length: 0, text: 'expected a word or a key' }
    this.index++
    switch (token.kind) {
      case 'word':
        return this.meaning.word(token.piece)
      case 'regex':
        return this.meaning.regex(token.piece)
      case 'term':
        return this.meaning.term(token)
      case 'open':
        return this.brackets(token.piece)
      default:
        return wrong(token.piece, 'expected a word or a key')
    }
  }

  private brackets(opening: Piece): Test | FilterError {
    if (++this.depth > MAX_DEPTH) return wrong(opening, `expected at most ${MAX_DEPTH} brackets within each other`)
    const test = this.either()
    this.depth--
    if (typeof test !== 'function' || this.take('close')) return test
    return { at: this.end, length: 0, text: 'expected a closing )' }
  }

  private take(kind: Token['kind']): boolean {
    if (this.tokens[this.index]?.kind !== kind) return false
    this.index++
    return true
  }
}

/** An error that stands where a piece does. */
export function wrong({ at, length }: Piece, text: string): FilterError {
  return { at, length, text }
}
