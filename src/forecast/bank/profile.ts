import { type Memory, PROFILE_WORDS } from './memory.ts'
import { PROFILE_RATE, PROFILE_STRETCHES } from './parameters.ts'

/**
 * The profile of a season: a mean of the same stretch of it on earlier days, of all of them at first and then of the last few
 * (the rate of PROFILE_RATE a season). It begins with the first cell, and has the last words of the memory: a mean a stretch, NaN where no
 * sample has fallen yet, and before them a few for the stretch that is under way.
 */
export interface Profile {
  /** Steps of a season. */
  readonly season: number
  readonly stretches: number
}

/** Words of the stretch under way: which of all there were it is, the mean of how many samples. */
const UNDER = 0
const MEAN = 1
const SAMPLES = 2
/** And the mean of the one before, which waits for this one to be over: what is usual has to be of the same age on both sides of now. */
const WAITING = 3

/** How a season of so many steps is remembered. */
export const profileOf = (season: number): Profile => ({
  season,
  stretches: Math.min(PROFILE_STRETCHES, Math.floor(season)),
})

/** Readies new memory for a profile that knows nothing yet. */
export function createProfile({ stretches }: Profile, { f32 }: Memory): void {
  f32.fill(Number.NaN, f32.length - stretches)
  f32[f32.length - stretches - PROFILE_WORDS + WAITING] = Number.NaN
}

/** What is usual at a cell, on a line from the middle of a stretch to that of the next; NaN while that is not known. */
export function usualAt({ season, stretches }: Profile, { f32 }: Memory, cell: number): number {
  const first = f32.length - stretches
  const position = ((cell % season) * stretches) / season - 0.5
  const from = Math.floor(position)
  const before = f32[first + ((from + stretches) % stretches)]!
  return before + (position - from) * (f32[first + ((from + 1) % stretches)]! - before)
}

export function followProfile(profile: Profile, memory: Memory, cell: number, value: number): void {
  const { season, stretches } = profile
  const { f32 } = memory
  const at = f32.length - stretches - PROFILE_WORDS
  const stretch = Math.floor(cell / season) * stretches + Math.floor(((cell % season) * stretches) / season)
  const under = f32[at + UNDER]!
  if (stretch !== under) {
    settle(profile, memory, under - 1, f32[at + WAITING]!)
    const next = stretch === under + 1
    // Across a gap nobody stands between the two.
    if (!next) settle(profile, memory, under, f32[at + MEAN]!)
    f32[at + WAITING] = next ? f32[at + MEAN]! : Number.NaN
    f32[at + UNDER] = stretch
    f32[at + SAMPLES] = 0
    f32[at + MEAN] = 0
  }
  const samples = f32[at + SAMPLES]! + 1
  f32[at + SAMPLES] = samples
  f32[at + MEAN] = f32[at + MEAN]! + (value - f32[at + MEAN]!) / samples
}

function settle({ stretches }: Profile, { f32 }: Memory, stretch: number, mean: number): void {
  if (Number.isNaN(mean)) return
  const at = f32.length - stretches + (stretch % stretches)
  const rate = Math.max(PROFILE_RATE, 1 / (Math.floor(stretch / stretches) + 1))
  f32[at] = Number.isNaN(f32[at]!) ? mean : f32[at]! + rate * (mean - f32[at]!)
}

/** How many seasons ago the profile's mean is, on the average. */
export function ageOfProfile(seasons: number): number {
  return Math.min((seasons + 1) / 2, 1 / PROFILE_RATE)
}
