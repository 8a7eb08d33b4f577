import type { Plan } from './anchors.ts'
import type { Clock } from './clock.ts'
import { type Memory, memoryIn, SINGLES_AT } from './memory.ts'

/** What is kept of a series on its grid between two samples. Whole numbers are small in an object, all others are in the buffer. */
export interface KeptState {
  readonly plan: Plan
  readonly buffer: ArrayBuffer
  /** The first byte of its own. */
  readonly at: number
  count: number
  /** How many steps have gone by since the first sample, whose cell is 0. */
  cell: number
  /** How many samples the last step has had: it stands for their mean. */
  inStep: number
  /** Steps from the last step but one to the last. */
  gap: number
}

/** The same as it is worked with, for as long as a call takes. Values are distances from the first one, `base`. */
export interface BankState {
  readonly plan: Plan
  readonly memory: Memory
  readonly clock: Clock
  count: number
  cell: number
  inStep: number
  gap: number
  base: number
  last: number
  /** Mean move from one sample to the next: of late, and usually. */
  moves: number
  usual: number
  min: number
  max: number
  /** How far the series is above its profile; NaN before that is known. */
  offset: number
}

/** Places of single numbers behind the sums of the lines. */
const AT = {
  firstMs: SINGLES_AT,
  lastMs: SINGLES_AT + 1,
  stepMs: SINGLES_AT + 2,
  base: SINGLES_AT + 3,
  last: SINGLES_AT + 4,
  moves: SINGLES_AT + 5,
  usual: SINGLES_AT + 6,
  min: SINGLES_AT + 7,
  max: SINGLES_AT + 8,
  offset: SINGLES_AT + 9,
} as const

export const bytesOf = ({ words }: Plan): number => 8 * Math.ceil(words / 2)

/** What is kept, to work with. */
export function openState({ plan, buffer, at, count, cell, inStep, gap }: KeptState): BankState {
  const memory = memoryIn(buffer, at, plan.words)
  const { f64 } = memory
  return {
    plan,
    memory,
    clock: { firstMs: f64[AT.firstMs]!, lastMs: f64[AT.lastMs]!, stepMs: f64[AT.stepMs]! },
    count,
    cell,
    inStep,
    gap,
    base: f64[AT.base]!,
    last: f64[AT.last]!,
    moves: f64[AT.moves]!,
    usual: f64[AT.usual]!,
    min: f64[AT.min]!,
    max: f64[AT.max]!,
    offset: f64[AT.offset]!,
  }
}

/** Keeps what was worked with. What lies in its memory already is kept. */
export function keepState(kept: KeptState, state: BankState): void {
  const { f64 } = state.memory
  kept.count = state.count
  kept.cell = state.cell
  kept.inStep = state.inStep
  kept.gap = state.gap
  f64[AT.firstMs] = state.clock.firstMs
  f64[AT.lastMs] = state.clock.lastMs
  f64[AT.stepMs] = state.clock.stepMs
  f64[AT.base] = state.base
  f64[AT.last] = state.last
  f64[AT.moves] = state.moves
  f64[AT.usual] = state.usual
  f64[AT.min] = state.min
  f64[AT.max] = state.max
  f64[AT.offset] = state.offset
}

/** When the first and the last sample came, in milliseconds; NaN before them. */
export function timesOf({ buffer, at, count }: KeptState): { readonly firstMs: number; readonly lastMs: number } {
  if (count === 0) return { firstMs: Number.NaN, lastMs: Number.NaN }
  const times = new Float64Array(buffer, at + 8 * AT.firstMs, 2)
  return { firstMs: times[0]!, lastMs: times[1]! }
}
