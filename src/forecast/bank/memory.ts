import { BINS, LINES, ORIGINS_PER_ANCHOR, WINDOWS } from './parameters.ts'

/** Forecasts that are weighed: the last value, a median a window, a line a row of LINES; and where there is a season three of its profile. */
export const PLAIN_MODELS = 1 + WINDOWS.length + LINES.length
export const MODELS = PLAIN_MODELS + 3
/** Origins in the ring of an anchor: those in flight and the one being replaced. */
export const SLOTS = ORIGINS_PER_ANCHOR + 1
/** Numbers kept of an origin. */
export const ORIGIN_FIELDS = 16
/** Words of an origin: its value, and in halves of a word its cell and the other fields. */
export const SLOT_WORDS = 1 + ORIGIN_FIELDS / 2
/** Sums of a discounted line: of weights, ages and squared ages, of values and values by age. */
export const SUMS = 5
export const RECORD_HOURS = 24
/** Words of a profile besides its means. */
export const PROFILE_WORDS = 4

/** Numbers of 64 bits: the sums of the lines, and what state.ts puts behind them. */
export const SINGLES_AT = LINES.length * SUMS
export const SINGLES = 10
const LONGEST = WINDOWS[WINDOWS.length - 1] as number
const RANKS = WINDOWS.reduce<number>((sum, window) => sum + window, 0)

const VALUES = 2 * (SINGLES_AT + SINGLES)
const BANDS = VALUES + LONGEST + Math.ceil(RANKS / 4)
const HOURS = BANDS + 2 * SLOTS

/** Where things lie in the words of a forecaster. The blocks of the anchors follow, then the rings of origins, then the profile. */
export const AT = {
  values: VALUES,
  /** In bytes. */
  ranks: 4 * (VALUES + LONGEST),
  bands: BANDS,
  hours: HOURS,
  blocks: HOURS + RECORD_HOURS,
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
  bins: 9,
  /** Mean absolute errors of the models: of as many as take part, at the end of the block. */
  errors: 9 + BINS / 2,
} as const
const RING_WORDS = SLOTS * SLOT_WORDS

/**
 * One stretch of memory seen as numbers of four widths. Each of these views takes a hundred bytes besides the numbers, so they are made for
 * a call and go with it; that takes 0.1 µs.
 */
export interface Memory {
  readonly f64: Float64Array
  readonly f32: Float32Array
  readonly u16: Uint16Array
  readonly u8: Uint8Array
}

/** First words of the blocks of so many anchors and of so many rings, and how many words they take with a profile of so many stretches, 0 for none. */
export function layOut(
  anchors: number,
  rings: number,
  stretches: number,
): { readonly blocks: readonly number[]; readonly rings: readonly number[]; readonly words: number } {
  const blockWords = IN_BLOCK.errors + (stretches === 0 ? PLAIN_MODELS : MODELS)
  const ringsAt = AT.blocks + anchors * blockWords
  const profileAt = ringsAt + rings * RING_WORDS
  return {
    blocks: Array.from({ length: anchors }, (_, anchor) => AT.blocks + anchor * blockWords),
    rings: Array.from({ length: rings }, (_, ring) => ringsAt + ring * RING_WORDS),
    words: profileAt + (stretches === 0 ? 0 : PROFILE_WORDS + stretches),
  }
}

/** The memory of so many words that begins at a byte of a buffer, a multiple of 8. */
export function memoryIn(buffer: ArrayBuffer, at: number, words: number): Memory {
  return {
    f64: new Float64Array(buffer, at, SINGLES_AT + SINGLES),
    f32: new Float32Array(buffer, at, words),
    u16: new Uint16Array(buffer, at, 2 * words),
    u8: new Uint8Array(buffer, at + AT.ranks, RANKS),
  }
}
