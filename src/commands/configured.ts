import { findConfig } from '../config/file.ts'
import { ConfigError } from '../config/problem.ts'
import { checkOptions, type Options, type RawOptions, UsageError } from './options.ts'

/** The configuration file to use; undefined where there is none. Throws UsageError. */
export function configPathOf({ config }: RawOptions): string | undefined {
  if (config === '') throw new UsageError('--config: expected a file, got nothing')
  return findConfig(config, process.env, process.platform)
}

/**
 * What a command is told: by the command line, else by the configuration file, else as it comes. YAML, the schema and the types of checks
 * are loaded only where there is a file. Rejects with UsageError.
 */
export async function configuredOptions(raw: RawOptions): Promise<Options> {
  const path = configPathOf(raw)
  if (path === undefined) return checkOptions(raw)
  const { loadConfiguration } = await import('./load-configuration.ts')
  try {
    const { interval, keys, checks, secrets, files } = await loadConfiguration(path, process.env)
    return checkOptions(raw, {
      ...(interval === undefined ? {} : { intervalMs: interval }),
      ...(keys === undefined ? {} : { keys }),
      checks,
      secrets,
      configPath: path,
      configFiles: files,
    })
  } catch (error) {
    throw error instanceof ConfigError ? new UsageError(error.message) : error
  }
}
