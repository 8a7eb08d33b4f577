import { BLOCK_MS, type Blocks } from './blocks.ts'
import { type Drift, driftOf, lookOf, partsOf } from './drift.ts'
import type { Held, Look } from './look.ts'

/** Numbers of a line besides its look, in the order they are kept in. */
const FIELDS = ['rate', 'error', 'wander', 'scatter', 'value', 'atMs', 'early', 'late', 'bend'] as const
/** What is believed: a line, a longer look at it, and one that has it slow down. */
const LINES = 3
/** What the levels from a minute on said: as many lines, of which the look is enough, and whether nothing longer was known. */
const COARSE = LINES
const LONGEST = COARSE + LINES
/** Bytes that judgements take of a buffer: a multiple of 8. */
export const JUDGED_BYTES = 8 * LINES * FIELDS.length + 8

/** What was found when the trend was judged last. */
export interface Judged {
  readonly f64: Float64Array
  /** Looks of the lines, one more than their numbers: 0 where there is none. */
  readonly u8: Uint8Array
}

/** The judgements that lie in a buffer, from byte `at` on; zeroed bytes are none. */
export function judgedIn(buffer: ArrayBuffer, at: number): Judged {
  return {
    f64: new Float64Array(buffer, at, LINES * FIELDS.length),
    u8: new Uint8Array(buffer, at + 8 * LINES * FIELDS.length, LONGEST + 1),
  }
}

export function heldOf(judged: Judged): Held | undefined {
  const drift = lineOf(judged, 0)
  return drift && { drift, longer: lineOf(judged, 1), slowing: lineOf(judged, 2) }
}

export function keepHeld(judged: Judged, held: Held | undefined): void {
  keepLine(judged, 0, held?.drift)
  keepLine(judged, 1, held?.longer)
  keepLine(judged, 2, held?.slowing)
}

/** In another order than `driftOf` makes them: where objects of equal shape come from two places, V8 goes on converting one into the other. */
function lineOf({ f64, u8 }: Judged, line: number): Drift | undefined {
  const look = u8[line] as number
  if (look === 0) return undefined
  const { level, count } = partsOf(look - 1)
  const number = (field: number) => f64[line * FIELDS.length + field] as number
  return {
    rate: number(0),
    error: number(1),
    wander: number(2),
    scatter: number(3),
    value: number(4),
    atMs: number(5),
    early: number(6),
    late: number(7),
    bend: number(8),
    level,
    spanMs: count * (BLOCK_MS[level] as number),
  }
}

function keepLine({ f64, u8 }: Judged, line: number, drift: Drift | undefined): void {
  u8[line] = numberOf(drift)
  if (drift === undefined) return
  FIELDS.forEach((field, i) => {
    f64[line * FIELDS.length + i] = drift[field]
  })
}

/** The lines are still those of its looks: it is kept anew whenever a block is closed on one of these levels. */
export function coarseOf({ u8 }: Judged, blocks: Blocks): Look {
  const line = (at: number) => {
    const look = u8[COARSE + at] as number
    if (look === 0) return undefined
    const { level, count } = partsOf(look - 1)
    return driftOf(blocks, level, count)
  }
  return { found: line(0), longer: line(1), slowing: line(2), longest: u8[LONGEST] === 0 }
}

export function keepCoarse({ u8 }: Judged, { found, longer, slowing, longest }: Look): void {
  u8[COARSE] = numberOf(found)
  u8[COARSE + 1] = numberOf(longer)
  u8[COARSE + 2] = numberOf(slowing)
  u8[LONGEST] = longest ? 0 : 1
}

function numberOf(drift: Drift | undefined): number {
  return drift === undefined ? 0 : 1 + lookOf(drift)
}
