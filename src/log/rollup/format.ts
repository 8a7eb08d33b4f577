import { gunzipSync, gzipSync } from 'node:zlib'
import { messageOf } from '../../lib/trouble.ts'
import { CHECK_ORDER, type CheckState } from '../../model/check.ts'
import type { MinuteColumns } from '../../model/history.ts'
import {
  decodeChanges,
  decodeResults,
  encodeChanges,
  encodeResults,
  RESULT_BYTES,
  resultsNear,
} from './check-blocks.ts'
import type { CheckParts, DayOfCheck, LastResult } from './check-parts.ts'
import { type CheckPast, NO_RESULTS } from './check-past.ts'
import { columnsIn } from './minutes.ts'
import { fromPlanes, toPlanes } from './planes.ts'

/*
 * A roll-up is the history of one UTC day: `htroll1\n`, the length of the head (4 bytes, little-endian), the head, and blocks behind it.
 * Head and blocks are gzip (RFC 1952), whose CRC-32 tells damage. The head is JSON and says where each block lies, counted from the end of
 * the head, so that whoever wants five series reads the head and five blocks.
 */

const MAGIC = Buffer.from('htroll1\n', 'latin1')
/** Magic and the length of the head. */
export const PREFIX_BYTES = MAGIC.length + 4
const HOURS = 24
export const MINUTES_OF_A_DAY = 1440
export const PARTS_OF_A_DAY = 288
const SERIES_BYTES = 4 * 4 * MINUTES_OF_A_DAY
/** Nothing in a roll-up is larger: what claims to be is damaged. */
const LARGEST = 256 * 1024 * 1024
const LARGEST_CHUNK = 256 * 1024
/** The fastest: with bytes in planes others gain two percent. */
const LEVEL = 1

/** The history of a day. */
export interface Roll {
  /** Wall time at which the day begins. */
  readonly dayMs: number
  /** For each hour of the day how many bytes of its lines are in here; undefined where the hour was not over, or has no lines. */
  readonly hours: readonly (number | undefined)[]
  /** Wall time of the last line. */
  readonly endMs?: number
  /** Of the last run that began on this day. */
  readonly bootId?: string
  /** 1440 minutes each. */
  readonly series: ReadonlyMap<string, MinuteColumns>
  /** 288 parts each. */
  readonly checks: ReadonlyMap<string, DayOfCheck>
  /** Lines of the log, oldest first: events, and the last line of each alert. */
  readonly events: readonly string[]
  readonly alerts: readonly string[]
}

/** Where a block lies, in bytes from the end of the head. */
export interface Place {
  readonly offset: number
  readonly length: number
}

/** What the head of a roll-up tells of a check. */
export interface CheckHead {
  readonly check: string
  readonly last: LastResult | undefined
  /** How many there are of it. */
  readonly results: number
  readonly flappingSinceMs?: number
  /** Of the end of the day before. */
  readonly before?: CheckParts
}

/** What the head of a roll-up tells. */
export interface RollHead {
  readonly dayMs: number
  readonly hours: readonly (number | undefined)[]
  readonly endMs?: number
  readonly bootId?: string
  readonly series: ReadonlyMap<string, Place>
  readonly checks: readonly CheckHead[]
  readonly checksAt: Place
  readonly resultsAt: Place
  readonly changesAt: Place
  readonly events: number
  readonly alerts: number
  readonly linesAt: Place
}

/** A roll-up that cannot be read: of another version, cut off, overwritten. It is made anew from the log. */
export class RollDamaged extends Error {
  override readonly name = 'RollDamaged'
}

export function encodeRoll(roll: Roll): Buffer {
  const blocks: Buffer[] = []
  let offset = 0
  const place = (content: Buffer): Place => {
    const block = gzipSync(content, { level: LEVEL })
    const at = { offset, length: block.length }
    blocks.push(block)
    offset += block.length
    return at
  }
  const series = [...roll.series].map(([key, columns]) => {
    const { offset: from, length } = place(toPlanes(joined(columns)))
    return [key, from, length]
  })
  const results = [...roll.checks.values()].map(({ past }) => resultsNear(roll.dayMs, past.results))
  const checksAt = place(partsOf([...roll.checks.values()]))
  const resultsAt = place(encodeResults(roll.dayMs, results))
  const changesAt = place(encodeChanges([...roll.checks.values()].map(({ past }) => past.changes)))
  const linesAt = place(Buffer.from([...roll.events, ...roll.alerts].join('\n'), 'utf8'))
  const json = JSON.stringify({
    day: roll.dayMs,
    hours: Array.from({ length: HOURS }, (_, hour) => roll.hours[hour] ?? null),
    end: roll.endMs,
    boot: roll.bootId,
    series,
    checks: [...roll.checks].map(([check, { last, past }], index) => {
      if (last === undefined) return [check]
      const { wallMs, state, sinceMs, gapMs } = last
      const found = results[index]?.wallMs.length
      return [check, wallMs, CHECK_ORDER.indexOf(state), sinceMs, gapMs, found, past.flappingSinceMs]
    }),
    before: [...roll.checks.values()].flatMap(({ before }, index) =>
      before === undefined ? [] : [[index, [...before.known], [...before.good]]],
    ),
    checks_at: [checksAt.offset, checksAt.length],
    results_at: [resultsAt.offset, resultsAt.length],
    changes_at: [changesAt.offset, changesAt.length],
    events: roll.events.length,
    alerts: roll.alerts.length,
    lines_at: [linesAt.offset, linesAt.length],
  })
  const head = gzipSync(json, { level: LEVEL })
  const length = Buffer.alloc(4)
  length.writeUInt32LE(head.length)
  return Buffer.concat([MAGIC, length, head, ...blocks])
}

/** The length of the head, by the first PREFIX_BYTES of a file. Throws RollDamaged. */
export function headLength(prefix: Buffer): number {
  if (prefix.length < PREFIX_BYTES || !prefix.subarray(0, MAGIC.length).equals(MAGIC))
    throw new RollDamaged('it is no roll-up of this version')
  return prefix.readUInt32LE(MAGIC.length)
}

/** Throws RollDamaged. */
export function decodeHead(bytes: Buffer): RollHead {
  const text = unpacked(bytes, LARGEST).toString('utf8')
  try {
    return headOf(JSON.parse(text))
  } catch (error) {
    throw new RollDamaged(`its head makes no sense: ${messageOf(error)}`)
  }
}

/** The minutes of a series, 1440 of them. Throws RollDamaged. */
export function decodeSeries(block: Buffer): MinuteColumns {
  const planes = unpacked(block, SERIES_BYTES)
  if (planes.length !== SERIES_BYTES) throw new RollDamaged('a series has too few minutes')
  return columnsIn(fromPlanes(planes))
}

/** The parts of each check, in the order of the head. Throws RollDamaged. */
export function decodeChecks(block: Buffer, checks: number): CheckParts[] {
  const one = 2 * PARTS_OF_A_DAY
  const bytes = unpacked(block, 2 * one * checks)
  if (bytes.length !== 2 * one * checks) throw new RollDamaged('a check has too few parts')
  const values = new Uint16Array(one * checks)
  for (let index = 0; index < values.length; index++)
    values[index] = (bytes[2 * index] as number) | ((bytes[2 * index + 1] as number) << 8)
  return Array.from({ length: checks }, (_, index) => ({
    known: values.subarray(one * index, one * index + PARTS_OF_A_DAY),
    good: values.subarray(one * index + PARTS_OF_A_DAY, one * (index + 1)),
  }))
}

/** What each check found and how it turned, in the order of the head; without a block of results how it turned alone. Throws RollDamaged. */
export function decodePasts(results: Buffer | undefined, changes: Buffer, { dayMs, checks }: RollHead): CheckPast[] {
  const counts = checks.map(({ results: count }) => count)
  const total = counts.reduce((sum, count) => sum + count, 0)
  const found = results && unpacked(results, RESULT_BYTES * total)
  const turned = unpacked(changes, LARGEST)
  try {
    const columns = found && decodeResults(dayMs, found, counts)
    const turns = decodeChanges(turned)
    return checks.map(({ flappingSinceMs }, index) => ({
      results: columns?.[index] ?? NO_RESULTS,
      changes: turns[index] ?? [],
      ...(flappingSinceMs !== undefined && { flappingSinceMs }),
    }))
  } catch (error) {
    throw new RollDamaged(`its checks make no sense: ${messageOf(error)}`)
  }
}

/** Throws RollDamaged. */
export function decodeLines(block: Buffer, { events, alerts }: RollHead): Pick<Roll, 'events' | 'alerts'> {
  const text = unpacked(block, LARGEST).toString('utf8')
  const lines = text === '' ? [] : text.split('\n')
  if (lines.length !== events + alerts) throw new RollDamaged('it has other lines than its head says')
  return { events: lines.slice(0, events), alerts: lines.slice(events) }
}

function joined({ min, mean, max, last }: MinuteColumns): Float32Array {
  const values = new Float32Array(4 * min.length)
  for (const [index, column] of [min, mean, max, last].entries()) values.set(column, index * min.length)
  return values
}

function partsOf(checks: readonly CheckParts[]): Buffer {
  const bytes = Buffer.alloc(checks.length * 4 * PARTS_OF_A_DAY)
  let offset = 0
  for (const { known, good } of checks)
    for (const column of [known, good]) for (const value of column) offset = bytes.writeUInt16LE(value, offset)
  return bytes
}

function unpacked(bytes: Buffer, most: number): Buffer {
  try {
    // Zero would mean no limit. In one chunk, where it is known how large it is: several are copied together.
    const chunkSize = Math.min(Math.max(64, most), LARGEST_CHUNK)
    return gunzipSync(bytes, { maxOutputLength: Math.max(1, most), chunkSize })
  } catch (error) {
    throw new RollDamaged(`it is damaged: ${messageOf(error)}`)
  }
}

/** The CRC has held, so this is what was once written, if by another version. Throws where it is not of this shape. */
function headOf(json: {
  readonly day: number
  readonly hours: readonly (number | null)[]
  readonly end?: number
  readonly boot?: string
  readonly series: readonly (readonly [key: string, offset: number, length: number])[]
  readonly checks: readonly (readonly [
    check: string,
    wallMs?: number,
    state?: number,
    sinceMs?: number,
    gapMs?: number,
    results?: number,
    flappingSinceMs?: number | null,
  ])[]
  /** By their places in `checks`. */
  readonly before?: readonly (readonly [index: number, known: readonly number[], good: readonly number[]])[]
  readonly checks_at: readonly [number, number]
  readonly results_at: readonly [number, number]
  readonly changes_at: readonly [number, number]
  readonly events: number
  readonly alerts: number
  readonly lines_at: readonly [number, number]
}): RollHead {
  if (!Number.isSafeInteger(json.day) || json.hours.length !== HOURS) throw new TypeError('it is of no day')
  const befores = new Map((json.before ?? []).map(([index, known, good]) => [index, partsIn(known, good)]))
  return {
    dayMs: json.day,
    hours: json.hours.map((bytes) => bytes ?? undefined),
    ...(json.end !== undefined && { endMs: json.end }),
    ...(json.boot !== undefined && { bootId: json.boot }),
    series: new Map(json.series.map(([key, offset, length]) => [key, placeOf([offset, length])])),
    checks: json.checks.map(([check, wallMs, state, sinceMs, gapMs, results = 0, flappingSinceMs], index) => ({
      check,
      last:
        wallMs === undefined || sinceMs === undefined || gapMs === undefined
          ? undefined
          : { wallMs, state: CHECK_ORDER[state ?? -1] ?? ('unknown' satisfies CheckState), sinceMs, gapMs },
      results,
      ...(typeof flappingSinceMs === 'number' && { flappingSinceMs }),
      ...(befores.has(index) && { before: befores.get(index) as CheckParts }),
    })),
    checksAt: placeOf(json.checks_at),
    resultsAt: placeOf(json.results_at),
    changesAt: placeOf(json.changes_at),
    events: json.events,
    alerts: json.alerts,
    linesAt: placeOf(json.lines_at),
  }
}

function partsIn(known: readonly number[], good: readonly number[]): CheckParts {
  if (known.length !== good.length || known.length > PARTS_OF_A_DAY) throw new TypeError('parts of no day')
  return { known: Uint16Array.from(known), good: Uint16Array.from(good) }
}

function placeOf([offset, length]: readonly [number, number]): Place {
  if (!(offset >= 0 && length >= 0 && length <= LARGEST)) throw new TypeError('a block lies nowhere')
  return { offset, length }
}
