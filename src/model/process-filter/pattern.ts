import type { Piece } from '../filter/lexer.ts'
import type { FilterError } from '../processes.ts'

/** A regular expression, and how much of a text it may look at. */
export interface Pattern {
  readonly regex: RegExp
  readonly reach: number
}

/** Each further unbounded repeat multiplies what a pattern may cost by the length of the text: by how many there are, how much it may look at. */
const REACHES = [4096, 4096, 512, 256]
const MAX_REPEATS = REACHES.length - 1
const REPEAT = /^(?:[*+]|\{\d+,\}|\{(?:\d+,)?\d{2,}\})/

/**
 * A regular expression from a filter. An error when it is none, or when it could take for ever: a repeated group that repeats
 * something itself or has alternatives (`(a+)+`, `(a|a)*`) takes time exponential in the length of the text.
 */
export function parsePattern({ text, at, length }: Piece): Pattern | FilterError {
  const reach = reachOf(text)
  if (typeof reach === 'string') return { at, length, text: reach }
  try {
    return { regex: new RegExp(text, 'i'), reach }
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error
    // `Invalid regular expression: /(/i: Unterminated group`
    const reason = error.message.slice(error.message.lastIndexOf(': ') + 2)
    return { at, length, text: `expected a pattern: ${reason.charAt(0).toLowerCase()}${reason.slice(1)}` }
  }
}

/** How many characters of a text a pattern may look at, or why it could take for ever. */
export function reachOf(source: string): number | string {
  /** For each open group whether something in it repeats or has alternatives. */
  const groups: boolean[] = []
  let repeats = 0
  let closed = false
  for (let at = 0; at < source.length; at++) {
    const character = source[at]
    const repeat = REPEAT.exec(source.slice(at, at + 12))
    if (repeat !== null) {
      if (closed) return 'a repeated group must not repeat or choose within'
      if (++repeats > MAX_REPEATS) return `at most ${MAX_REPEATS} repeats in a pattern`
      groups.fill(true)
    } else if (character === '|') groups.fill(true)
    closed = false
    if (character === '\\') {
      at++
      if (/[1-9k]/.test(source[at] ?? '')) return 'a pattern must not refer back to itself'
    } else if (character === '[') at = classEnd(source, at)
    else if (character === '(') groups.push(false)
    else if (character === ')') closed = groups.pop() ?? false
  }
  return REACHES[repeats] as number
}

/** Where a character class ends. */
function classEnd(source: string, from: number): number {
  for (let at = from + 1; at < source.length; at++) {
    if (source[at] === '\\') at++
    else if (source[at] === ']') return at
  }
  return source.length
}
