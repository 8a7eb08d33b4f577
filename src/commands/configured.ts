import { configPaths, findConfig } from '../config/file.ts'
import { ConfigError } from '../config/problem.ts'
import { checkOptions, type Options, type RawOptions, UsageError } from './options.ts'
import { statesNow } from './reload/file-states.ts'

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
  // Before anything is read: an edit that comes in between is none that was read.
  const places = raw.config === undefined ? configPaths(process.env, process.platform) : [raw.config]
  const before = statesNow(places)
  const path = configPathOf(raw)
  const followed = path ?? places[0]
  const configStates = new Map([...before].filter(([place]) => place === followed))
  if (path === undefined) return checkOptions(raw, { configStates })
  const { loadConfiguration } = await import('./load-configuration.ts')
  try {
    const { interval, keys, checks, alerts, disabled, log, secrets, files } = await loadConfiguration(path, process.env)
    return checkOptions(raw, {
      ...(interval === undefined ? {} : { intervalMs: interval }),
      ...(keys === undefined ? {} : { keys }),
      checks,
      alerts,
      disabledAlerts: disabled,
      ...(log === undefined ? {} : { log }),
      secrets,
      configPath: path,
      configStates: new Map([...configStates, ...statesNow(files)]),
    })
  } catch (error) {
    throw error instanceof ConfigError ? new UsageError(error.message) : error
  }
}
