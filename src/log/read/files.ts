import { readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { logFileOf } from '../files.ts'

/** An hour of the log, as it lies on the disk. */
export interface HourFile {
  readonly path: string
  /** Wall time at which the hour begins, and at which the next one does. */
  readonly startMs: number
  readonly endMs: number
  /** Thinned and gzipped. */
  readonly packed: boolean
  /** It lies there packed as well: what is in that one is in this one or comes back when both are packed again. */
  readonly packedToo: boolean
}

/** What lies in the folder of a log. */
export interface LogFiles {
  /** Oldest first. Where an hour lies there as it was written and packed as well, packing has not come to its end: it is the former. */
  readonly hours: readonly HourFile[]
  /** Roll-ups by the wall time at which their day begins. */
  readonly rolls: ReadonlyMap<number, string>
}

export const ROLL_ENDING = '.roll'

const NONE: LogFiles = { hours: [], rolls: new Map() }

/** Lists a log; an empty one where there is no folder. Rejects where it cannot be read. */
export async function listLog(folder: string): Promise<LogFiles> {
  let names: string[]
  try {
    names = await readdir(folder)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return NONE
    throw error
  }
  const hours = new Map<number, HourFile>()
  const rolls = new Map<number, string>()
  for (const name of names) {
    const file = logFileOf(name)
    if (file === undefined) continue
    const { kind, startMs, endMs } = file
    const path = join(folder, name)
    if (kind !== 'day') {
      const packed = kind === 'packed'
      const other = hours.get(startMs)
      if (packed && other !== undefined) hours.set(startMs, { ...other, packedToo: true })
      else hours.set(startMs, { path, startMs, endMs, packed, packedToo: other !== undefined })
    } else if (name.endsWith(ROLL_ENDING)) rolls.set(startMs, path)
  }
  return { hours: [...hours.values()].sort((a, b) => a.startMs - b.startMs), rolls }
}
