import type * as z from 'zod'
import { got, type Schema } from '../../lib/fields.ts'
import { nearest } from '../../lib/nearest.ts'
import { problemsOf } from '../issues.ts'
import type { Path } from '../position.ts'
import type { Problem } from '../problem.ts'
import { COMMON, COMMON_KEYS, OWN_KEYS } from './common.ts'
import { isMapping, type Layer, type Mapping } from './merge.ts'
import type { ConfigType } from './type.ts'
import { noKey, noType, type TypeTable } from './type-table.ts'

/** A part of the file. */
export interface Part {
  readonly at: Path
  readonly value: unknown
  readonly written: unknown
}

/** Values that checks take where they say nothing themselves: some for every type, some for one. */
export interface Defaults {
  readonly layer: Layer
  readonly ofType: ReadonlyMap<string, Layer>
  readonly problems: readonly Problem[]
}

const EXPECTED = 'keys of checks and their values, such as { interval: 30s }'

/** Reads `defaults:`, or one of `groups:`. Everything that is wrong in it is told here, whether a check takes it or not. */
export function readDefaults({ at, value, written }: Part, table: TypeTable): Defaults {
  const problems: Problem[] = []
  const ofType = new Map<string, Layer>()
  const sections = isMapping(value) ? Object.keys(value).filter((key) => isSection(key, value[key], table)) : []
  const layer = readLayer(
    { at, value: without(value, sections), written: without(written, sections) },
    problems,
    (key, part, path) => wrongFor(key, part, path, table),
  )
  for (const name of sections) {
    const type = table.find(name) as ConfigType
    const part = { at: [...at, name], value: (value as Mapping)[name], written: (written as Mapping)[name] }
    ofType.set(
      name,
      readLayer(part, problems, (key, its, path) => wrongOfType(key, its, path, type, table)),
    )
  }
  return { layer, ofType, problems }
}

/** Whether a key names a type; some types have keys of such a name, which never are mappings. */
function isSection(key: string, value: unknown, table: TypeTable): boolean {
  return table.find(key) !== undefined && (isMapping(value) || table.having(key).length === 0)
}

function without(value: unknown, keys: readonly string[]): unknown {
  if (keys.length === 0 || !isMapping(value)) return value
  return Object.fromEntries(Object.entries(value).filter(([key]) => !keys.includes(key)))
}

type Judge = (key: string, value: unknown, path: Path) => readonly Problem[]

function readLayer({ at, value, written }: Part, problems: Problem[], judge: Judge): Layer {
  if (!isMapping(value) || !isMapping(written)) {
    if (value !== null && value !== undefined)
      problems.push({ path: at, text: `expected ${EXPECTED}, got ${got(value)}` })
    return { at, value: {}, written: {} }
  }
  const wrong = new Set<string>()
  for (const [key, part] of Object.entries(value)) {
    const found = judge(key, part, [...at, key])
    if (found.length > 0) wrong.add(key)
    problems.push(...found)
  }
  return { at, value, written, wrong }
}

/** What is wrong with a key for checks of every type. */
function wrongFor(key: string, value: unknown, path: Path, table: TypeTable): readonly Problem[] {
  const own = wrongCommon(key, value, path)
  if (own !== undefined) return own
  const having = table.having(key)
  if (having.length === 0) return [{ path, text: noDefault(key, table) }]
  const found = having.map((type) => wrong(key, value, path, table.schema(type)))
  // What one type takes may be meant for that one.
  return found.some((problems) => problems.length === 0) ? [] : (found[0] ?? [])
}

function wrongOfType(key: string, value: unknown, path: Path, type: ConfigType, table: TypeTable): readonly Problem[] {
  const schema = table.schema(type)
  const own = wrongCommon(key, value, path)
  if (own !== undefined) return own
  return Object.hasOwn(schema.shape, key)
    ? wrong(key, value, path, schema)
    : [{ path, text: noKey(key, got(key), type, table) }]
}

/** What is wrong with a common key; undefined where it is none. */
function wrongCommon(key: string, value: unknown, path: Path): readonly Problem[] | undefined {
  if (Object.hasOwn(COMMON_KEYS, key)) return wrong(key, value, path, COMMON)
  if (!OWN_KEYS.has(key)) return undefined
  return [{ path, text: `${key} is no default: every check says its own` }]
}

function wrong(key: string, value: unknown, path: Path, schema: Schema): readonly Problem[] {
  const field = schema.shape[key] as z.ZodType
  const issues = field.safeParse(value).error?.issues ?? []
  return (
    problemsOf(issues, field, value)
      // What a check adds may be what is missing here.
      .filter((problem) => problem.path.length === 0 || isThere(value, problem.path))
      .map((problem) => ({ ...problem, path: [...path, ...problem.path] }))
  )
}

function isThere(root: unknown, path: Path): boolean {
  const found = path.reduce<unknown>(
    (value, part) => (value as Readonly<Record<string | number, unknown>> | undefined)?.[part],
    root,
  )
  return found !== undefined
}

function noDefault(key: string, table: TypeTable): string {
  if (table.later.includes(key)) return noType(key, got(key), table)
  const types = table.names.map((name) => table.find(name) as ConfigType)
  const keys = [...Object.keys(COMMON_KEYS), ...table.names, ...types.flatMap((type) => table.keys(type))]
  const meant = nearest(key, keys)
  return `no type of checks has ${got(key)}; ${meant === undefined ? 'docs/config.md lists what each has' : `did you mean ${meant}?`}`
}
