import { safeText } from '../lib/text.ts'

/** Thrown for a value that is not what was expected, and caught by whoever reads a line: one for all, as garbage comes by the million. */
export const WRONG = Symbol('wrong')

const MOST_TIME = 8.64e15

/** Reads plain JSON as a T; throws WRONG for what is none. */
export type Typed<T> = (value: unknown) => T

type NeededKeys<T> = { [K in keyof T]-?: Partial<Pick<T, K>> extends Pick<T, K> ? never : K }[keyof T]
/** A reader for each member that has to be there, and one for each that may be: the compiler misses none. */
type Needed<T> = { readonly [K in NeededKeys<T>]: Typed<T[K]> }
type Optional<T> = { readonly [K in Exclude<keyof T, NeededKeys<T>>]-?: Typed<Exclude<T[K], undefined>> }

function wrong(): never {
  throw WRONG
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** A name that other things are found by: a key, an id. It is kept as it is. */
export const word: Typed<string> = (value) => (typeof value === 'string' ? value : wrong())

/** Text for people: made safe again, as a file can be edited. */
export const text: Typed<string> = (value) => (typeof value === 'string' ? safeText(value) : wrong())

/** A number that has to be known. */
export const finite: Typed<number> = (value) => (typeof value === 'number' && Number.isFinite(value) ? value : wrong())

/** Milliseconds since the epoch that a Date can hold (ECMA-262, "Time Values and Time Range"). */
export const time: Typed<number> = (value) => (Math.abs(finite(value)) <= MOST_TIME ? (value as number) : wrong())

/** A number; `null` is one that is not known. */
export const number: Typed<number> = (value) => (value === null ? Number.NaN : finite(value))

export const yes: Typed<true> = (value) => (value === true ? value : wrong())

export const truth: Typed<boolean> = (value) => (typeof value === 'boolean' ? value : wrong())

/** One of some words. */
export function oneOf<const T extends string | number>(choices: readonly T[]): Typed<T> {
  const known = new Set<unknown>(choices)
  return (value) => (known.has(value) ? (value as T) : wrong())
}

export function listOf<T>(item: Typed<T>): Typed<readonly T[]> {
  return (value) => (Array.isArray(value) ? value.map((entry) => item(entry)) : wrong())
}

/** Members under names of their own. A `null` is left out; `__proto__` is a name like any other. */
export function mapOf<T>(item: Typed<T>): Typed<Readonly<Record<string, T>>> {
  return (value) => {
    if (!isObject(value)) return wrong()
    const entries: [string, T][] = []
    for (const key of Object.keys(value)) {
      const member = value[key]
      if (member !== null) entries.push([key, item(member)])
    }
    return Object.fromEntries(entries)
  }
}

/** Known numbers under names of their own: as `mapOf(finite)`, and nothing is copied where all are known, for lines come by the million. */
export const numbers: Typed<Readonly<Record<string, number>>> = (value) => {
  if (!isObject(value)) return wrong()
  for (const key in value) if (!Number.isFinite(value[key])) return mapOf(finite)(value)
  return value as Readonly<Record<string, number>>
}

/** Members with fixed names; others are left out. One that may be missing may be `null` as well. */
export function fieldsOf<T>(needed: Needed<T>, optional: Optional<T>): Typed<T> {
  const must = Object.entries(needed) as [string, Typed<unknown>][]
  const may = Object.entries(optional) as [string, Typed<unknown>][]
  return (value) => {
    if (!isObject(value)) return wrong()
    const out: Record<string, unknown> = {}
    for (const [key, read] of must) out[key] = read(value[key])
    for (const [key, read] of may) {
      const member = value[key]
      if (member !== undefined && member !== null) out[key] = read(member)
    }
    return out as T
  }
}
