import { fadeOver } from './fade.ts'
import { correctLines, followLines, lineLevel, lineSlope } from './lines.ts'
import type { Seasonal } from './models.ts'
import { FIELD } from './origins.ts'
import {
  LEAST_SEASONS,
  LINES,
  MOST_MOVE,
  OFFSET_HALF_LIFE,
  RANGE_HORIZONS,
  USUAL_HALF_LIFE,
  VOLATILITY_FLOOR,
  VOLATILITY_HALF_LIFE,
  WINDOWS,
} from './parameters.ts'
import { ageOfProfile, followProfile, usualAt } from './profile.ts'
import { correct, recentQuantile, remember } from './recent.ts'
import type { BankState } from './state.ts'

const WIDEST = WINDOWS.length - 1

/** Takes the value of a step, `gap` steps after the last one, and what was usual for it. */
export function learn(state: BankState, gap: number, value: number, { usual }: Seasonal): void {
  const { memory, count } = state
  if (count > 0) followMoves(state, gap, Math.abs(value - state.last))
  followLines(memory, count, gap, value, state.usual)
  remember(memory, count, value)
  followRange(state, gap, value)
  const { profile } = state.plan
  if (profile !== undefined) {
    if (!Number.isNaN(usual)) {
      const offset = value - usual
      if (Number.isNaN(state.offset)) state.offset = offset
      else state.offset += (1 - fadeOver(gap, OFFSET_HALF_LIFE)) * (offset - state.offset)
    }
    followProfile(profile, memory, state.cell, value)
  }
  state.last = value
  state.count++
}

/** Changes the value of the last step. What was judged by it stays judged. */
export function amend(state: BankState, value: number): void {
  correctLines(state.memory, value - state.last)
  correct(state.memory, state.count, value)
  state.min = Math.min(state.min, value)
  state.max = Math.max(state.max, value)
  state.last = value
}

/** Volatility: the mean absolute move, fading; its half-life is time, so a gap fades it too. */
function followMoves(state: BankState, gap: number, moved: number): void {
  const volatility = volatilityOf(state, state.moves)
  const move = state.count > VOLATILITY_HALF_LIFE && volatility > 0 ? Math.min(moved, MOST_MOVE * volatility) : moved
  // At first it is the plain mean.
  state.moves += Math.max(1 / state.count, 1 - fadeOver(gap, VOLATILITY_HALF_LIFE)) * (move - state.moves)
  state.usual += Math.max(1 / state.count, 1 - fadeOver(gap, USUAL_HALF_LIFE)) * (move - state.usual)
}

/** The volatility of a moment, of which the usual one is always a part: a quiet stretch promises little. */
export const volatilityOf = (state: BankState, moves: number): number => moves + VOLATILITY_FLOOR * state.usual

/** The range seen, drawn slowly towards that of recent values. */
function followRange(state: BankState, gap: number, value: number): void {
  const { memory, count, plan } = state
  if (count === 0) state.min = state.max = value
  else {
    const horizon = plan.anchors[plan.anchors.length - 1]!
    const rate = Math.min(1, gap / (RANGE_HORIZONS * Math.max(400, horizon)))
    state.min += rate * (recentQuantile(memory, count, WIDEST, 0) - state.min)
    state.max += rate * (recentQuantile(memory, count, WIDEST, 1) - state.max)
  }
  state.min = Math.min(state.min, value)
  state.max = Math.max(state.max, value)
}

const NO_SEASON: Seasonal = { usual: Number.NaN, age: 1 }

/** Whether the season takes part in forecasts. */
export const isSeasonal = ({ usual }: Seasonal): boolean => !Number.isNaN(usual)

/** The season's part in a forecast for `lead` steps after now. */
export function seasonalAt({ plan: { profile }, memory, cell }: BankState, lead: number): Seasonal {
  if (profile === undefined) return NO_SEASON
  const seasons = Math.floor(cell / profile.season)
  if (seasons < LEAST_SEASONS) return NO_SEASON
  return { usual: usualAt(profile, memory, cell + lead), age: ageOfProfile(seasons) * profile.season }
}

/** Writes what forecasts of now follow from, but for the range of recent values, which is the anchor's. */
export function originOf(state: BankState, out: Float64Array): void {
  const { memory, count } = state
  out[FIELD.value] = state.last
  for (let i = 0; i < WINDOWS.length; i++) out[FIELD.medians + i] = recentQuantile(memory, count, i, 0.5)
  for (let i = 0; i < LINES.length; i++) {
    out[FIELD.lines + 2 * i] = lineLevel(memory, i, count)
    out[FIELD.lines + 2 * i + 1] = lineSlope(memory, i, count)
  }
  out[FIELD.offset] = Number.isNaN(state.offset) ? 0 : state.offset
  out[FIELD.volatility] = state.moves
  out[FIELD.min] = state.min
  out[FIELD.max] = state.max
}
