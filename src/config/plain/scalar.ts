import { notPlain } from './places.ts'

/** What a plain scalar never begins with (YAML 1.2.2, 7.3.3); `-` may, before something that is no space. */
const INDICATOR = /^(?:[?:,[\]{}#&*!|>'"%@`]|-(?![\w./]))/
const SIMPLE_NUMBER = /^-?(?:0|[1-9]\d{0,14})(?:\.\d{1,15})?$/
/** Everything that the core schema reads as a number (YAML 1.2.2, 10.3.2). */
const NUMBER = /^[-+]?(?:0o[0-7]+|0x[\da-f]+|(?:\.\d+|\d+(?:\.\d*)?)(?:e[-+]?\d+)?|\.inf|\.nan)$/i
const WORDS = new Map<string, boolean | null>([
  ...['true', 'True', 'TRUE'].map((word) => [word, true] as const),
  ...['false', 'False', 'FALSE'].map((word) => [word, false] as const),
  ...['null', 'Null', 'NULL', '~'].map((word) => [word, null] as const),
])

/** The value of a plain scalar without the spaces around it, by the core schema. */
export function plainScalar(text: string): unknown {
  if (INDICATOR.test(text) || text.includes(': ') || text.endsWith(':')) notPlain()
  const word = WORDS.get(text)
  if (word !== undefined) return word
  if (SIMPLE_NUMBER.test(text)) return Number(text)
  return NUMBER.test(text) ? notPlain() : text
}

const DOUBLE = /"((?:[^"\\]|\\["\\/nrt])*)"/y
const SINGLE = /'((?:[^']|'')*)'/y

/** A scalar in quotes that begins at `at` and ends in the same line, and the index behind it. Of the escapes only those of JSON are plain. */
export function quotedScalar(text: string, at: number): { readonly value: string; readonly end: number } {
  const pattern = text[at] === '"' ? DOUBLE : SINGLE
  pattern.lastIndex = at
  const found = pattern.exec(text) ?? notPlain()
  const inner = found[1] as string
  const end = at + found[0].length
  if (text[at] === "'") return { value: inner.replaceAll("''", "'"), end }
  return { value: inner.includes('\\') ? (JSON.parse(found[0]) as string) : inner, end }
}
