import type { Plan } from './anchors.ts'
import type { Memory } from './memory.ts'
import type { Profile } from './profile.ts'

/** What is known, at one moment, of the steps to come. */
export interface Outlook {
  readonly origin: Float64Array
  /** The anchors that have been judged often enough, by their numbers; the lists below have a row for each. */
  readonly anchors: readonly number[]
  /** Weights of the models, at each of them. */
  readonly weights: Float64Array
  /** Distances of the edges from the middle, at each of them. */
  readonly edges: Float64Array
  /** With which power of the horizon edges grow beyond the last of them. */
  readonly growth: number
  /** Standard deviation of the models' slopes there. */
  readonly disagreement: number
}

/** All that is known of a series on its grid. Values are kept as distances from the first one, `base`. */
export interface BankState {
  readonly memory: Memory
  readonly plan: Plan
  /** Which of the anchors the track record is of. */
  readonly recordAnchor: number
  readonly profile: Profile | undefined
  count: number
  /** How many steps have gone by since the first sample, whose cell is 0. */
  cell: number
  base: number
  last: number
  /** Mean move from one sample to the next: of late, and usually. */
  moves: number
  usual: number
  min: number
  max: number
  /** How far the series is above its profile; NaN before that is known. */
  offset: number
  /** The hour of the track record that is being filled, since the first sample. */
  hour: number
  /** Forecasts of this moment, kept until the next sample. */
  outlook: Outlook | undefined
}
