import { builtinRules } from '../alerts/builtin.ts'
import { CHECK_TYPES, LATER_TYPES } from '../checks/registry.ts'
import { type Loaded, loadConfig } from '../config/load.ts'
import type { Problem } from '../config/problem.ts'
import type { KeyBinding } from '../ui/keys/binding.ts'
import { rebind } from '../ui/keys/rebind.ts'
import { KEYS } from '../ui/keys/table.ts'

/** A configuration with all that only the program can make of it. */
export interface Configuration extends Omit<Loaded, 'keys'> {
  /** The table of keys as it is wanted; absent where nothing was said. */
  readonly keys?: readonly KeyBinding[]
}

export const CONFIG_TYPES = { types: CHECK_TYPES, later: LATER_TYPES }
/** Names of the rules that a configuration may replace or switch off. */
export const BUILT_IN = builtinRules.map(({ name }) => name)

/** Reads a configuration file, types of checks and names of keys included. Rejects with ConfigError. */
export async function loadConfiguration(path: string, env: NodeJS.ProcessEnv): Promise<Configuration> {
  let table: readonly KeyBinding[] | undefined
  const check = ({ keys }: { readonly keys?: Readonly<Record<string, readonly string[]>> | undefined }): Problem[] => {
    if (keys === undefined) return []
    const rebound = rebind(KEYS, keys)
    if ('keys' in rebound) {
      table = rebound.keys
      return []
    }
    return rebound.errors.map(({ command, index, text }) => ({
      path: ['keys', command, ...(index === undefined ? [] : [index])],
      text,
    }))
  }
  const { keys: _, ...loaded } = await loadConfig(path, { types: CONFIG_TYPES, builtIn: BUILT_IN, env, check })
  return { ...loaded, ...(table === undefined ? {} : { keys: table }) }
}
