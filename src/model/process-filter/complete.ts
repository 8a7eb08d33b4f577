import { FILTER_KEYS, type FilterKey, findKey, isTextual } from './keys.ts'
import { expected, STATES } from './term.ts'

/** What could stand at the cursor. */
export interface Completion {
  /** What is to be written at the cursor: the rest of a name, an operator. */
  readonly insert: string
  readonly help: string
}

/** What ends with the cursor: a key or the beginning of one, and its operator and value when there are. */
const FRAGMENT = /(?:^|[\s(|!])([a-z_]+)(?:(:|[<>]=?|!?=)([^\s()|,"]*))?$/i

const COMPARISONS = ['>', '<', '>=', '<=', '=', '!=']

/** Completions of the key, operator or value that ends at `cursor`, the likeliest first. None within quotes, and none where nothing was begun. */
export function completeKey(text: string, cursor: number): readonly Completion[] {
  const before = text.slice(0, cursor)
  const quotes = before.split('"').length - 1
  const fragment = quotes % 2 === 0 ? FRAGMENT.exec(before) : null
  if (fragment === null) return []
  const [, word = '', operator, value = ''] = fragment
  const key = findKey(word)
  if (operator !== undefined) return key === undefined ? [] : values(key, value)
  const longer = FILTER_KEYS.flatMap((each) => completed(each, word.toLowerCase()))
  return key === undefined ? longer : [...operators(key), ...longer]
}

/** The key's name, or another way to write it, that begins with `begun` and is longer. */
function completed(key: FilterKey, begun: string): Completion[] {
  const name = [key.name, ...key.aliases].find((each) => each.startsWith(begun) && each !== begun)
  if (name === undefined || findKey(begun) === key) return []
  return [{ insert: `${name.slice(begun.length)}${isTextual(key) ? ':' : firstOperator(key)}`, help: key.help }]
}

/** Process ids are asked for, all other numbers compared. */
function firstOperator({ name }: FilterKey): string {
  return name === 'pid' || name === 'ppid' ? ':' : '>'
}

function operators(key: FilterKey): Completion[] {
  if (isTextual(key)) {
    return [
      { insert: ':', help: key.help },
      { insert: '!=', help: `anything but ${expected(key)}` },
    ]
  }
  const first = firstOperator(key)
  return [first, ...COMPARISONS.filter((each) => each !== first)].map((insert) => ({ insert, help: expected(key) }))
}

function values(key: FilterKey, begun: string): Completion[] {
  if (key.kind === 'state' && begun === '') {
    return Object.entries(STATES).map(([letter, name]) => ({ insert: letter, help: name }))
  }
  if (key.kind !== 'class') return []
  return ['idle', 'best-effort', 'realtime', 'none']
    .filter((name) => name.startsWith(begun.toLowerCase()) && name !== begun)
    .map((name) => ({ insert: name.slice(begun.length), help: key.help }))
}
