import { ConfigError } from '../../config/problem.ts'
import { safeText } from '../../lib/text.ts'
import { loadConfiguration } from '../load-configuration.ts'
import type { ReloadAnswer } from './messages.ts'

/** Loads a configuration file, or says why it cannot be used. */
export async function loadAgain(path: string, env: NodeJS.ProcessEnv): Promise<ReloadAnswer> {
  try {
    const { checks, alerts, disabled, log, secrets, keys, interval, files } = await loadConfiguration(path, env)
    const rest = {
      ...(keys === undefined ? {} : { keys }),
      ...(interval === undefined ? {} : { intervalMs: interval }),
      ...(log === undefined ? {} : { log }),
    }
    return { kind: 'loaded', loaded: { definitions: checks, alerts, disabled, secrets, files, ...rest } }
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error
    const { problems, message, files } = error
    return {
      kind: 'refused',
      error: { first: safeText(problems[0] ?? message, 500), count: Math.max(1, problems.length) },
      files,
    }
  }
}
