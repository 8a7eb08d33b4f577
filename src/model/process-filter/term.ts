import { parseDuration } from '../../lib/duration.ts'
import { parseSize } from '../../lib/size.ts'
import type { Operator, Piece } from '../filter/lexer.ts'
import type { FilterError } from '../processes.ts'
import type { FilterKey, KeyKind } from './keys.ts'
import { age, contains, not, number, some, type Test, text } from './match.ts'

const DECIMAL = /^-?\d+(?:\.\d+)?$/
/** Two numbers with a dash between; the first may be negative, and so may the second. */
const RANGE = /^(-?[^-]+)-(-?[^-]+)$/
const CLASSES = ['none', 'idle', 'best-effort', 'realtime']

/** Words for states, which are letters: proc_pid_stat(5). */
export const STATES: Readonly<Record<string, string>> = {
  R: 'running',
  S: 'sleeping',
  D: 'waiting',
  Z: 'zombie',
  T: 'stopped',
  t: 'traced',
  I: 'idle',
  X: 'dead',
}

const EXPECTED: Readonly<Record<KeyKind, string>> = {
  text: 'text to find',
  word: 'a name',
  state: 'a state such as R, S, D or Z',
  class: 'a class: idle, best-effort, realtime or none',
  ratio: 'a percentage such as 20%',
  bytes: 'a size such as 1GiB',
  rate: 'a rate such as 1MB/s',
  seconds: 'a duration such as 10m',
  number: 'a number',
}

/** What values of a key look like, for errors and for people who complete it: `a size such as 1GiB`. */
export function expected({ kind, name }: FilterKey): string {
  return name === 'user' ? 'a user such as root' : EXPECTED[kind]
}

/** A key, an operator and its values; several values are alternatives. An error stands at the value that is wrong. */
export function parseTerm(key: FilterKey, operator: Operator, values: readonly Piece[]): Test | FilterError {
  const inverse = operator === '!='
  const tests: Test[] = []
  for (const value of values) {
    const test = value.text === '' ? undefined : parseValue(key, inverse ? '=' : operator, value.text)
    if (test === undefined) return { at: value.at, length: value.length, text: `expected ${expected(key)}` }
    tests.push(test)
  }
  const second = values[1]
  if (second !== undefined && /[<>]/.test(operator)) {
    return { at: second.at, length: second.length, text: `expected one value after ${operator}` }
  }
  return inverse ? not(some(tests)) : some(tests)
}

function parseValue(key: FilterKey, operator: Exclude<Operator, '!='>, value: string): Test | undefined {
  switch (key.kind) {
    case 'text':
      return text(key.field, operator === '=' ? equals(value) : contains(value))
    case 'word':
      return text(key.field, equals(value))
    case 'state':
      return parseState(key, value)
    case 'class': {
      const wanted = value.toLowerCase()
      const known = CLASSES.some((name) => name.startsWith(wanted) || wanted.startsWith(`${name} `))
      return known ? text(key.field, (kind) => kind.startsWith(wanted)) : undefined
    }
    default:
      return parseComparison(key, operator, value)
  }
}

function equals(value: string): (other: string) => boolean {
  const wanted = value.toLowerCase()
  return (other) => other === value || other.toLowerCase() === wanted
}

/** A letter in any case (but `t` is traced and `T` stopped), or a word. */
function parseState(key: FilterKey, value: string): Test | undefined {
  const letters = Object.keys(STATES)
  const letter =
    letters.find((each) => each === value) ??
    letters.find((each) => each === value.toUpperCase()) ??
    letters.find((each) => value.length > 2 && STATES[each]?.startsWith(value.toLowerCase()))
  return letter === undefined ? undefined : text(key.field, (state) => state === letter)
}

function parseComparison(key: FilterKey, operator: Exclude<Operator, '!='>, value: string): Test | undefined {
  const ask = key.name === 'age' ? age : number
  const wanted = parseQuantity(key.kind, value)
  if (wanted !== undefined) return ask(key.field, comparison(operator, wanted))
  const range = operator === ':' || operator === '=' ? RANGE.exec(value) : null
  const from = range === null ? undefined : parseQuantity(key.kind, range[1] as string)
  const to = range === null ? undefined : parseQuantity(key.kind, range[2] as string)
  if (from === undefined || to === undefined) return undefined
  return ask(key.field, (found) => found >= Math.min(from, to) && found <= Math.max(from, to))
}

function comparison(operator: Exclude<Operator, '!='>, wanted: number): (found: number) => boolean {
  switch (operator) {
    case '>':
      return (found) => found > wanted
    case '>=':
      return (found) => found >= wanted
    case '<':
      return (found) => found < wanted
    case '<=':
      return (found) => found <= wanted
    default:
      return (found) => found === wanted
  }
}

/** A number in base units: ratios, bytes, bytes a second, seconds. */
function parseQuantity(kind: KeyKind, value: string): number | undefined {
  switch (kind) {
    case 'ratio': {
      // A bare number is meant as its column shows it: in percent.
      const figure = value.endsWith('%') ? value.slice(0, -1) : value
      return DECIMAL.test(figure) ? Number(figure) / 100 : undefined
    }
    case 'bytes':
      return parseSize(value)
    case 'rate':
      return parseSize(value.replace(/\/s$/i, ''))
    case 'seconds': {
      if (DECIMAL.test(value)) return Number(value)
      // No duration to wait for is 0, but a time may be.
      if (/^0(?:ms|[smhd])$/.test(value)) return 0
      const ms = parseDuration(value)
      return ms === undefined ? undefined : ms / 1000
    }
    default:
      return DECIMAL.test(value) ? Number(value) : undefined
  }
}
