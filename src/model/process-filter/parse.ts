import { type Meaning, parseWith, type Term, wrong } from '../filter/grammar.ts'
import type { Piece } from '../filter/lexer.ts'
import type { FilterError, ProcessField } from '../processes.ts'
import { findKey, isTextual, nearestKey } from './keys.ts'
import { all, every, type Known, not, pattern, some, type Test, word } from './match.ts'
import { parsePattern } from './pattern.ts'
import { parseTerm } from './term.ts'

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
  const needs = new Set<ProcessField>()
  const test = parseWith(text, meaningOf(needs))
  if (typeof test !== 'function') return { error: test }
  const filter = { needs: [...needs], matches: (entry: Known, nowMs: number) => test(entry, nowMs) === true }
  return { filter }
}

/** What filters mean of processes. The fields that are asked for are added to `needs`. */
function meaningOf(needs: Set<ProcessField>): Meaning<Test> {
  const need = (...fields: readonly ProcessField[]) => {
    for (const field of fields) needs.add(field)
  }
  return {
    example: 'cpu',
    all,
    not,
    every,
    some,
    word({ text }: Piece) {
      need('name', 'command')
      return word(text)
    },
    regex(piece: Piece) {
      need('name', 'command')
      const parsed = parsePattern(piece)
      return 'regex' in parsed ? pattern(parsed) : parsed
    },
    term({ piece, operator, values }: Term) {
      const key = findKey(piece.text)
      if (key === undefined) {
        const near = nearestKey(piece.text)
        if (near === undefined) return wrong(piece, `there is no key ${piece.text}: quote what is to be searched for`)
        return wrong(piece, `there is no key ${piece.text}: did you mean ${near}?`)
      }
      if (isTextual(key) && /[<>]/.test(operator)) return wrong(piece, `expected ${key.name}: and a value`)
      need(key.field)
      if (key.field === 'unit' || key.field === 'container') need('cgroup')
      return parseTerm(key, operator, values)
    },
  }
}
