import * as z from 'zod'
import { got } from '../lib/fields.ts'
import { nearest } from '../lib/nearest.ts'
import type { Path } from './position.ts'
import type { Problem } from './problem.ts'

type Issue = z.core.$ZodIssue

/** What the schema library has against a value, as problems below it. */
export function problemsOf(issues: readonly Issue[], schema: z.core.$ZodType, value: unknown): readonly Problem[] {
  return issues.flatMap((issue) => ofIssue(issue, schema, value))
}

function ofIssue(issue: Issue, schema: z.core.$ZodType, value: unknown): readonly Problem[] {
  const path = pathOf(issue.path, value)
  if (issue.code === 'unrecognized_keys') {
    const names = namesAt(schema, issue.path)
    return issue.keys.map((key) => ({ path: [...path, key], text: noName(key, names) }))
  }
  if (issue.code === 'invalid_union') {
    const inner = theOneMeant(issue.errors)
    if (inner !== undefined)
      return inner.flatMap((one) => ofIssue({ ...one, path: [...issue.path, ...one.path] } as Issue, schema, value))
  }
  return [{ path, text: issue.message }]
}

/** Of the forms that a value may have, the one whose mistakes lie further in than the form itself. */
function theOneMeant(errors: readonly (readonly Issue[])[]): readonly Issue[] | undefined {
  const further = errors.filter((issues) =>
    issues.some(({ path, code }) => path.length > 0 || code === 'unrecognized_keys'),
  )
  return further.length === 1 ? further[0] : undefined
}

/** What to say of a name that a mapping does not have. */
export function noName(key: string, names: readonly string[]): string {
  const meant = nearest(key, names)
  const instead = meant === undefined ? `there is ${names.join(', ')}` : `did you mean ${meant}?`
  return `there is no ${got(key)} here; ${names.length === 0 ? 'nothing can stand there' : instead}`
}

/** A path in the file: where a list may be left out for a single item, that has no index. */
function pathOf(path: readonly PropertyKey[], root: unknown): Path {
  const parts: (string | number)[] = []
  let value = root
  for (const part of path) {
    if (typeof part === 'number' && !Array.isArray(value)) continue
    parts.push(typeof part === 'number' ? part : String(part))
    value =
      typeof value === 'object' && value !== null ? (value as Readonly<Record<PropertyKey, unknown>>)[part] : undefined
  }
  return parts
}

/** The names that can stand at a path of a schema; none where that is no mapping of known names. */
export function namesAt(schema: z.core.$ZodType, path: readonly PropertyKey[]): readonly string[] {
  let found: readonly z.core.$ZodType[] = [schema]
  for (const part of path) found = found.flatMap(forms).flatMap((form) => below(form, part))
  return [
    ...new Set(found.flatMap(forms).flatMap((form) => (form instanceof z.ZodObject ? Object.keys(form.shape) : []))),
  ]
}

const WRAPPERS = [z.ZodOptional, z.ZodNullable, z.ZodDefault, z.ZodPrefault]

/** A schema without what is wrapped around it; one for each form that it may have. */
export function forms(schema: z.core.$ZodType): readonly z.core.$ZodType[] {
  if (WRAPPERS.some((wrapper) => schema instanceof wrapper)) return forms((schema as z.ZodOptional).unwrap())
  if (schema instanceof z.ZodUnion) return schema.options.flatMap(forms)
  if (!(schema instanceof z.ZodPipe)) return [schema]
  // Either a schema and what is made of it, or what is made ready for a schema.
  return forms(schema.in instanceof z.ZodTransform ? schema.out : schema.in)
}

function below(schema: z.core.$ZodType, part: PropertyKey): readonly z.core.$ZodType[] {
  if (schema instanceof z.ZodArray) return typeof part === 'number' ? [schema.element] : []
  if (schema instanceof z.ZodRecord) return [schema.valueType]
  if (!(schema instanceof z.ZodObject)) return []
  const field = schema.shape[String(part)]
  return field === undefined ? [] : [field]
}
