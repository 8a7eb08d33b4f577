import { join } from 'node:path'

export const HOUR_MS = 3_600_000
export const DAY_MS = 86_400_000

/** What a file of the folder is: an hour of lines, as they were written or thinned and gzipped, or what was made of a day's lines. */
export interface LogFile {
  readonly name: string
  readonly kind: 'lines' | 'packed' | 'day'
  /** Wall time of its first moment, and of the first one after it. */
  readonly startMs: number
  readonly endMs: number
}

/** The folder of the log below the state folder. */
export function logFolder(state: string): string {
  return join(state, 'log')
}

/** The file of the hour that holds a wall time, by UTC: `2026-11-25T14.ndjson`. Undefined for what is no time that has a year of four digits. */
export function lineFileName(wallMs: number): string | undefined {
  if (!(wallMs >= 0 && wallMs < Date.UTC(10_000, 0))) return undefined
  return `${new Date(wallMs).toISOString().slice(0, 13)}.ndjson`
}

/** The name that a file of lines has once it is thinned and gzipped. */
export function packedFileName(name: string): string {
  return `${name}.gz`
}

/**
 * What a file of the folder is by its name: `2026-11-25T14.ndjson`, `2026-11-25T14.ndjson.gz`, and whatever begins with a date alone, which is
 * of that day. Undefined for other names, and for what is half made (`.tmp`).
 */
export function logFileOf(name: string): LogFile | undefined {
  const hour = /^(\d{4}-\d\d-\d\dT\d\d)\.ndjson(\.gz)?$/.exec(name)
  const text = hour?.[1] ?? /^(\d{4}-\d\d-\d\d)\.(?!.*\.tmp$)/.exec(name)?.[1]
  if (text === undefined) return undefined
  const startMs = Date.parse(hour ? `${text}:00:00Z` : `${text}T00:00:00Z`)
  // The 31st of a short month is read as the 1st of the next one: no name that was made here.
  if (Number.isNaN(startMs) || !new Date(startMs).toISOString().startsWith(text)) return undefined
  if (hour === null) return { name, kind: 'day', startMs, endMs: startMs + DAY_MS }
  return { name, kind: hour[2] === undefined ? 'lines' : 'packed', startMs, endMs: startMs + HOUR_MS }
}
