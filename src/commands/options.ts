import { resolve } from 'node:path'
import { parseInterval } from '../config/interval.ts'
import { nearest } from '../lib/nearest.ts'
import type { Secret } from '../lib/secrets.ts'
import type { AlertDefinition } from '../model/alert-definition.ts'
import type { CheckDefinition } from '../model/check.ts'
import { LOG_DEFAULTS, type LogSettings } from '../model/log-settings.ts'
import { choosePlatform } from '../sources/live/choose-platform.ts'
import type { Platform } from '../sources/live/platform.ts'
import type { KeyBinding } from '../ui/keys/binding.ts'
import type { ChartStyle } from '../ui/paint/look.ts'
import { THEME_CHOICES, type ThemeChoice } from '../ui/theme/theme.ts'
import type { FileStates } from './reload/file-states.ts'
import { isThemeFile, readTheme } from './theme-file.ts'

/** What every command is told by the command line, checked. */
export interface Options {
  readonly platform: Platform
  /** Folder below which proc/ and sys/ are read. */
  readonly root: string
  readonly intervalMs: number
  /** Absent unless it was said: then it is what the screen remembers. */
  readonly theme?: ThemeChoice
  readonly ascii: boolean
  readonly charts?: ChartStyle
  readonly color: boolean
  readonly readOnly: boolean
  readonly screenReader: boolean
  readonly filter: string
  readonly user?: string
  readonly pid?: number
  /** The table of keys as the configuration has them; as they come when absent. */
  readonly keys?: readonly KeyBinding[]
  /** Where state is kept; the person's own folder when absent. */
  readonly stateDir?: string
  /** The checks of the configuration, in its order. */
  readonly checks: readonly CheckDefinition[]
  /** The alert rules of the configuration, in its order, and the built-in ones that do not count (`rulesOf`). */
  readonly alerts: readonly AlertDefinition[]
  readonly disabledAlerts: readonly string[]
  /** How much of the log is kept; `off`: none is written. */
  readonly log: LogSettings | 'off'
  /** What the configuration says must never be shown. */
  readonly secrets: readonly Secret[]
  /** The configuration file that was read; absent where there is none. */
  readonly configPath?: string
  /**
   * How the files of the configuration were before it was read: itself, those it takes secrets from, and where there is none the place
   * where one may come. Empty where there is no such place.
   */
  readonly configStates: FileStates
  /** Whether services that are found listening here are checked too. */
  readonly discover: boolean
}

/** What the configuration says, where the command line does not. */
export type Configured = Partial<
  Pick<
    Options,
    'intervalMs' | 'keys' | 'checks' | 'alerts' | 'disabledAlerts' | 'log' | 'secrets' | 'configPath' | 'configStates'
  >
>

/** What the build knows of itself. */
export interface Build {
  readonly version: string
  /** The worker's entry, beside the program's. */
  readonly workerPath: string
}

/** As commander gives them. */
export interface RawOptions {
  readonly config?: string
  readonly root?: string
  readonly probes?: string
  readonly stateDir?: string
  readonly log?: boolean
  readonly interval?: string
  readonly theme?: string
  readonly ascii?: boolean
  readonly charts?: string
  readonly color?: boolean
  readonly readOnly?: boolean
  readonly screenReader?: boolean
  readonly filter?: string
  readonly user?: string
  readonly pid?: string
  readonly discover?: boolean
}

/** A mistake on the command line: its message says which option and what to write instead. Ends with exit code 3. */
export class UsageError extends Error {
  override readonly name = 'UsageError'
}

export const PROBES = ['auto', 'procfs', 'portable'] as const
export const CHARTS = ['braille', 'block', 'line', 'ascii'] as const
const INTERVAL_MS = 1000

/** Checks options and fills in what was not said. Throws UsageError. */
export function checkOptions(raw: RawOptions, configured: Configured = {}): Options {
  const {
    intervalMs: wanted = INTERVAL_MS,
    keys,
    checks = [],
    alerts = [],
    disabledAlerts = [],
    log = LOG_DEFAULTS,
    secrets = [],
    configPath,
    configStates = new Map(),
  } = configured
  for (const [option, value, expected] of [
    ['--root', raw.root, 'a folder'],
    ['--state-dir', raw.stateDir, 'a folder'],
    ['--user', raw.user, 'a user such as root'],
  ] as const)
    if (value === '') throw new UsageError(`${option}: expected ${expected}, got nothing`)
  const root = raw.root ?? '/'
  const platform = checkPlatform(raw)
  const intervalMs = raw.interval === undefined ? wanted : parseInterval(raw.interval)
  if (typeof intervalMs !== 'number')
    throw new UsageError(`--interval: expected ${intervalMs.expected}, got "${raw.interval}"`)
  if (raw.pid !== undefined && !/^[1-9]\d{0,14}$/.test(raw.pid))
    throw new UsageError(`--pid: expected a process id, got "${raw.pid}"`)
  return {
    platform,
    root,
    intervalMs,
    ...(raw.theme === undefined ? {} : { theme: checkTheme(raw.theme) }),
    ascii: raw.ascii ?? false,
    ...(raw.charts === undefined ? {} : { charts: oneOf('--charts', raw.charts, CHARTS) }),
    color: raw.color ?? true,
    readOnly: raw.readOnly ?? false,
    screenReader: raw.screenReader ?? false,
    filter: raw.filter ?? '',
    ...(raw.user === undefined ? {} : { user: raw.user }),
    ...(raw.pid === undefined ? {} : { pid: Number(raw.pid) }),
    ...(keys === undefined ? {} : { keys }),
    ...(raw.stateDir === undefined ? {} : { stateDir: resolve(raw.stateDir) }),
    checks,
    alerts,
    disabledAlerts,
    log: raw.log === false ? 'off' : log,
    secrets,
    ...(configPath === undefined ? {} : { configPath }),
    configStates,
    discover: raw.discover ?? true,
  }
}

/** A theme of ours, or the absolute path of a file in which nothing is wrong. */
function checkTheme(said: string): ThemeChoice {
  if (!isThemeFile(said)) {
    const found = THEME_CHOICES.find((choice) => choice === said)
    if (found !== undefined) return found
    throw new UsageError(
      `--theme: expected one of ${THEME_CHOICES.join(', ')} or a file (a path or *.json), got "${said}"${meantBy(said, THEME_CHOICES)}`,
    )
  }
  const theme = readTheme(said)
  if (!theme.ok) throw new UsageError(`--theme: ${theme.errors.join('\n')}`)
  return { file: resolve(said) }
}

function checkPlatform({ root, probes: said }: RawOptions): Platform {
  const probes = oneOf('--probes', said ?? 'auto', PROBES)
  const found = choosePlatform(root ?? '/')
  if (root !== undefined) {
    if (probes === 'portable')
      throw new UsageError('--probes portable: measures this machine, not a recorded tree; leave out --root')
    if (found === 'procfs') return 'procfs'
    throw new UsageError(`--root: there is no proc/stat below ${root}; give the folder that holds proc/ and sys/`)
  }
  if (probes === 'procfs' && found !== 'procfs')
    throw new UsageError('--probes procfs: this machine has no /proc/stat that can be read; use --probes portable')
  return probes === 'auto' ? found : probes
}

/** The choice that was said. Throws UsageError that lists them all. */
export function oneOf<T extends string>(option: string, value: string, choices: readonly T[]): T {
  const found = choices.find((choice) => choice === value)
  if (found === undefined)
    throw new UsageError(`${option}: expected one of ${choices.join(', ')}, got "${value}"${meantBy(value, choices)}`)
  return found
}

function meantBy(value: string, choices: readonly string[]): string {
  const meant = nearest(value.toLowerCase(), choices)
  return meant === undefined ? '' : `; did you mean ${meant}?`
}
