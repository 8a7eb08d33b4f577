import { problemsOf } from './issues.ts'
import type { Problem } from './problem.ts'
import { type Config, SCHEMA } from './schema.ts'

/** What a value says as a configuration: the sections that are right, and everything that is wrong. */
export interface Validated {
  readonly config: Partial<Config>
  readonly problems: readonly Problem[]
}

/** Checks the sections of a value that was read from a file, but for the checks. An empty file says nothing, and is right. */
export function validate(value: unknown): Validated {
  const result = SCHEMA.safeParse(value ?? {})
  if (result.success) return { config: sectionsOf(result.data), problems: [] }
  const right = Object.entries(SCHEMA.shape).flatMap(([name, section]) => {
    const one = section.safeParse((value as Readonly<Record<string, unknown>>)[name])
    return one.success && one.data !== undefined ? [[name, one.data] as const] : []
  })
  return { config: sectionsOf(Object.fromEntries(right)), problems: problemsOf(result.error.issues, SCHEMA, value) }
}

function sectionsOf({ interval, keys, log }: Config): Partial<Config> {
  return {
    ...(interval === undefined ? {} : { interval }),
    ...(keys === undefined ? {} : { keys }),
    ...(log === undefined ? {} : { log }),
  }
}
