import { BINS, LINES, ORIGINS_PER_ANCHOR, PROFILE_STRETCHES, WINDOWS } from './parameters.ts'

/** Forecasts that are weighed: the last value, a median a window, a line a row of LINES, three of the profile. */
export const MODELS = 1 + WINDOWS.length + LINES.length + 3
/** Origins in the ring of an anchor: those in flight and the one being replaced. */
export const SLOTS = ORIGINS_PER_ANCHOR + 1
/** Numbers kept of an origin. */
export const ORIGIN_FIELDS = 16
/** Words of an origin: its cell, its value, and two of the other fields a word. */
export const SLOT_WORDS = 2 + ORIGIN_FIELDS / 2
/** Sums of a discounted line: of weights, ages and squared ages, of values and values by age. */
export const SUMS = 5
export const RECORD_HOURS = 24
/** Words of a profile besides its means. */
export const PROFILE_WORDS = 4

const SUM_WORDS = LINES.length * SUMS * 2
const LONGEST = WINDOWS[WINDOWS.length - 1] as number
const RANKS = WINDOWS.reduce<number>((sum, window) => sum + window, 0)

/** Where things lie in the words of a forecaster. The blocks of the anchors follow, then the rings of origins, then the profile. */
export const AT = {
  values: SUM_WORDS,
  /** In bytes. */
  ranks: (SUM_WORDS + LONGEST) * 4,
  bands: SUM_WORDS + LONGEST + Math.ceil(RANKS / 4),
  hours: SUM_WORDS + LONGEST + Math.ceil(RANKS / 4) + 2 * SLOTS,
  blocks: SUM_WORDS + LONGEST + Math.ceil(RANKS / 4) + 2 * SLOTS + RECORD_HOURS,
} as const

/** Where things lie in the block of an anchor, in words. */
export const IN_BLOCK = {
  /** How many values were compared with forecasts, faded. */
  judged: 0,
  /** How many residuals are in the bins, faded. */
  residuals: 1,
  /** What the 95 % band is widened by. */
  width: 2,
  /** Shares of values below and above the range seen at their origin. */
  below: 3,
  above: 4,
  /** The 95 % quantiles of the residuals, as of the last origin. */
  low: 5,
  high: 6,
  /** Interval scores of the two experts on the band: residuals, recent values. */
  scores: 7,
  errors: 9,
  bins: 9 + MODELS,
} as const
const BLOCK_WORDS = 9 + MODELS + BINS / 2
const RING_WORDS = SLOTS * SLOT_WORDS

/** One stretch of memory seen as numbers of four widths. */
export interface Memory {
  readonly f64: Float64Array
  readonly f32: Float32Array
  readonly u16: Uint16Array
  readonly u8: Uint8Array
}

/** Zeroed memory for so many anchors and rings, and a profile of so many stretches. */
export function createMemory(anchors: number, rings: number, stretches: number): Memory {
  const words =
    AT.blocks + anchors * BLOCK_WORDS + rings * RING_WORDS + (stretches === 0 ? 0 : PROFILE_WORDS + stretches)
  const buffer = new ArrayBuffer(4 * words)
  return {
    f64: new Float64Array(buffer, 0, LINES.length * SUMS),
    f32: new Float32Array(buffer),
    u16: new Uint16Array(buffer),
    u8: new Uint8Array(buffer, AT.ranks, RANKS),
  }
}

/** The first word of the block of an anchor. */
export const blockOf = (anchor: number): number => AT.blocks + anchor * BLOCK_WORDS

/** The first word of a ring of origins. */
export const ringAt = (anchors: number, ring: number): number => AT.blocks + anchors * BLOCK_WORDS + ring * RING_WORDS

/** How many stretches a season is remembered as. */
export const stretchesOf = (season: number | undefined): number =>
  season === undefined ? 0 : Math.min(PROFILE_STRETCHES, Math.floor(season))
