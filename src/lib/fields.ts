import * as z from 'zod'
import { type Comparison, parseComparison } from './comparison.ts'
import { parseDuration, parseDurationOrZero } from './duration.ts'
import { type Matcher, parseMatcher } from './matcher.ts'
import { parseSize } from './size.ts'

const LONGEST = 60

/** A name or a text as an error quotes it: the start of a long one. */
export function shortened(text: string): string {
  return text.length > LONGEST ? `${text.slice(0, LONGEST)}…` : text
}

/** A value as an error quotes it. */
export function got(value: unknown): string {
  if (value === null || value === undefined) return 'nothing'
  if (typeof value === 'string') return `"${shortened(value)}"`
  if (Array.isArray(value)) return 'a list'
  return typeof value === 'object' ? 'a mapping' : String(value)
}

export type Schema = z.ZodObject
export type SchemaOutput<S extends Schema> = z.output<S>

const said = (expected: string) => ({
  error: ({ input }: { readonly input?: unknown }) => `expected ${expected}, got ${got(input)}`,
})

type Reader<T> = (text: string) => T | undefined

/** A text that a function reads; anything else is told with what was expected. Numbers are taken as people write them in YAML. */
function read<T>(expected: string, reader: Reader<T>, refusal: (value: T) => string | undefined = () => undefined) {
  return z.union([z.string(), z.number()], said(expected)).transform((input, context): T => {
    const value = reader(String(input).trim())
    const wanted = value === undefined ? expected : refusal(value)
    if (value !== undefined && wanted === undefined) return value
    context.addIssue({ code: 'custom', message: `expected ${wanted}, got ${got(input)}` })
    return z.NEVER
  })
}

function wholeNumber(least: number, most: number): Reader<number> {
  return (text) => {
    const value = Number(text)
    return /^-?\d+$/.test(text) && value >= least && value <= most ? value : undefined
  }
}

function parseRatio(text: string): number | undefined {
  const match = /^(\d+(?:\.\d+)?)(\s*%)?$/.exec(text)
  if (match === null) return undefined
  return Number(match[1]) / (match[2] === undefined ? 1 : 100)
}

function comparing(value: Reader<number>): Reader<Comparison> {
  return (text) => parseComparison(text, value)
}

function matcherOf(text: string, context: z.core.$RefinementCtx): Matcher {
  try {
    return parseMatcher(text)
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error
    const reason = error.message.slice(error.message.lastIndexOf(': ') + 2)
    context.addIssue({
      code: 'custom',
      message: `expected a text or a /pattern/, got ${got(text)}: ${reason.charAt(0).toLowerCase()}${reason.slice(1)}`,
    })
    return z.NEVER
  }
}

const DURATION = 'a duration such as 500ms, 3s or 1m'
const SIZE = 'a size such as 512KiB or 2GB'

/**
 * Builders of what people write in a configuration. Each error says what was expected and what stood there. They are handed to whoever
 * describes settings, so that only what reads a configuration loads the schema library.
 */
export const FIELDS = {
  object: <Shape extends z.ZodRawShape>(shape: Shape) => z.strictObject(shape, said('a mapping')),
  text: (expected = 'a text') => z.string(said(expected)).min(1, said(expected)),
  /** A text that may be empty. */
  anyText: () => z.string(said('a text')),
  /** What comes from `${NAME}` is a text. */
  boolean: () =>
    z.union([z.boolean(), z.enum(['true', 'false']).transform((text) => text === 'true')], said('true or false')),
  /** A whole number. */
  integer: (least: number, most: number) => read(`a whole number from ${least} to ${most}`, wholeNumber(least, most)),
  port: () => read('a port from 1 to 65535', wholeNumber(1, 65_535)),
  host: () => z.string(said('a host name or an address')).regex(/^[^\s/@]+$/, said('a host name or an address')),
  /** Milliseconds. */
  duration: (expected = DURATION) => read(expected, parseDuration),
  /** Milliseconds, within bounds that `range` names: `1s to 1d`. */
  durationIn: (least: number, most: number, range: string) =>
    read(DURATION, parseDuration, (ms) => (ms < least || ms > most ? range : undefined)),
  /** Milliseconds, at most what `range` names: `at most 7d`. Zero is `0` or `0s`. */
  durationUpTo: (most: number, range: string) =>
    read(DURATION, parseDurationOrZero, (ms) => (ms > most ? range : undefined)),
  /** Bytes. */
  size: () => read(SIZE, parseSize),
  /** Bytes, within bounds that `range` names: `1MiB to 1TiB`. */
  sizeIn: (least: number, most: number, range: string) =>
    read(SIZE, parseSize, (bytes) => (bytes < least || bytes > most ? range : undefined)),
  /** 0 to 1, of `80%` or `0.8`. */
  ratio: () => read('a share such as 80% or 0.8', parseRatio),
  oneOf: <const T extends string>(...choices: readonly T[]) =>
    z.enum(choices as readonly [T, ...T[]], said(`one of ${choices.join(', ')}`)),
  /** A text to be found, or a `/pattern/`. */
  matcher: () =>
    z.union([z.string(), z.number().transform(String)], said('a text or a /pattern/')).transform(matcherOf),
  /** `>=2`, `<1GiB`, `<80%`, `>5m`. */
  comparison: {
    count: () => read('a comparison such as >=2 or <100', comparing(wholeNumber(0, Number.MAX_SAFE_INTEGER))),
    size: () => read('a comparison of sizes such as <1GiB', comparing(parseSize)),
    ratio: () => read('a comparison of shares such as <80%', comparing(parseRatio)),
    /** Milliseconds. */
    duration: () => read('a comparison of durations such as >5m', comparing(parseDuration)),
  },
  list: <T extends z.ZodType>(item: T, expected = 'a list') => z.array(item, said(expected)),
  /** One, or a list of at least so many of them. */
  oneOrMore: <T extends z.ZodType>(item: T, least = 1) =>
    z.preprocess(
      (value) => (value === undefined || Array.isArray(value) ? value : [value]),
      z.array(item, said('one, or a list of them')).min(least, said('at least one')),
    ),
  map: <T extends z.ZodType>(value: T, expected = 'names and their values') =>
    z.record(z.string(), value, said(expected)),
  /** Any plain value that JSON can have. */
  scalar: () => z.union([z.string(), z.number(), z.boolean(), z.null()], said('a text, a number, true, false or null')),
} as const

export type Fields = typeof FIELDS
