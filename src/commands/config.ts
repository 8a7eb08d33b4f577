import { basename } from 'node:path'
import type { Rule } from '../alerts/rule.ts'
import { configPaths } from '../config/file.ts'
import { ConfigError } from '../config/problem.ts'
import { safeText } from '../lib/text.ts'
import { configPathOf } from './configured.ts'
import type { Configuration } from './load-configuration.ts'
import { oneOf, type RawOptions, UsageError } from './options.ts'

const ACTIONS = ['validate', 'show', 'path', 'schema'] as const
const INTERVAL = '1s'

/** Options of `config` as commander gives them. */
export interface RawConfigOptions {
  /** Of `show`: the built-in alert rules too. */
  readonly all?: boolean
}

/**
 * `healthtop config ACTION [FILE]`: what is to be printed on stdout; what is there to say beside it goes to stderr. Rejects with UsageError,
 * which has every mistake of the configuration.
 */
export async function config(
  action: string,
  file: string | undefined,
  raw: RawOptions,
  { all = false }: RawConfigOptions = {},
): Promise<string> {
  const wanted = oneOf('config', action, ACTIONS)
  if (all && wanted !== 'show') throw new UsageError(`config ${wanted}: --all belongs to config show`)
  if (wanted === 'schema') {
    if (file !== undefined) throw new UsageError(`config schema: expected no file, got "${file}"`)
    const { schemaText } = await import('./config-schema.ts')
    return schemaText()
  }
  if (file !== undefined && raw.config !== undefined)
    throw new UsageError(`config ${wanted}: expected one file, got "${raw.config}" and "${file}"`)
  const path = configPathOf(file === undefined ? raw : { ...raw, config: file })
  if (path === undefined) tellWhere()
  if (wanted === 'path') return path === undefined ? '' : `${safeText(path)}\n`
  const loaded = path === undefined ? undefined : await load(path)
  if (wanted === 'show') return show(path, loaded, raw, all)
  return path === undefined || loaded === undefined
    ? ''
    : `${safeText(basename(path))}: ${countsOf(loaded)}: nothing wrong\n`
}

function tellWhere(): void {
  const paths = configPaths(process.env, process.platform).map((path) => safeText(path))
  process.stderr.write(`healthtop: there is no configuration file; it is looked for in ${paths.join(' and ')}\n`)
}

async function load(path: string): Promise<Configuration> {
  const { loadConfiguration } = await import('./load-configuration.ts')
  try {
    return await loadConfiguration(path, process.env)
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error
    throw new UsageError(error.problems.length === 0 ? error.message : `${path}:\n${error.problems.join('\n')}`)
  }
}

function countsOf({ checks, written, alerts }: Configuration): string {
  const counts = [
    [checks.length, 'check'],
    [written.groups.length, 'group'],
    [alerts.length, 'alert rule'],
  ] as const
  return counts.map(([count, name]) => `${count} ${name}${count === 1 ? '' : 's'}`).join(', ')
}

async function show(
  path: string | undefined,
  loaded: Configuration | undefined,
  raw: RawOptions,
  all: boolean,
): Promise<string> {
  const { effectiveText, NOTHING } = await import('../config/show.ts')
  const shown = loaded ?? NOTHING
  const { interval } = shown.written.sections
  const title = path === undefined ? 'nothing is configured' : `${safeText(path)}, with defaults and groups merged in`
  const every = raw.interval ?? (typeof interval === 'string' ? interval : INTERVAL)
  return `# ${title}\n${effectiveText(shown, every, all ? await builtInOf(shown) : [])}`
}

/** The built-in alert rules that hold beside those of a configuration. */
async function builtInOf({ alerts, disabled }: Pick<Configuration, 'alerts' | 'disabled'>): Promise<readonly Rule[]> {
  const { rulesOf } = await import('../alerts/rules.ts')
  const own = new Set(alerts.map(({ name }) => name))
  return rulesOf([], disabled).filter(({ name }) => !own.has(name))
}
