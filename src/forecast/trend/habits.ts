import { BLOCK_MS, KEPT } from './blocks.ts'
import type { Drift } from './drift.ts'

/** Lengths of the looks that habits are kept of, in blocks: a long rise is news where only short ones were seen, however fast. */
export const HABIT_BLOCKS: readonly number[] = [8, KEPT]
/** Blocks after which what was seen belongs to the past: the time that the next level needs to see it by itself. */
const ROUND = 32
/** How long it takes until half of what was unusual is forgotten. */
const HALF_LIFE_MS = 12 * 3_600_000
const FIELDS = 6
const KINDS = HABIT_BLOCKS.length
const LOOKS = BLOCK_MS.length * KINDS
/** Bytes that habits take of a buffer: a multiple of 4. */
export const HABITS_BYTES = 4 * LOOKS * FIELDS + 4 * Math.ceil(LOOKS / 4)

/**
 * How fast a series used to move, by the length of time looked at: the slowest and the fastest rate of each level and length. A move that it
 * often made before is no news, whatever it would lead to if it went on; a flat minute says something only where no minute was flat.
 */
export interface Habits {
  /** By level and length: low and high of the past, of the round before, of this round, NaN where nothing was seen. */
  readonly rates: Float32Array
  /** By level and length: how many this round has. */
  readonly seen: Uint8Array
}

/** The habits that lie in a buffer, from byte `at` on. */
export function habitsIn(buffer: ArrayBuffer, at: number): Habits {
  return {
    rates: new Float32Array(buffer, at, LOOKS * FIELDS),
    seen: new Uint8Array(buffer, at + 4 * LOOKS * FIELDS, LOOKS),
  }
}

export function createHabits(buffer = new ArrayBuffer(HABITS_BYTES), at = 0): Habits {
  const habits = habitsIn(buffer, at)
  forgetHabits(habits)
  return habits
}

export function forgetHabits({ rates, seen }: Habits): void {
  rates.fill(Number.NaN)
  seen.fill(0)
}

type Look = Pick<Drift, 'level' | 'spanMs' | 'rate' | 'error'>

function kindOf({ level, spanMs }: Pick<Look, 'level' | 'spanMs'>): number {
  return level * KINDS + (spanMs < KEPT * (BLOCK_MS[level] as number) ? 0 : 1)
}

/** Takes the rate of a look that has one of the lengths of `HABIT_BLOCKS`, once for each block. */
export function noteRate({ rates, seen }: Habits, look: Pick<Look, 'level' | 'spanMs' | 'rate'>): void {
  const { rate, level } = look
  const kind = kindOf(look)
  const from = kind * FIELDS
  if (!(rate >= (rates[from + 4] as number))) rates[from + 4] = rate
  if (!(rate <= (rates[from + 5] as number))) rates[from + 5] = rate
  seen[kind] = ((seen[kind] as number) + 1) % ROUND
  if (seen[kind] !== 0) return
  const fade = 0.5 ** ((ROUND * (BLOCK_MS[level] as number)) / HALF_LIFE_MS)
  const [low, high] = [rates[from + 2] as number, rates[from + 3] as number]
  const bottom = rates[from] as number
  const top = rates[from + 1] as number
  rates[from] = bottom < low ? low + (bottom - low) * fade : low
  rates[from + 1] = top > high ? high + (top - high) * fade : high
  rates[from + 2] = rates[from + 4] as number
  rates[from + 3] = rates[from + 5] as number
  rates[from + 4] = Number.NaN
  rates[from + 5] = Number.NaN
}

/** It never moved so before, as far as is known. */
export function unheardOf(habits: Habits, look: Look): boolean {
  return !isKnown(habits, look) || isOutside(habits, look)
}

/** It never moved so, and it is known how it did. */
export function wasNeverSo(habits: Habits, look: Look): boolean {
  return isKnown(habits, look) && isOutside(habits, look)
}

function isKnown({ rates }: Habits, look: Look): boolean {
  return !Number.isNaN(rates[kindOf(look) * FIELDS] as number)
}

/** Outside of what was seen by a quarter of it and twice the error. */
function isOutside({ rates }: Habits, look: Look): boolean {
  const from = kindOf(look) * FIELDS
  const [low, high] = [rates[from] as number, rates[from + 1] as number]
  const margin = Math.max(0.25 * Math.max(Math.abs(low), Math.abs(high)), 2 * look.error)
  return look.rate > high + margin || look.rate < low - margin
}

/** It moved as slowly in that direction before, and went on. */
export function wasAsSlow({ rates }: Habits, look: Look, sign: number): boolean {
  const slowest = rates[kindOf(look) * FIELDS + (sign > 0 ? 0 : 1)] as number
  return sign * look.rate > sign * slowest
}
