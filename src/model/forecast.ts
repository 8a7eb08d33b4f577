import type { Severity } from './severity.ts'

/** What is expected of a series at one moment to come, in its own unit: the middle, and the ranges that 80 and 95 of 100 values lie in. */
export interface Prediction {
  readonly mean: number
  readonly low80: number
  readonly high80: number
  readonly low95: number
  readonly high95: number
}

/** A stretch of time to come as equal steps: the first one follows the step that holds `endMs`. Steps are aligned as those of a window are. */
export interface AheadRequest {
  readonly endMs: number
  readonly stepMs: number
  readonly count: number
}

/** What is expected in those steps, `count` values each; NaN from where on nothing can be said. The band is the 95 % one. */
export interface Ahead {
  readonly mean: Float64Array
  readonly low: Float64Array
  readonly high: Float64Array
}

/** Seconds from now until a limit is reached. `latest` is left out when it may as well never be. */
export interface Eta {
  readonly earliest: number
  readonly likely: number
  readonly latest?: number
}

/** When a series reaches a limit. */
export type TimeToLimit =
  /** Nothing to go by: it was not seen often enough. */
  | { readonly kind: 'unknown' }
  /** It moves, but for how long it will there is no ground to say yet. */
  | { readonly kind: 'too soon' }
  /** It does not head there. */
  | { readonly kind: 'steady' }
  | { readonly kind: 'heading'; readonly eta: Eta }
  /** It is there or beyond. */
  | { readonly kind: 'reached' }

/** How a band has done so far: of the values of the last `overS` seconds (a day at the most) `inside` (0..1) lay in the 95 % band drawn for them before. */
export interface TrackRecord {
  readonly overS: number
  readonly inside: number
}

/** What a limit is of: where it is shown, in which hue. */
export type LimitFamily = 'disk' | 'memory' | 'process' | 'check' | 'kernel'

/** A limit of a bounded resource, and when it will be reached. */
export interface LimitForecast {
  readonly series: string
  /** In the unit of the series. */
  readonly threshold: number
  readonly direction: 'above' | 'below'
  readonly family: LimitFamily
  /** Whose limit: `/var`, `memory`, `swap`, `node`, the name of a check. Safe text. */
  readonly subject: string
  /** Which limit: `95 %`, `95 % of the inodes`, `2 GiB`, `4 096 files`, `certificate`. */
  readonly limit: string
  /** Wall time as of which the times are meant. */
  readonly asOfMs: number
  readonly time: TimeToLimit
  /** Its trend in the unit of the series an hour; left out when it does not move or nothing is known. */
  readonly perHour?: number
  /** How good the forecasts of this series were so far; left out while there is none to judge. */
  readonly record?: TrackRecord
  /** It will be reached so soon that somebody should act. */
  readonly severity?: Severity
  /** Who is likely behind it, as a name and a number: `vacuum-logs writes 38 MB/s`. */
  readonly cause?: string
}
