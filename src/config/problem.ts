/** What is wrong with a configuration, and where in it. */
export interface Problem {
  /** Keys and indexes from the top. */
  readonly path: readonly (string | number)[]
  readonly text: string
}

/** A configuration that cannot be used. The message says why and names the file; one line a problem, with line and column. */
export class ConfigError extends Error {
  override readonly name = 'ConfigError'
}
