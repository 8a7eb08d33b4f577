import { basename } from 'node:path'
import { redactor, type Secret } from '../lib/secrets.ts'
import { safeText } from '../lib/text.ts'
import type { AlertDefinition } from '../model/alert-definition.ts'
import type { CheckDefinition } from '../model/check.ts'
import type { Alerts, AlertsContext } from './alerts/alerts.ts'
import { knownChecks } from './alerts/known-checks.ts'
import { readChecks } from './checks/checks.ts'
import { isMapping, type Mapping } from './checks/merge.ts'
import { secretsIn } from './checks/secret-keys.ts'
import type { ConfigTypes } from './checks/type.ts'
import { expand } from './expand.ts'
import { readConfigFile } from './file.ts'
import type { ConfigDocument, Position } from './position.ts'
import { ConfigError, type Problem } from './problem.ts'
import { readDocument } from './read-document.ts'
import type { Config } from './schema.ts'
import { withoutSecrets } from './unquote.ts'
import { validate } from './validate.ts'
import { pathText } from './wording.ts'

/** Who has more mistakes than this has mistaken the file. */
const MOST_TOLD = 20

/** What a configuration is read with. */
export interface LoadContext {
  readonly types: ConfigTypes
  /** Names of the built-in alert rules. */
  readonly builtIn: readonly string[]
  readonly env: NodeJS.ProcessEnv
  /** Checks that only others can make, of the sections that are right so far. */
  readonly check: (config: Partial<Config>) => readonly Problem[]
}

/** A configuration in which nothing is wrong. */
export interface Loaded extends Config {
  readonly checks: readonly CheckDefinition[]
  /** Alert rules, beside the built-in ones and in place of those whose names they have. */
  readonly alerts: readonly AlertDefinition[]
  /** Names of built-in rules that do not count. */
  readonly disabled: readonly string[]
  /** What must never be shown. */
  readonly secrets: readonly Secret[]
  /** Files that `${file:…}` named. */
  readonly files: readonly string[]
  /** As it was written, for `config show`: each check with its defaults, and the names of groups. */
  readonly written: {
    readonly sections: Mapping
    readonly checks: readonly Mapping[]
    readonly groups: readonly string[]
  }
}

/** The configuration in a text. Rejects with ConfigError, which has everything that is wrong, in the order of the file. */
export async function configOf(text: string, path: string, context: LoadContext): Promise<Loaded> {
  const name = basename(path)
  const document = await readDocument(text)
  if ('errors' in document)
    throw refusal(
      path,
      document.errors.map(({ position, text }) => {
        const line = `${place(name, position)} ${text}`
        return { position, line, once: line }
      }),
    )
  const written = document.value
  // Most configurations have nothing to expand, and some are long.
  const expanded = text.includes('${')
    ? expand(written, context.env)
    : { value: written, problems: [], secrets: [], files: [] }
  const { value } = expanded
  const secrets = [...expanded.secrets, ...secretsIn(value, written)]
  const redact = redactor(secrets)
  const { config, problems } = validate(value)
  const sections = { value: mapping(value), written: mapping(written) }
  const checks = readChecks(sections, context.types, redact)
  const alerts = await alertsOf(sections.value, sections.written, {
    checks: knownChecks(checks.effective),
    builtIn: context.builtIn,
    origin: (at) => `${safeText(name)}:${document.position(at).line}`,
  })
  const all = [...expanded.problems, ...problems, ...checks.problems, ...alerts.problems, ...context.check(config)]
  if (all.length > 0)
    throw refusal(
      path,
      all.map((problem) => located(name, document, withoutSecrets(problem, value, written, redact))),
      expanded.files,
    )
  return {
    ...config,
    checks: checks.definitions,
    alerts: alerts.definitions,
    disabled: alerts.disabled,
    secrets,
    files: expanded.files,
    written: { sections: sections.written, checks: checks.effective, groups: checks.groups },
  }
}

/** Most configurations have no rules of their own, and nobody is kept waiting for what reads them. */
async function alertsOf(value: Mapping, written: Mapping, context: AlertsContext): Promise<Alerts> {
  if (value.alerts === undefined || value.alerts === null) return { definitions: [], disabled: [], problems: [] }
  const { readAlerts } = await import('./alerts/alerts.ts')
  return readAlerts(value, written, context)
}

function mapping(value: unknown): Mapping {
  return isMapping(value) ? value : {}
}

interface Located {
  readonly position: Position
  readonly line: string
  /** The same for what is wrong once, though several checks take it from one place. */
  readonly once: string
}

function place(name: string, { line, column }: Position): string {
  return `${name}:${line}:${column}`
}

function located(name: string, document: ConfigDocument, { path, text }: Problem): Located {
  const position = document.position(path)
  const where = path.length === 0 ? '' : `${pathText(path)}: `
  const at = place(name, position)
  return { position, line: `${at} ${where}${text}`, once: `${at} ${path.at(-1) ?? ''}: ${text}` }
}

function refusal(path: string, problems: readonly Located[], files: readonly string[] = []): ConfigError {
  const sorted = [...problems].sort(
    (a, b) => a.position.line - b.position.line || a.position.column - b.position.column,
  )
  const lines = [...new Map(sorted.toReversed().map(({ once, line }) => [once, line])).values()].toReversed()
  const told = lines.slice(0, MOST_TOLD).map((line) => safeText(line))
  const more = lines.length > told.length ? [`and ${lines.length - told.length} more`] : []
  return new ConfigError([`${path} cannot be used:`, ...told, ...more].join('\n'), lines, files)
}

/** Reads a configuration file. Rejects with ConfigError. */
export async function loadConfig(path: string, context: LoadContext): Promise<Loaded> {
  return configOf(readConfigFile(path), path, context)
}
