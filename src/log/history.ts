import { troubleOf } from '../lib/trouble.ts'
import { NO_MARKS } from '../model/alert.ts'
import type { History } from '../model/history.ts'
import { DAY_MS, logFolder } from './files.ts'
import { createNoteCollector } from './history-notes.ts'
import { readMarks } from './marks.ts'
import type { Tally } from './read/file-lines.ts'
import { listLog } from './read/files.ts'
import { readRecent } from './recent.ts'
import { type CheckTable, createCheckTable, PART_MS } from './rollup/check-parts.ts'
import { createDayLines } from './rollup/day-lines.ts'
import { type Day, daysOf, tailOf } from './rollup/days.ts'
import { type OpenRoll, withReadable } from './rollup/file.ts'
import { PARTS_OF_A_DAY } from './rollup/format.ts'
import { createMinuteTable, MINUTE_MS, type MinuteTable } from './rollup/minutes.ts'
import { createNotes, type Notes } from './rollup/notes.ts'
import { daysOfResults } from './rollup/wanted-results.ts'

const MINUTES = 1440
/** Availability is told of a week. */
const PARTS = 7 * PARTS_OF_A_DAY

export interface HistoryWanted {
  readonly nowMs: number
  /** Minutes of the series, up to the one that goes on; 1440 unless given. */
  readonly minutes?: number
}

/**
 * What earlier runs left in a state folder: roll-ups, and lines where they do not reach. Nothing is written but that marks which make no
 * sense are put aside; without any, because they cannot be read, it is a history all the same. A folder that is not there is an empty history; rejects where it cannot be read, and with the signal's reason.
 */
export async function readHistory(state: string, wanted: HistoryWanted, signal?: AbortSignal): Promise<History> {
  const { nowMs, minutes = MINUTES } = wanted
  const openMinute = Math.floor(nowMs / MINUTE_MS)
  const table = createMinuteTable((openMinute - minutes + 1) * MINUTE_MS, minutes)
  const checks = createCheckTable((Math.floor(nowMs / PART_MS) - PARTS + 1) * PART_MS, PARTS)
  const tally: Tally = { lines: 0, skipped: 0 }
  const files = await listLog(logFolder(state))
  const days = daysOf(files)
  const firstMs = Math.min(table.firstMinuteMs, nowMs - PARTS * PART_MS)
  const told = new Map<number, Told>()
  // Days that are to come are those of a clock that was ahead: what happened then did happen.
  const within = days.filter(({ dayMs }) => dayMs + DAY_MS > firstMs)
  const withResults = await daysOfResults(within)
  for (const day of within) {
    told.set(day.dayMs, await readDay(day, { table, checks, withResults, tally, signal }))
    signal?.throwIfAborted()
  }
  const collector = createNoteCollector()
  let bootId: string | undefined
  for (const day of days.toReversed()) {
    if (!collector.wantsMore && bootId !== undefined) break
    const read = told.get(day.dayMs)
    collector.take(read?.notes ?? { events: [], alerts: [] })
    bootId ??= read?.bootId
    if (day.roll === undefined || read?.rolled === false) continue
    const roll = await withReadable(day.roll, async ({ head, lines }) => ({
      bootId: head.bootId,
      lines: collector.wantsMore && head.events + head.alerts > 0 ? await lines() : { events: [], alerts: [] },
    }))
    if (roll === undefined) tally.skipped++
    collector.take(roll?.lines ?? { events: [], alerts: [] })
    bootId ??= roll?.bootId
    signal?.throwIfAborted()
  }
  const ends = [...told.values()].flatMap(({ endMs }) => endMs ?? [])
  const kept = await marksIn(state)
  const recent = await readRecent(files.hours, nowMs, signal)
  return {
    firstMinuteMs: table.firstMinuteMs,
    minutes,
    series: columnsOf(table),
    ...(recent && { recent }),
    checks: checks.history(),
    records: collector.records,
    events: collector.events,
    ...kept,
    ...(ends.length > 0 && { endMs: Math.max(...ends) }),
    ...(bootId !== undefined && { bootId }),
    skipped: tally.skipped,
  }
}

async function marksIn(state: string): Promise<Pick<History, 'marks' | 'marksTrouble'>> {
  try {
    const { marks, aside } = await readMarks(state)
    if (aside === undefined) return { marks }
    return { marks, marksTrouble: { text: `what was done to them made no sense, and is in ${aside} now`, aside: true } }
  } catch (error) {
    const text = `what was done to them cannot be read, and what is done now is not kept: ${troubleOf(error)}`
    return { marks: NO_MARKS, marksTrouble: { text, aside: false } }
  }
}

/** What a day told beside its figures. */
interface Told {
  /** Of its lines; those that are rolled up are not among them. */
  readonly notes: Notes
  readonly rolled: boolean
  readonly endMs: number | undefined
  readonly bootId: string | undefined
}

interface Reading {
  readonly table: MinuteTable
  readonly checks: CheckTable
  /** Days whose results of checks are wanted. */
  readonly withResults: ReadonlySet<number>
  readonly tally: Tally
  readonly signal: AbortSignal | undefined
}

/** Reads what a day has of a stretch: its roll-up, then the lines that are not in it. */
async function readDay(day: Day, { table, checks, withResults, tally, signal }: Reading): Promise<Told> {
  const needsSeries = day.dayMs + DAY_MS > table.firstMinuteMs
  const rolled = await readRolled(day, tally, async (roll) => ({
    head: roll.head,
    series: needsSeries ? await roll.allSeries() : [],
    parts: await roll.checks(),
    pasts: await roll.pasts(withResults.has(day.dayMs) ? undefined : 'changes alone'),
  }))
  const notes = createNotes()
  const lines = createDayLines(day.dayMs, { minutes: table, checks, notes })
  if (rolled !== undefined) lines.join(rolled)
  for (const tail of (await tailOf(day.hours, rolled?.head.hours)) ?? []) await lines.take(tail, tally, signal)
  return { notes, rolled: rolled !== undefined, endMs: lines.endMs, bootId: lines.bootId }
}

/** What `use` makes of a day's roll-up, if it is one of the day's lines; undefined where all has to come from them. */
async function readRolled<T>(day: Day, tally: Tally, use: (roll: OpenRoll) => Promise<T>): Promise<T | undefined> {
  if (day.roll === undefined) return undefined
  let other = false
  const read = await withReadable(day.roll, async (roll) => {
    other = (await tailOf(day.hours, roll.head.hours)) === undefined
    return other ? undefined : use(roll)
  })
  if (read === undefined && !other) tally.skipped++
  return read
}

function columnsOf({ series }: MinuteTable): History['series'] {
  return new Map([...series].map(([key, { min, mean, max, last }]) => [key, { min, mean, max, last }]))
}
