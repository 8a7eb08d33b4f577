import { graphemes, safeText } from '../lib/text.ts'

/** A line that is being typed, with its cursor before the character of that index (in graphemes). */
export interface TextInput {
  readonly text: string
  readonly cursor: number
}

const MOST = 200

/** A line with the cursor at its end. */
export function typed(text: string): TextInput {
  return { text, cursor: graphemes(text).length }
}

function parts({ text }: TextInput): string[] {
  return graphemes(text).map((grapheme) => grapheme.text)
}

/** Text typed or pasted at the cursor; white space becomes single spaces, and no line grows beyond 200 characters. */
export function insert(input: TextInput, text: string): TextInput {
  const all = parts(input)
  const added = graphemes(safeText(text.replace(/\s+/g, ' '))).map((grapheme) => grapheme.text)
  const room = Math.max(0, MOST - all.length)
  all.splice(input.cursor, 0, ...added.slice(0, room))
  return { text: all.join(''), cursor: input.cursor + Math.min(room, added.length) }
}

function cut(input: TextInput, from: number, to: number): TextInput {
  const all = parts(input)
  all.splice(from, to - from)
  return { text: all.join(''), cursor: Math.min(from, all.length) }
}

/** What the editing keys do to a line. */
export const EDITS: Readonly<Record<string, (input: TextInput) => TextInput>> = {
  'text.left': (input) => ({ ...input, cursor: Math.max(0, input.cursor - 1) }),
  'text.right': (input) => ({ ...input, cursor: Math.min(parts(input).length, input.cursor + 1) }),
  'text.start': (input) => ({ ...input, cursor: 0 }),
  'text.end': (input) => typed(input.text),
  'text.erase': (input) => cut(input, Math.max(0, input.cursor - 1), input.cursor),
  'text.delete': (input) => cut(input, input.cursor, input.cursor + 1),
  'text.erase.word': (input) => {
    const all = parts(input)
    let from = input.cursor
    while (from > 0 && all[from - 1] === ' ') from--
    while (from > 0 && all[from - 1] !== ' ') from--
    return cut(input, from, input.cursor)
  },
  'text.erase.all': () => ({ text: '', cursor: 0 }),
}
