import { addBlock, addToBlocks, BLOCK_MS, type Blocks, createBlocks, MINUTE_LEVEL } from './blocks.ts'
import { driftOf } from './drift.ts'
import { createHabits, HABIT_BLOCKS, type Habits, noteRate } from './habits.ts'
import { type Held, type Look, lookAt, NOTHING } from './look.ts'
import { createSpread, type Spread, spreadSample } from './spread.ts'
import { createSwings, type Swings, swing } from './swings.ts'
import { type Envelope, envelopeOf } from './teeth.ts'

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
/** Judgements in a row that a trend needs to be believed, and to be given up. */
const CONFIRM = 2
const DOUBT = 3

/** What is known of where a series is going, besides its next values: in about a kilobyte, whatever it was fed. */
export interface Trend {
  readonly blocks: Blocks
  readonly habits: Habits
  /** The same since the trend that is believed, or was last, began. */
  lately: Habits | undefined
  readonly swings: readonly Swings[]
  /** The teeth that are believed, one for each level of turning points; of the peaks, and of the valleys of a series seen upside down. */
  readonly rising: (Envelope | undefined)[]
  readonly falling: (Envelope | undefined)[]
  /** The trend that is believed: as seen in the shortest time that tells something new, and in the longest that agrees in direction. */
  held: Held | undefined
  /** Judgements in a row that said something else than `held`. */
  doubts: number
  samples: number
  firstMs: number
  lastMs: number
  sampledMs: number
  /** The last values, newest last. */
  readonly recent: [number, number, number]
  readonly spread: Spread
  /** What the levels from a minute on say; it holds until the next of their blocks is closed. */
  coarse: Look
}

export function createTrend(): Trend {
  return {
    blocks: createBlocks(),
    habits: createHabits(),
    lately: undefined,
    swings: SWING_LEVELS.map(createSwings),
    rising: SWING_LEVELS.map(() => undefined),
    falling: SWING_LEVELS.map(() => undefined),
    held: undefined,
    doubts: 0,
    samples: 0,
    firstMs: Number.NaN,
    lastMs: Number.NaN,
    sampledMs: Number.NaN,
    recent: [Number.NaN, Number.NaN, Number.NaN],
    spread: createSpread(),
    coarse: NOTHING,
  }
}

export function trendSample(trend: Trend, atMs: number, value: number): void {
  if (!Number.isFinite(value) || !Number.isFinite(atMs)) return
  trend.sampledMs = atMs
  spreadSample(trend.spread, atMs, value)
  note(trend, atMs, value)
  let top = -1
  addToBlocks(trend.blocks, 0, atMs, value, (level, mean, endMs) => {
    closed(trend, level, mean, endMs)
    top = Math.max(top, level)
  })
  if (top >= 0) judge(trend, top >= MINUTE_LEVEL)
}

/** A minute of which no sample was seen, such as one from the history: four of them are judged at once. */
export function trendMinute(trend: Trend, startMs: number, mean: number): void {
  if (!Number.isFinite(mean) || !Number.isFinite(startMs) || startMs <= trend.sampledMs) return
  note(trend, startMs + 60_000, mean)
  let top = -1
  addBlock(trend.blocks, MINUTE_LEVEL, startMs, mean, (level, of, endMs) => {
    closed(trend, level, of, endMs)
    top = Math.max(top, level)
  })
  if (top > MINUTE_LEVEL) judge(trend, true)
}

function note(trend: Trend, atMs: number, value: number): void {
  if (trend.samples === 0) trend.firstMs = atMs
  trend.samples++
  trend.lastMs = atMs
  const { recent } = trend
  recent[0] = recent[1]
  recent[1] = recent[2]
  recent[2] = value
}

function closed(trend: Trend, level: number, mean: number, endMs: number): void {
  for (const count of HABIT_BLOCKS) {
    const drift = driftOf(trend.blocks, level, count)
    if (drift === undefined) continue
    noteRate(trend.habits, drift)
    if (trend.held !== undefined && trend.lately !== undefined) noteRate(trend.lately, drift)
  }
  const index = SWING_LEVELS.findIndex((of) => of.level === level)
  if (index < 0) return
  const { memoryMs, leastTeeth } = SWING_LEVELS[index] as SwingLevel
  const swings = trend.swings[index] as Swings
  if (!swing(swings, endMs, mean, memoryMs)) return
  for (const envelopes of [trend.rising, trend.falling]) {
    const sign = envelopes === trend.rising ? 1 : -1
    envelopes[index] = envelopeOf(swings, sign, leastTeeth, envelopes[index] !== undefined)
  }
}

function judge(trend: Trend, coarse: boolean): void {
  const { held } = trend
  if (coarse) trend.coarse = lookAt(trend, NOTHING, BLOCK_MS.length - 1, MINUTE_LEVEL)
  const { found, longer, slowing } = lookAt(trend, trend.coarse, MINUTE_LEVEL - 1, 0)
  const now = found && { drift: found, longer, slowing }
  if (now === undefined ? held === undefined : held !== undefined && held.drift.rate * now.drift.rate > 0) {
    trend.held = now
    trend.doubts = 0
    return
  }
  trend.doubts++
  if (trend.doubts < (held === undefined ? CONFIRM : DOUBT)) return
  trend.held = held === undefined ? now : undefined
  trend.doubts = 0
  if (trend.held !== undefined) trend.lately = createHabits()
  // What is believed weighs in how the levels are judged.
  trend.coarse = lookAt(trend, NOTHING, BLOCK_MS.length - 1, MINUTE_LEVEL)
}
