import * as z from 'zod'
import { nearest } from '../lib/nearest.ts'
import type { Problem } from './problem.ts'
import { type Config, SCHEMA } from './schema.ts'
import { shortened } from './wording.ts'

/** What a value says as a configuration: the sections that are right, and everything that is wrong. */
export interface Validated {
  readonly config: Partial<Config>
  readonly problems: readonly Problem[]
}

const partsOf = (path: readonly PropertyKey[]) => path.map((part) => (typeof part === 'number' ? part : String(part)))

/** The names that can stand at a path of the schema; none where that is no mapping of known names. */
function namesAt(path: readonly PropertyKey[]): readonly string[] {
  let schema: unknown = SCHEMA
  for (const part of path) {
    if (schema instanceof z.ZodOptional) schema = schema.unwrap()
    if (schema instanceof z.ZodArray) schema = schema.element
    else if (schema instanceof z.ZodObject) schema = (schema.shape as Readonly<Record<PropertyKey, unknown>>)[part]
    else return []
  }
  if (schema instanceof z.ZodOptional) schema = schema.unwrap()
  return schema instanceof z.ZodObject ? Object.keys(schema.shape) : []
}

function problemsOf(issue: z.core.$ZodIssue): Problem[] {
  if (issue.code !== 'unrecognized_keys') return [{ path: partsOf(issue.path), text: issue.message }]
  const names = namesAt(issue.path)
  return issue.keys.map((key) => {
    const meant = nearest(key, names)
    const instead = meant === undefined ? `there is ${names.join(', ')}` : `did you mean ${meant}?`
    return { path: [...partsOf(issue.path), key], text: `there is no "${shortened(key)}" here; ${instead}` }
  })
}

/** Checks a value that was read from a file against the schema. An empty file says nothing, and is right. */
export function validate(value: unknown): Validated {
  const result = SCHEMA.safeParse(value ?? {})
  if (result.success) return { config: result.data, problems: [] }
  const problems = result.error.issues.flatMap(problemsOf)
  const right = Object.entries(SCHEMA.shape).flatMap(([name, section]) => {
    const one = section.safeParse((value as Readonly<Record<string, unknown>>)[name])
    return one.success && one.data !== undefined ? [[name, one.data] as const] : []
  })
  return { config: Object.fromEntries(right), problems }
}
