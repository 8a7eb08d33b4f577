import { findConfig } from '../config/file.ts'
import { ConfigError, type Problem } from '../config/problem.ts'
import type { KeyBinding } from '../ui/keys/binding.ts'
import { checkOptions, type Options, type RawOptions, UsageError } from './options.ts'

/**
 * What a command is told: by the command line, else by the configuration file, else as it comes. YAML and the schema are loaded only where
 * there is a file. Throws UsageError.
 */
export async function configuredOptions(raw: RawOptions): Promise<Options> {
  if (raw.config === '') throw new UsageError('--config: expected a file, got nothing')
  const path = findConfig(raw.config, process.env, process.platform)
  if (path === undefined) return checkOptions(raw)
  const [{ loadConfig }, { rebind }, { KEYS }] = await Promise.all([
    import('../config/load.ts'),
    import('../ui/keys/rebind.ts'),
    import('../ui/keys/table.ts'),
  ])
  let keys: readonly KeyBinding[] | undefined
  const check = ({
    keys: wanted,
  }: {
    readonly keys?: Readonly<Record<string, readonly string[]>> | undefined
  }): Problem[] => {
    if (wanted === undefined) return []
    const rebound = rebind(KEYS, wanted)
    if ('keys' in rebound) {
      keys = rebound.keys
      return []
    }
    return rebound.errors.map(({ command, index, text }) => ({
      path: ['keys', command, ...(index === undefined ? [] : [index])],
      text,
    }))
  }
  try {
    const { interval } = loadConfig(path, check)
    return checkOptions(raw, {
      ...(interval === undefined ? {} : { intervalMs: interval }),
      ...(keys === undefined ? {} : { keys }),
    })
  } catch (error) {
    throw error instanceof ConfigError ? new UsageError(error.message) : error
  }
}
