import { readdir, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { decodeLine } from '../decode.ts'
import { DAY_MS } from '../files.ts'
import { isOfFile, type Tally } from '../read/file-lines.ts'
import { listLog, ROLL_ENDING } from '../read/files.ts'
import { TEMPORARY_ENDING } from '../replace.ts'
import { createCheckTable, type DayOfCheck, partsBefore } from './check-parts.ts'
import { NO_RESULTS } from './check-past.ts'
import { createDayLines } from './day-lines.ts'
import { type Day, daysOf, hourOfDay, type Tail, tailOf } from './days.ts'
import { rollName, withRoll, writeRoll } from './file.ts'
import { MINUTES_OF_A_DAY, PARTS_OF_A_DAY, type Roll, type RollHead } from './format.ts'
import { createMinuteTable } from './minutes.ts'
import { createNotes } from './notes.ts'

/** What the next start reads is looked at as a whole; of older days the head, and what else is damaged shows when it is asked for. */
const VERIFIED_MS = 8 * DAY_MS

/** What rolling up did. */
export interface RolledUp {
  /** Roll-ups that were written. */
  readonly written: number
  /** Lines and files that could not be read. */
  readonly skipped: number
}

/**
 * Brings the roll-ups of a log up to date: every hour that is over gets into that of its day, and a roll-up that is missing, damaged or of
 * other files is made anew. One that cannot be read now may be a good one: it stays as it is, and holds up no day but the next, if that has none
 * yet. The hour that goes on is in none: it is read from its lines. Only whoever writes the log may call it. Rejects as the file system does;
 * what was written stays.
 */
export async function rollUp(folder: string, nowMs: number, signal?: AbortSignal): Promise<RolledUp> {
  await sweep(folder)
  const tally: Tally = { lines: 0, skipped: 0 }
  let written = 0
  const unread: unknown[] = []
  for (const day of daysOf(await listLog(folder))) {
    if (signal?.aborted) break
    const roll = await rollOf(folder, day, nowMs, tally, signal).catch((error: unknown) => {
      if (!isOfFile(error)) throw error
      unread.push(error)
      return undefined
    })
    if (roll === undefined) continue
    await writeRoll(folder, roll)
    written++
  }
  if (unread.length > 0) throw unread[0]
  return { written, skipped: tally.skipped }
}

/** What a crash left half made. */
async function sweep(folder: string): Promise<void> {
  const names = await readdir(folder).catch((error: NodeJS.ErrnoException) => {
    if (error.code !== 'ENOENT') throw error
    return []
  })
  for (const name of names)
    if (name.endsWith(TEMPORARY_ENDING) && name.includes(`${ROLL_ENDING}.`))
      await rm(join(folder, name), { force: true })
}

/** The roll-up of a day with all its hours that are over; undefined where the one that is there has them already. */
async function rollOf(
  folder: string,
  day: Day,
  nowMs: number,
  tally: Tally,
  signal: AbortSignal | undefined,
): Promise<Roll | undefined> {
  const over = day.hours.filter(({ endMs }) => endMs <= nowMs)
  if (over.length === 0) return undefined
  const head = day.roll === undefined ? undefined : await headOf(day.roll, nowMs - day.dayMs < VERIFIED_MS)
  const added = head === undefined ? undefined : await tailOf(over, head.hours)
  if (added?.length === 0) return undefined
  const builder = createDayBuilder(day.dayMs)
  const joined = added !== undefined && day.roll !== undefined && (await builder.join(day.roll))
  if (!joined) await builder.follow(join(folder, rollName(day.dayMs - DAY_MS)))
  for (const tail of (joined ? added : await tailOf(over)) ?? []) {
    await builder.take(tail, tally, signal)
    if (signal?.aborted) return undefined
  }
  return builder.roll()
}

/** The head of a roll-up; undefined where it is not there or damaged, rejects where it cannot be read. `whole`: the blocks behind it are looked at as well. */
function headOf(path: string, whole: boolean): Promise<RollHead | undefined> {
  return withRoll(path, async (roll) => {
    if (whole) await Promise.all([roll.allSeries(), roll.checks(), roll.pasts(), roll.lines()])
    return roll.head
  })
}

/** Puts a day together, from what was rolled up of it and from lines. */
function createDayBuilder(dayMs: number) {
  const minutes = createMinuteTable(dayMs, MINUTES_OF_A_DAY)
  // With the day before: the time from its last line to midnight is known by the first line of this one.
  const checks = createCheckTable(dayMs - DAY_MS, 2 * PARTS_OF_A_DAY)
  const notes = createNotes()
  const hours: (number | undefined)[] = []
  const day = createDayLines(dayMs, { minutes, checks, notes })
  return {
    /** Goes on from a roll-up of the same day; false where it is damaged, rejects where it cannot be read. */
    async join(path: string): Promise<boolean> {
      const read = await withRoll(path, async (roll) => ({
        head: roll.head,
        series: await roll.allSeries(),
        parts: await roll.checks(),
        pasts: await roll.pasts(),
        lines: await roll.lines(),
      }))
      if (read === undefined) return false
      const { head, lines } = read
      day.join(read)
      for (const text of [...lines.events, ...lines.alerts]) {
        const line = decodeLine(text)
        if (line !== undefined) notes.take(line, text)
      }
      for (const [hour, bytes] of head.hours.entries()) hours[hour] = bytes
      return true
    },
    /** Checks go on as they were at the end of the day before; what they had found is of that day. */
    async follow(path: string): Promise<void> {
      const head = await headOf(path, false)
      for (const { check, last, flappingSinceMs } of head?.checks ?? [])
        checks.join(check, dayMs, undefined, last, {
          results: NO_RESULTS,
          changes: [],
          ...(flappingSinceMs !== undefined && { flappingSinceMs }),
        })
      checks.countedUntil(head?.endMs)
    },
    async take(tail: Tail, tally: Tally, signal: AbortSignal | undefined): Promise<void> {
      await day.take(tail, tally, signal)
      hours[hourOfDay(tail.file.startMs)] = tail.bytes
    },
    roll(): Roll {
      const { endMs, bootId } = day
      return {
        dayMs,
        hours,
        ...(endMs !== undefined && { endMs }),
        ...(bootId !== undefined && { bootId }),
        series: minutes.series,
        // One that was not asked on this day is of the days before.
        checks: new Map(
          [...checks.checks]
            .filter(([, { last }]) => last !== undefined && last.wallMs >= dayMs)
            .map(([check, counted]) => [check, ofDay(counted)] as const),
        ),
        events: notes.events,
        alerts: notes.alerts,
      }
    },
  }
}

/** A check of two days as one of the second. */
function ofDay({ known, good, last, past }: DayOfCheck): DayOfCheck {
  const before = partsBefore({ known, good }, PARTS_OF_A_DAY)
  return {
    known: known.slice(PARTS_OF_A_DAY),
    good: good.slice(PARTS_OF_A_DAY),
    last,
    past,
    ...(before && { before }),
  }
}
