import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { parseDuration } from '../lib/duration.ts'
import type { ChartStyle } from '../ui/paint/look.ts'

/** What every command is told by the command line, checked. */
export interface Options {
  /** Folder below which proc/ and sys/ are read. */
  readonly root: string
  readonly intervalMs: number
  readonly theme: 'auto' | 'dark' | 'light' | 'contrast' | 'mono'
  readonly ascii: boolean
  readonly charts?: ChartStyle
  readonly color: boolean
  readonly readOnly: boolean
  readonly filter: string
  readonly user?: string
  readonly pid?: number
}

/** What the build knows of itself. */
export interface Build {
  readonly version: string
  /** The worker's entry, beside the program's. */
  readonly workerPath: string
}

/** As commander gives them. */
export interface RawOptions {
  readonly root?: string
  readonly interval?: string
  readonly theme?: string
  readonly ascii?: boolean
  readonly charts?: string
  readonly color?: boolean
  readonly readOnly?: boolean
  readonly filter?: string
  readonly user?: string
  readonly pid?: string
}

/** A mistake on the command line: its message says which option and what to write instead. Ends with exit code 3. */
export class UsageError extends Error {
  override readonly name = 'UsageError'
}

export const THEMES = ['auto', 'dark', 'light', 'contrast', 'mono'] as const
export const CHARTS = ['braille', 'block', 'line', 'ascii'] as const
const LEAST_INTERVAL_MS = 200
const MOST_INTERVAL_MS = 3_600_000

/** Checks options and fills in what was not said. Throws UsageError. */
export function checkOptions(raw: RawOptions): Options {
  const root = raw.root ?? '/'
  if (!existsSync(join(root, 'proc/stat'))) {
    throw new UsageError(
      raw.root === undefined
        ? 'this machine has no /proc/stat: healthtop reads Linux for now'
        : `--root: there is no proc/stat below ${root}; give the folder that holds proc/ and sys/`,
    )
  }
  const intervalMs = raw.interval === undefined ? 1000 : parseDuration(raw.interval)
  if (intervalMs === undefined)
    throw new UsageError(`--interval: expected a duration such as 500ms, 1s or 1m, got "${raw.interval}"`)
  if (intervalMs < LEAST_INTERVAL_MS || intervalMs > MOST_INTERVAL_MS) {
    throw new UsageError(`--interval: expected 200ms to 1h, got "${raw.interval}"`)
  }
  if (raw.pid !== undefined && !/^[1-9]\d*$/.test(raw.pid))
    throw new UsageError(`--pid: expected a process id, got "${raw.pid}"`)
  return {
    root,
    intervalMs,
    theme: oneOf('--theme', raw.theme ?? 'auto', THEMES),
    ascii: raw.ascii ?? false,
    ...(raw.charts === undefined ? {} : { charts: oneOf('--charts', raw.charts, CHARTS) }),
    color: raw.color ?? true,
    readOnly: raw.readOnly ?? false,
    filter: raw.filter ?? '',
    ...(raw.user === undefined ? {} : { user: raw.user }),
    ...(raw.pid === undefined ? {} : { pid: Number(raw.pid) }),
  }
}

function oneOf<T extends string>(option: string, value: string, choices: readonly T[]): T {
  const found = choices.find((choice) => choice === value)
  if (found === undefined) throw new UsageError(`${option}: expected one of ${choices.join(', ')}, got "${value}"`)
  return found
}
