import { BLOCKS_BYTES, type Blocks, blocksIn, createBlocks } from './blocks.ts'
import { createHabits, HABITS_BYTES, type Habits, habitsIn } from './habits.ts'
import { heldOf, JUDGED_BYTES, judgedIn } from './held.ts'
import type { Held } from './look.ts'
import { createSpread, SPREAD_BYTES, type Spread, spreadIn } from './spread.ts'
import { SWINGS_BYTES, type Swings, swingsIn } from './swings.ts'

interface SwingLevel {
  readonly level: number
  readonly memoryMs: number
  /** Noise of short blocks looks like teeth more often. */
  readonly leastTeeth: number
}

/** Levels of blocks whose turning points are kept, and for how long. */
export const SWING_LEVELS: readonly SwingLevel[] = [
  { level: 0, memoryMs: 3_600_000, leastTeeth: 5 },
  { level: 2, memoryMs: 36 * 3_600_000, leastTeeth: 4 },
  { level: 4, memoryMs: 7 * 24 * 3_600_000, leastTeeth: 3 },
]

/**
 * What is kept of where a series is going, besides its next values: two kilobytes, whatever it was fed. They lie in one buffer, in parts that
 * the files of this folder look into for as long as a call takes: typed arrays that stay would take as much again.
 */
export interface Trend {
  readonly buffer: ArrayBuffer
  /** The first byte of its own. */
  readonly at: number
}

/** The same as it is asked and judged by. */
export interface TrendState {
  readonly samples: number
  readonly firstMs: number
  readonly lastMs: number
  /** The last values, newest last. */
  readonly recent: readonly [number, number, number]
  readonly blocks: Blocks
  readonly spread: Spread
  readonly habits: Habits
  /** The same since the trend that is believed, or was last, began. */
  readonly lately: Habits
  readonly swings: readonly Swings[]
  /** Whether teeth are believed, two numbers for each level of turning points: of the peaks, and of the valleys of a series seen upside down. */
  readonly teeth: Uint8Array
  /** The trend that is believed. */
  readonly held: Held | undefined
}

/** Places of single numbers, of 64 bits. */
export const SINGLE = {
  samples: 0,
  firstMs: 1,
  lastMs: 2,
  /** When the last one came that was no minute. */
  sampledMs: 3,
  recent: 4,
  /** Judgements in a row that said something else than what is believed. */
  doubts: 7,
} as const
const SINGLES = 8

const SPREAD = 8 * SINGLES
const BLOCKS = SPREAD + SPREAD_BYTES
const JUDGED = BLOCKS + BLOCKS_BYTES
const HABITS = JUDGED + JUDGED_BYTES
const LATELY = HABITS + HABITS_BYTES
const SWINGS = LATELY + HABITS_BYTES
const TEETH = SWINGS + SWING_LEVELS.length * SWINGS_BYTES
/** How many bytes a trend takes of a buffer, a multiple of 8. */
export const TREND_BYTES = 8 * Math.ceil((TEETH + 2 * SWING_LEVELS.length) / 8)

/** Nothing is known yet. It has a buffer of its own, or zeroed bytes of one from `at`, a multiple of 8, on. */
export function createTrend(buffer = new ArrayBuffer(TREND_BYTES), at = 0): Trend {
  const trend = { buffer, at }
  singlesOf(trend).fill(Number.NaN, SINGLE.firstMs, SINGLE.doubts)
  createSpread(buffer, at + SPREAD)
  createBlocks(buffer, at + BLOCKS)
  createHabits(buffer, at + HABITS)
  createHabits(buffer, at + LATELY)
  return trend
}

export const singlesOf = ({ buffer, at }: Trend): Float64Array => new Float64Array(buffer, at, SINGLES)
export const spreadOf = ({ buffer, at }: Trend): Spread => spreadIn(buffer, at + SPREAD)
export const blocksOf = ({ buffer, at }: Trend): Blocks => blocksIn(buffer, at + BLOCKS)
export const judgedOf = ({ buffer, at }: Trend) => judgedIn(buffer, at + JUDGED)

/** All of it, to ask and to judge by. */
export function openTrend(trend: Trend): TrendState {
  const { buffer, at } = trend
  const singles = singlesOf(trend)
  return {
    samples: singles[SINGLE.samples] as number,
    firstMs: singles[SINGLE.firstMs] as number,
    lastMs: singles[SINGLE.lastMs] as number,
    recent: [
      singles[SINGLE.recent] as number,
      singles[SINGLE.recent + 1] as number,
      singles[SINGLE.recent + 2] as number,
    ],
    blocks: blocksOf(trend),
    spread: spreadOf(trend),
    habits: habitsIn(buffer, at + HABITS),
    lately: habitsIn(buffer, at + LATELY),
    swings: SWING_LEVELS.map((_, index) => swingsIn(buffer, at + SWINGS + index * SWINGS_BYTES)),
    teeth: new Uint8Array(buffer, at + TEETH, 2 * SWING_LEVELS.length),
    held: heldOf(judgedOf(trend)),
  }
}
