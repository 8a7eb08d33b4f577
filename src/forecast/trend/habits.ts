import { BLOCK_MS, KEPT } from './blocks.ts'
import type { Drift } from './drift.ts'

/** Lengths of the looks that habits are kept of, in blocks: a long rise is news where only short ones were seen, however fast. */
export const HABIT_BLOCKS: readonly number[] = [8, KEPT]
/** Blocks after which what was seen belongs to the past: the time that the next level needs to see it by itself. */
const ROUND = 32
/** How long it takes until half of what was unusual is forgotten. */
const HALF_LIFE_MS = 12 * 3_600_000
const FIELDS = 7
const KINDS = HABIT_BLOCKS.length

/**
 * How fast a series used to move, by the length of time looked at: the slowest and the fastest rate of each level and length. A move that it
 * often made before is no news, whatever it would lead to if it went on; a flat minute says something only where no minute was flat.
 */
export interface Habits {
  /** By level and length: low and high of the past, of the round before, of this round, NaN where nothing was seen; and how many this round has. */
  readonly rates: Float32Array
}

export function createHabits(): Habits {
  return {
    rates: new Float32Array(BLOCK_MS.length * KINDS * FIELDS).map((_, at) => (at % FIELDS === 6 ? 0 : Number.NaN)),
  }
}

type Look = Pick<Drift, 'level' | 'spanMs' | 'rate' | 'error'>

function kindOf({ level, spanMs }: Pick<Look, 'level' | 'spanMs'>): number {
  return level * KINDS + (spanMs < KEPT * (BLOCK_MS[level] as number) ? 0 : 1)
}

/** Takes the rate of a look that has one of the lengths of `HABIT_BLOCKS`, once for each block. */
export function noteRate({ rates }: Habits, look: Pick<Look, 'level' | 'spanMs' | 'rate'>): void {
  const { rate, level } = look
  const from = kindOf(look) * FIELDS
  if (!(rate >= (rates[from + 4] as number))) rates[from + 4] = rate
  if (!(rate <= (rates[from + 5] as number))) rates[from + 5] = rate
  const seen = (rates[from + 6] as number) + 1
  rates[from + 6] = seen % ROUND
  if (seen < ROUND) return
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
