import { addToBlocks, type Blocks, createBlocks } from '../../../src/forecast/trend/blocks.ts'
import type { Drift } from '../../../src/forecast/trend/drift.ts'
import { createTrend, openTrend, type TrendState } from '../../../src/forecast/trend/state.ts'

/** Blocks of a series that has a value each second, from the epoch until a block begins at `untilS`. */
export function blocksOf(untilS: number, value: (s: number) => number): Blocks {
  const blocks = createBlocks()
  for (let s = 0; s <= untilS; s++) addToBlocks(blocks, 0, s * 1000, value(s), () => undefined)
  return blocks
}

/** A line through 16 blocks of 5 s that rises by 1 a second to 0, without error. */
export function driftOf(fields: Partial<Drift> = {}): Drift {
  return {
    level: 0,
    spanMs: 80_000,
    rate: 1 / 1000,
    error: 0,
    wander: 0,
    scatter: 0,
    value: 0,
    atMs: 80_000,
    early: 25,
    late: 25,
    bend: 0,
    ...fields,
  }
}

/** The state of a trend that knows nothing but this. */
export function stateOf(fields: Partial<TrendState> = {}): TrendState {
  return { ...openTrend(createTrend()), ...fields }
}
