import { readdir, rm, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { DAY_MS, type LogFile, logFileOf } from './files.ts'
import { TEMPORARY_ENDING } from './replace.ts'
import { packHour } from './retention/pack.ts'

/** So many of the newest hours stay as they were written, however old: a clock that runs ahead for a while packs nothing that goes on. */
const PLAIN_HOURS = 24

/** Upkeep is due whenever a run has written so much of `log.size` since the last one, or since it began. */
export const UPKEEP_SHARE = 1 / 16
/** It leaves room for what is written until the next, which may be that of another run. */
const ROOM = 2 * UPKEEP_SHARE

export interface Retention {
  /** Wall time. */
  readonly nowMs: number
  /** Files that ended longer ago than this are dropped. */
  readonly keepMs: number
  /** What the folder may hold, all files together. */
  readonly sizeBytes: number
}

/** What keeping the log within its bounds did. */
export interface Maintained {
  /** Hours that were thinned and gzipped. */
  readonly packed: number
  readonly dropped: number
  /** What the folder holds now. */
  readonly bytes: number
  /** Files that could not be packed or dropped, each with why; the others are not held up by them. */
  readonly failed: readonly { readonly name: string; readonly error: Error }[]
}

/**
 * Keeps a log within its bounds: hours older than a day are thinned and gzipped, then files are dropped by age, then the oldest ones
 * until all of them, and what is written until the next upkeep, fit. Roll-ups count and go with the last hour of their day; that of a day
 * that goes on where nothing else is left to go. The hour that goes on is never touched. Only whoever writes the log may call it. Ends early with the signal. Rejects where the folder cannot be listed.
 */
export async function maintain(folder: string, retention: Retention, signal?: AbortSignal): Promise<Maintained> {
  const { nowMs, keepMs, sizeBytes } = retention
  const failed: { name: string; error: Error }[] = []
  /** Says whether it could be done. */
  const attempt = async (name: string, what: () => Promise<void>): Promise<boolean> => {
    if (signal?.aborted) return false
    try {
      await what()
      return true
    } catch (error) {
      if (!signal?.aborted) failed.push({ name, error: error as Error })
      return false
    }
  }
  const drop = (name: string) => attempt(name, () => rm(join(folder, name)))

  let packed = 0
  for (const { name } of toPack(await filesOf(folder), nowMs)) {
    if (await attempt(name, () => packHour(folder, name, signal))) packed++
  }
  let dropped = 0
  const left: Sized[] = []
  for (const file of await sizedFiles(folder)) {
    if (file.endMs > nowMs - keepMs || !(await drop(file.name))) left.push(file)
    else dropped++
  }
  let bytes = left.reduce((sum, file) => sum + file.bytes, 0)
  for (const file of left) {
    if (bytes <= (1 - ROOM) * sizeBytes) break
    if ((file.endMs > nowMs && file.kind !== 'day') || !(await drop(file.name))) continue
    bytes -= file.bytes
    dropped++
  }
  return { packed, dropped, bytes, failed }
}

type Sized = LogFile & { readonly bytes: number }

/** Oldest first by their ends, so that a day's roll-up comes after its hours. What a crash left half made of a packed file is taken away. */
async function filesOf(folder: string): Promise<LogFile[]> {
  let names: readonly string[]
  try {
    names = await readdir(folder)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return []
    throw error
  }
  for (const name of names) {
    if (/\.ndjson\.gz\..*/.test(name) && name.endsWith(TEMPORARY_ENDING)) await rm(join(folder, name), { force: true })
  }
  return names
    .flatMap((name) => logFileOf(name) ?? [])
    .sort((a, b) => a.endMs - b.endMs || Number(a.kind === 'day') - Number(b.kind === 'day'))
}

async function sizedFiles(folder: string): Promise<Sized[]> {
  const sized: Sized[] = []
  for (const file of await filesOf(folder)) {
    try {
      sized.push({ ...file, bytes: (await stat(join(folder, file.name))).size })
    } catch (error) {
      // Somebody took it away since it was listed.
      if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error
    }
  }
  return sized
}

function toPack(files: readonly LogFile[], nowMs: number): readonly LogFile[] {
  const plain = files.filter(({ kind }) => kind === 'lines')
  return plain.slice(0, Math.max(0, plain.length - PLAIN_HOURS)).filter(({ endMs }) => endMs + DAY_MS <= nowMs)
}
