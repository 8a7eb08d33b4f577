import type { FilterError } from '../processes.ts'

/** A piece of the text of a filter. */
export interface Piece {
  readonly text: string
  readonly at: number
  readonly length: number
}

export const OPERATORS = ['>=', '<=', '!=', '>', '<', '=', ':'] as const
export type Operator = (typeof OPERATORS)[number]

export type Token =
  | { readonly kind: 'open' | 'close' | 'not' | 'and' | 'or' | 'regex'; readonly piece: Piece }
  | { readonly kind: 'word'; readonly piece: Piece }
  | { readonly kind: 'term'; readonly piece: Piece; readonly operator: Operator; readonly values: readonly Piece[] }

type Word = Extract<Token, { readonly kind: 'word' }>

/** What ends a word: a space, a bracket, a bar. */
const WORD = /[^\s()|]+/y
const VALUE = /[^\s()|,]+/y
const SPACE = /\s*/y
/** A key and its operator. Spaces may stand around a comparison, not around a colon. */
const KEY = /([a-z_]+)(?:(:)|\s*([<>]=?|!?=)\s*)/iy
/** A lone operator. */
const OPERATOR = /[<>]=?|!=|=/y
/** A pattern ends with the first slash after which a word would end; `/usr/bin` is a path. */
const REGEX = /\/((?:\\.|[^\\])+?)\/(?=[\s()|]|$)/y

const KEYWORDS: ReadonlyMap<string, 'and' | 'or' | 'not'> = new Map([
  ['and', 'and'],
  ['or', 'or'],
  ['not', 'not'],
])

/** Takes a filter apart. The first thing that belongs nowhere is an error, which stands where it is. */
export class Lexer {
  private readonly text: string
  private readonly example: string
  private at = 0

  /** `example` is a key there is, for the error about a lone operator. */
  constructor(text: string, example: string) {
    this.text = text
    this.example = example
  }

  /** All tokens, or the first error. */
  tokens(): Token[] | FilterError {
    const tokens: Token[] = []
    for (;;) {
      this.take(SPACE)
      if (this.at >= this.text.length) return tokens
      const token = this.next()
      if ('text' in token) return token
      tokens.push(token)
    }
  }

  private next(): Token | FilterError {
    const { at } = this
    const character = this.text[at]
    if (character === '(') return { kind: 'open', piece: this.advance(1) }
    if (character === ')') return { kind: 'close', piece: this.advance(1) }
    if (character === '|') return { kind: 'or', piece: this.advance(this.text[at + 1] === '|' ? 2 : 1) }
    if (character === '!' && this.text[at + 1] !== '=') return { kind: 'not', piece: this.advance(1) }
    if (character === '"') return this.quoted()
    const regex = this.take(REGEX)
    if (regex !== undefined) {
      return { kind: 'regex', piece: { text: regex[1] as string, at, length: this.at - at } }
    }
    const key = this.take(KEY)
    if (key !== undefined) return this.term(at, key)
    const operator = this.take(OPERATOR)
    if (operator !== undefined) {
      return { at, length: this.at - at, text: `expected a key such as ${this.example} before ${operator[0]}` }
    }
    const word = (this.take(WORD) as RegExpExecArray)[0]
    return { kind: KEYWORDS.get(word.toLowerCase()) ?? 'word', piece: { text: word, at, length: word.length } }
  }

  private term(at: number, [, name = '', colon, comparison]: RegExpExecArray): Token | FilterError {
    const values: Piece[] = []
    do {
      const value = this.value()
      if ('kind' in value) values.push(value.piece)
      else return value
    } while (this.skip(','))
    const piece = { text: name, at, length: name.length }
    return { kind: 'term', piece, operator: (colon ?? comparison) as Operator, values }
  }

  /** What stands after an operator or a comma; empty when nothing does: only the key knows what was expected. */
  private value(): Word | FilterError {
    const { at } = this
    if (this.text[at] === '"') return this.quoted()
    const text = this.take(VALUE)?.[0] ?? ''
    return { kind: 'word', piece: { text, at, length: text.length } }
  }

  private quoted(): Word | FilterError {
    const { at } = this
    const end = this.text.indexOf('"', at + 1)
    if (end < 0) {
      this.at = this.text.length
      return { at, length: this.at - at, text: 'expected a closing "' }
    }
    this.at = end + 1
    const text = this.text.slice(at + 1, end)
    if (text === '') return { at, length: 2, text: 'expected text between the quotes' }
    return { kind: 'word', piece: { text, at, length: this.at - at } }
  }

  private skip(character: string): boolean {
    if (this.text[this.at] !== character) return false
    this.at++
    return true
  }

  private advance(length: number): Piece {
    const { at } = this
    this.at += length
    return { text: this.text.slice(at, this.at), at, length }
  }

  private take(pattern: RegExp): RegExpExecArray | undefined {
    pattern.lastIndex = this.at
    const match = pattern.exec(this.text)
    if (match === null) return undefined
    this.at = pattern.lastIndex
    return match
  }
}
