import type { Prediction, TimeToLimit } from '../model/forecast.ts'
import type { Unit } from '../model/metric.ts'
import { spanOf } from './forecast-times.ts'

/** So many samples a forecaster takes in before it says anything. */
export const LEAST_SAMPLES = 30

/** Why nothing is said of a series yet: `too few samples: 12 of 30`. */
export function tooFewText(known: number, of = 'samples'): string {
  return `too few ${of}: ${known} of ${LEAST_SAMPLES}`
}

/** A limit, in the unit of its series, and when it is reached. */
export interface AskedLimit {
  readonly threshold: number
  readonly direction: 'above' | 'below'
  readonly time: TimeToLimit
}

/** A series, what it was, and what is expected of it: what `forecast` prints. */
export interface Outlook {
  /** Its key, or the name of the file it comes from. Safe text. */
  readonly series: string
  /** Undefined for a file, whose numbers may be of anything. */
  readonly unit?: Unit
  /** Wall time of now, Unix milliseconds. */
  readonly nowMs: number
  /** What it is now; undefined when that is not known. */
  readonly value?: number
  /** What it was, equal steps apart, oldest first, NaN in a gap; the last one is now. */
  readonly history: { readonly stepMs: number; readonly values: ArrayLike<number> }
  /** How many samples that was made of, or minutes. */
  readonly samples: number
  /** It comes from the log: each step is the mean of a minute. */
  readonly minutes?: true
  /** Milliseconds between two predictions, and from now to the first. */
  readonly stepMs: number
  /** How far ahead was asked for. */
  readonly horizonMs: number
  /** The nearest first, to the horizon or as far as anything can be said; empty while that is nothing. */
  readonly ahead: readonly Prediction[]
  /** A limit that was asked about. */
  readonly limit?: AskedLimit
}

/** Why less is said of a series than was asked for; undefined where nothing is missing. */
export function silenceText({ ahead, samples, minutes, stepMs, horizonMs }: Outlook): string | undefined {
  if (ahead.length * stepMs >= horizonMs) return undefined
  if (ahead.length > 0) return `nothing can be said beyond ${spanOf(ahead.length * stepMs)}: it was not seen for longer`
  return samples < LEAST_SAMPLES ? tooFewText(samples, minutes && 'minutes') : 'nothing can be said'
}
