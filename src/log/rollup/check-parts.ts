import type { CheckState } from '../../model/check.ts'
import type { CheckHistory } from '../../model/history.ts'
import type { CheckLine } from '../line.ts'
import { type CheckPast, type CheckPastBuilder, createCheckPast } from './check-past.ts'

export const PART_MS = 300_000
/** A log in which nothing was written for so long: nobody was measuring. A thinned one still has a line a minute. */
const SILENCE_MS = 150_000
/** The time between two results of a check that may be a gap: a line a minute, and half as much again for one that is late. */
const USUAL_MS = 150_000
/** A gap longer than this many of the one before is one in which the check was not asked. */
const USUAL_GAPS = 2.5
/** Five times what anybody has configured: more are a log that somebody else wrote, and would take all memory. */
const MOST_CHECKS = 5000
/** Of silences: one that is longer ago is in nobody's stretch. */
const MOST_SILENCES = 1000

/** The last line of a check, and how long after the one before it came (0 where there was none). */
export interface LastResult {
  readonly wallMs: number
  readonly state: CheckState
  readonly sinceMs: number
  readonly gapMs: number
}

/** Seconds of each part that a check was known, and that it was up or degraded. */
export interface CheckParts {
  readonly known: Uint16Array
  readonly good: Uint16Array
}

interface Counting {
  /** Milliseconds of each part. */
  readonly known: Uint32Array
  readonly good: Uint32Array
  readonly past: CheckPastBuilder
  last: LastResult | undefined
}

/** All that is kept of a check of a day. */
export interface DayOfCheck extends CheckParts {
  readonly last: LastResult | undefined
  readonly past: CheckPast
  /** The last parts of the day before: from its last line to midnight. None where nothing was known of that time. */
  readonly before?: CheckParts
}

/** How checks were over one stretch, counted line by line, and what they found last. */
export interface CheckTable {
  /** Something was logged at this moment: healthtop was running. Every line of the log is told, in order. */
  alive(wallMs: number): void
  /** Up to this moment others have counted: what comes is not compared with what was before. */
  countedUntil(wallMs: number | undefined): void
  take(line: CheckLine): void
  /** Takes parts as they were counted before, the first of them at `firstPartMs`, where that count ended, and what was found until then. */
  join(
    check: string,
    firstPartMs: number,
    parts: CheckParts | undefined,
    last: LastResult | undefined,
    past?: CheckPast,
  ): void
  /** Parts of all checks, how each was last, and what it found. */
  readonly checks: ReadonlyMap<string, DayOfCheck>
  /** As the history has them. */
  history(): Map<string, CheckHistory>
}

/**
 * Counts over `parts` parts from `firstPartMs` on. The time from one line of a check to the next is that of the state it was in, and from
 * the moment at which it turned that of the new one; but for what nobody measured (the log is silent), and for what is too long for the
 * pace of the check, unless its state has not changed since before. What lies before the first part is left out.
 */
export function createCheckTable(firstPartMs: number, parts: number): CheckTable {
  const counts = new Map<string, Counting>()
  let lastAliveMs: number | undefined
  /** Stretches in which nothing was logged, in order. */
  const silences: { readonly fromMs: number; readonly toMs: number }[] = []
  const countingOf = (check: string): Counting | undefined => {
    const found = counts.get(check)
    if (found !== undefined || counts.size >= MOST_CHECKS) return found
    const counting = {
      known: new Uint32Array(parts),
      good: new Uint32Array(parts),
      past: createCheckPast(),
      last: undefined,
    }
    counts.set(check, counting)
    return counting
  }
  const add = (counting: Counting, state: CheckState, fromMs: number, toMs: number) => {
    if (state === 'unknown') return
    for (const [from, to] of without(silences, fromMs, toMs)) {
      addTime(counting.known, from - firstPartMs, to - firstPartMs)
      if (state !== 'down') addTime(counting.good, from - firstPartMs, to - firstPartMs)
    }
  }
  return {
    alive(wallMs) {
      if (lastAliveMs !== undefined && wallMs - lastAliveMs > SILENCE_MS) {
        silences.push({ fromMs: lastAliveMs, toMs: wallMs })
        if (silences.length > MOST_SILENCES) silences.shift()
      }
      lastAliveMs = wallMs
    },
    countedUntil(wallMs) {
      lastAliveMs = wallMs
    },
    take(line) {
      const { check, t, state, since_ms: sinceMs } = line
      const counting = countingOf(check)
      if (counting === undefined) return
      counting.past.take(line)
      const { last } = counting
      const gapMs = last === undefined ? 0 : Math.max(0, t - last.wallMs)
      if (last !== undefined && gapMs > 0) {
        const lasted = last.state === state && sinceMs <= last.wallMs
        if (lasted || gapMs <= Math.max(USUAL_MS, USUAL_GAPS * last.gapMs)) {
          const turnedMs = state === last.state ? t : Math.min(Math.max(sinceMs, last.wallMs), t)
          add(counting, last.state, last.wallMs, turnedMs)
          add(counting, state, turnedMs, t)
        }
      }
      counting.last = { wallMs: t, state, sinceMs, gapMs }
    },
    join(check, firstMs, counted, last, past) {
      const counting = countingOf(check)
      if (counting === undefined) return
      if (past !== undefined) counting.past.join(past)
      const shift = Math.round((firstMs - firstPartMs) / PART_MS)
      for (let index = Math.max(0, -shift); index < Math.min(counted?.known.length ?? 0, parts - shift); index++) {
        counting.known[index + shift] = Math.min(
          PART_MS,
          at(counting.known, index + shift) + 1000 * at(counted?.known, index),
        )
        counting.good[index + shift] = Math.min(
          PART_MS,
          at(counting.good, index + shift) + 1000 * at(counted?.good, index),
        )
      }
      if (last !== undefined && !(last.wallMs < (counting.last?.wallMs ?? last.wallMs))) counting.last = last
    },
    get checks() {
      return new Map(
        [...counts].map(([check, { known, good, last, past }]) => [
          check,
          { known: inSeconds(known), good: inSeconds(good), last, past: past.past },
        ]),
      )
    },
    history() {
      return new Map(
        [...counts].map(([check, { known, good, past }]) => [
          check,
          { firstPartMs, known: inSeconds(known), good: inSeconds(good), ...past.past },
        ]),
      )
    },
  }
}

/** Takes what a day knew of the end of the one before. */
export function joinBefore(table: CheckTable, check: string, dayMs: number, before: CheckParts | undefined): void {
  if (before !== undefined) table.join(check, dayMs - before.known.length * PART_MS, before, undefined)
}

/** The parts before one, but for the first ones in which nothing was known; undefined where that is all of them. */
export function partsBefore({ known, good }: CheckParts, end: number): CheckParts | undefined {
  const first = known.subarray(0, end).findIndex((seconds) => seconds > 0)
  return first < 0 ? undefined : { known: known.slice(first, end), good: good.slice(first, end) }
}

function at(values: Uint16Array | Uint32Array | undefined, index: number): number {
  return values?.[index] ?? 0
}

/** Rounded alike, so that what was good is never more than what was known. */
function inSeconds(ms: Uint32Array): Uint16Array {
  const seconds = new Uint16Array(ms.length)
  for (let index = 0; index < ms.length; index++) seconds[index] = Math.round(at(ms, index) / 1000)
  return seconds
}

/** Adds a stretch, told from the beginning of the first part, to the parts that it lies in. */
function addTime(parts: Uint32Array, fromMs: number, toMs: number): void {
  const end = Math.min(toMs, parts.length * PART_MS)
  for (let from = Math.max(0, fromMs); from < end; ) {
    const part = Math.floor(from / PART_MS)
    const to = Math.min(end, (part + 1) * PART_MS)
    parts[part] = Math.min(PART_MS, at(parts, part) + to - from)
    from = to
  }
}

/** A stretch without the silences in it. */
function* without(
  silences: readonly { readonly fromMs: number; readonly toMs: number }[],
  fromMs: number,
  toMs: number,
): Generator<readonly [from: number, to: number]> {
  let from = fromMs
  for (const silence of silences) {
    if (silence.toMs <= from || silence.fromMs >= toMs) continue
    if (silence.fromMs > from) yield [from, silence.fromMs]
    from = Math.max(from, silence.toMs)
  }
  if (from < toMs) yield [from, toMs]
}
