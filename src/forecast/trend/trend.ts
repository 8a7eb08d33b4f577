import { addBlock, addToBlocks, BLOCK_MS, MINUTE_LEVEL } from './blocks.ts'
import { driftOf } from './drift.ts'
import { forgetHabits, HABIT_BLOCKS, noteRate } from './habits.ts'
import { coarseOf, keepCoarse, keepHeld } from './held.ts'
import { lookAt, NOTHING } from './look.ts'
import { spreadSample } from './spread.ts'
import {
  blocksOf,
  judgedOf,
  openTrend,
  SINGLE,
  SWING_LEVELS,
  singlesOf,
  spreadOf,
  type Trend,
  type TrendState,
} from './state.ts'
import { type Swings, swing } from './swings.ts'
import { noteTeeth } from './teeth.ts'

/** Judgements in a row that a trend needs to be believed, and to be given up. */
const CONFIRM = 2
const DOUBT = 3
/** Beyond that no quantity of a machine lies, and 32-bit floats end. */
const MOST = 1e30

export function trendSample(trend: Trend, atMs: number, value: number): void {
  if (!Number.isFinite(value) || !Number.isFinite(atMs)) return
  const held = Math.min(MOST, Math.max(-MOST, value))
  const singles = singlesOf(trend)
  singles[SINGLE.sampledMs] = atMs
  spreadSample(spreadOf(trend), atMs, held)
  note(singles, atMs, held)
  let top = -1
  // Most samples close no block, and are spared the rest.
  let state: TrendState | undefined
  addToBlocks(blocksOf(trend), 0, atMs, held, (level, mean, endMs) => {
    state ??= openTrend(trend)
    closed(state, level, mean, endMs)
    top = Math.max(top, level)
  })
  if (state !== undefined) judge(trend, state, top >= MINUTE_LEVEL)
}

/** A minute of which no sample was seen, such as one from the history: four of them are judged at once. */
export function trendMinute(trend: Trend, startMs: number, mean: number): void {
  const singles = singlesOf(trend)
  if (!Number.isFinite(mean) || !Number.isFinite(startMs) || startMs <= (singles[SINGLE.sampledMs] as number)) return
  const held = Math.min(MOST, Math.max(-MOST, mean))
  note(singles, startMs + 60_000, held)
  const state = openTrend(trend)
  let top = -1
  addBlock(state.blocks, MINUTE_LEVEL, startMs, held, (level, of, endMs) => {
    closed(state, level, of, endMs)
    top = Math.max(top, level)
  })
  if (top > MINUTE_LEVEL) judge(trend, state, true)
}

function note(singles: Float64Array, atMs: number, value: number): void {
  if (singles[SINGLE.samples] === 0) singles[SINGLE.firstMs] = atMs
  singles[SINGLE.samples] = (singles[SINGLE.samples] as number) + 1
  singles[SINGLE.lastMs] = atMs
  singles[SINGLE.recent] = singles[SINGLE.recent + 1] as number
  singles[SINGLE.recent + 1] = singles[SINGLE.recent + 2] as number
  singles[SINGLE.recent + 2] = value
}

function closed(
  { blocks, habits, lately, held, swings, teeth }: TrendState,
  level: number,
  mean: number,
  endMs: number,
) {
  for (const count of HABIT_BLOCKS) {
    const drift = driftOf(blocks, level, count)
    if (drift === undefined) continue
    noteRate(habits, drift)
    if (held !== undefined) noteRate(lately, drift)
  }
  const index = SWING_LEVELS.findIndex((of) => of.level === level)
  if (index < 0) return
  const { memoryMs, leastTeeth } = SWING_LEVELS[index] as (typeof SWING_LEVELS)[number]
  const points = swings[index] as Swings
  if (!swing(points, endMs, mean, memoryMs)) return
  noteTeeth(teeth, 2 * index, points, 1, leastTeeth)
  noteTeeth(teeth, 2 * index + 1, points, -1, leastTeeth)
}

function judge(trend: Trend, state: TrendState, coarse: boolean): void {
  const { held } = state
  const singles = singlesOf(trend)
  const judged = judgedOf(trend)
  if (coarse) keepCoarse(judged, lookAt(state, NOTHING, BLOCK_MS.length - 1, MINUTE_LEVEL))
  const { found, longer, slowing } = lookAt(state, coarseOf(judged, state.blocks), MINUTE_LEVEL - 1, 0)
  const now = found && { drift: found, longer, slowing }
  if (now === undefined ? held === undefined : held !== undefined && held.drift.rate * now.drift.rate > 0) {
    keepHeld(judged, now)
    singles[SINGLE.doubts] = 0
    return
  }
  const doubts = (singles[SINGLE.doubts] as number) + 1
  singles[SINGLE.doubts] = doubts
  if (doubts < (held === undefined ? CONFIRM : DOUBT)) return
  const other = held === undefined ? now : undefined
  keepHeld(judged, other)
  singles[SINGLE.doubts] = 0
  if (other !== undefined) forgetHabits(state.lately)
  // What is believed weighs in how the levels are judged.
  keepCoarse(judged, lookAt({ ...state, held: other }, NOTHING, BLOCK_MS.length - 1, MINUTE_LEVEL))
}
