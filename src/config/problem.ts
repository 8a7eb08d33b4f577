import type { Path } from './position.ts'

/** What is wrong with a configuration, and where in it. */
export interface Problem {
  readonly path: Path
  readonly text: string
}

/** A configuration that cannot be used. The message says why and names the file; one line a problem, with line and column. */
export class ConfigError extends Error {
  override readonly name = 'ConfigError'
  /** One line a problem, in the order of the file; empty where the file as a whole cannot be used. */
  readonly problems: readonly string[]
  /** Files that `${file:…}` named. */
  readonly files: readonly string[]

  constructor(message: string, problems: readonly string[] = [], files: readonly string[] = []) {
    super(message)
    this.problems = problems
    this.files = files
  }
}
