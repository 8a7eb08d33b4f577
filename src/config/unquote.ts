import { got } from '../lib/fields.ts'
import type { Path } from './position.ts'
import type { Problem } from './problem.ts'

function at(root: unknown, path: Path): unknown {
  return path.reduce<unknown>(
    (value, part) =>
      typeof value === 'object' && value !== null
        ? (value as Readonly<Record<string | number, unknown>>)[part]
        : undefined,
    root,
  )
}

/**
 * A problem that quotes nothing secret: where a text was expanded, what stood in the file is quoted in its place. `value` is the whole
 * configuration, `written` the same as it was written.
 */
export function withoutSecrets(
  { path, text }: Problem,
  value: unknown,
  written: unknown,
  redact: (text: string) => string,
): Problem {
  const its = at(value, path)
  const as = at(written, path)
  if (its === as) return { path, text: redact(text) }
  const end = text.indexOf(', got ')
  const told = end < 0 ? text.replaceAll(got(its), got(as)) : `${text.slice(0, end)}, got ${got(as)}`
  return { path, text: redact(told) }
}
