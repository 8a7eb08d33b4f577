import { stat } from 'node:fs/promises'
import { DAY_MS, HOUR_MS } from '../files.ts'
import { isOfFile } from '../read/file-lines.ts'
import type { HourFile, LogFiles } from '../read/files.ts'

/** A UTC day of the log. */
export interface Day {
  readonly dayMs: number
  /** Its roll-up, where there is one. */
  readonly roll?: string
  readonly hours: readonly HourFile[]
}

/** Lines that are not in a roll-up. */
export interface Tail {
  readonly file: HourFile
  /** Where they begin, in bytes. */
  readonly offset: number
  /** How many bytes the file had; of a packed one 0. */
  readonly bytes: number
}

export function dayOf(wallMs: number): number {
  return Math.floor(wallMs / DAY_MS) * DAY_MS
}

export function hourOfDay(wallMs: number): number {
  return Math.floor((wallMs - dayOf(wallMs)) / HOUR_MS)
}

/** The days of a log, oldest first. */
export function daysOf({ hours, rolls }: LogFiles): Day[] {
  const byDay = new Map<number, HourFile[]>()
  for (const dayMs of rolls.keys()) byDay.set(dayMs, [])
  for (const file of hours) {
    const dayMs = dayOf(file.startMs)
    const day = byDay.get(dayMs)
    if (day === undefined) byDay.set(dayMs, [file])
    else day.push(file)
  }
  return [...byDay]
    .sort(([a], [b]) => a - b)
    .map(([dayMs, files]) => {
      const roll = rolls.get(dayMs)
      return { dayMs, hours: files, ...(roll !== undefined && { roll }) }
    })
}

/**
 * What a day's lines add to a roll-up with this much in it (nothing, without one). Undefined where a file is shorter than what was read of
 * it: it is another one, and the roll-up is of no use.
 */
export async function tailOf(
  hours: readonly HourFile[],
  rolled: readonly (number | undefined)[] = [],
): Promise<Tail[] | undefined> {
  const tails: Tail[] = []
  for (const file of hours) {
    const before = rolled[hourOfDay(file.startMs)]
    // Packed after it was rolled up, and thinned: there is no more in it.
    if (before !== undefined && (file.packed || file.packedToo)) continue
    if (file.packed) {
      tails.push({ file, offset: 0, bytes: 0 })
      continue
    }
    const bytes = await sizeOf(file.path)
    if (bytes === undefined) continue
    if (bytes < (before ?? 0)) return undefined
    if (bytes > (before ?? 0)) tails.push({ file, offset: before ?? 0, bytes })
  }
  return tails
}

/** Undefined for a file that went away: it was packed or dropped meanwhile. */
async function sizeOf(path: string): Promise<number | undefined> {
  try {
    return (await stat(path)).size
  } catch (error) {
    if (!isOfFile(error)) throw error
    return undefined
  }
}
