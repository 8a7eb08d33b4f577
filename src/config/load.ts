import { basename } from 'node:path'
import { safeText } from '../lib/text.ts'
import { type ConfigDocument, type Position, parseConfig } from './document.ts'
import { readConfigFile } from './file.ts'
import { ConfigError, type Problem } from './problem.ts'
import type { Config } from './schema.ts'
import { validate } from './validate.ts'
import { pathText } from './wording.ts'

/** Who has more mistakes than this has mistaken the file. */
const MOST_TOLD = 20

/** Checks that only others can make, of the sections that are right so far. */
export type Check = (config: Partial<Config>) => readonly Problem[]

/** The configuration in a text. Throws ConfigError with everything that is wrong, in the order of the file. */
export function configOf(text: string, path: string, check: Check): Config {
  const name = basename(path)
  const document = parseConfig(text)
  if ('errors' in document)
    throw refusal(
      path,
      document.errors.length,
      document.errors.map((error) => ({ ...error, line: `${place(name, error.position)} ${error.text}` })),
    )
  const { config, problems } = validate(document.value)
  const all = [...problems, ...check(config)]
  if (all.length > 0)
    throw refusal(
      path,
      all.length,
      // To look for the place of each of thousands would take longer than anybody waits.
      all.slice(0, 10 * MOST_TOLD).map((problem) => located(name, document, problem)),
    )
  return config
}

interface Located {
  readonly position: Position
  readonly line: string
}

function place(name: string, { line, column }: Position): string {
  return `${name}:${line}:${column}`
}

function located(name: string, document: ConfigDocument, { path, text }: Problem): Located {
  const position = document.position(path)
  const where = path.length === 0 ? '' : `${pathText(path)}: `
  return { position, line: `${place(name, position)} ${where}${text}` }
}

function refusal(path: string, count: number, problems: readonly Located[]): ConfigError {
  const sorted = [...problems].sort(
    (a, b) => a.position.line - b.position.line || a.position.column - b.position.column,
  )
  const told = sorted.slice(0, MOST_TOLD).map(({ line }) => safeText(line))
  const more = count > told.length ? [`and ${count - told.length} more`] : []
  return new ConfigError([`${path} cannot be used:`, ...told, ...more].join('\n'))
}

/** Reads a configuration file. Throws ConfigError. */
export function loadConfig(path: string, check: Check): Config {
  return configOf(readConfigFile(path), path, check)
}
