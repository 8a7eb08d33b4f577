/**
 * The forecaster's parameters. They were chosen by cross-validation on real server metrics (docs/forecast.md, "What was tried"), and none
 * is delicate: each may be halved or doubled for a few per cent.
 */

/** Nothing is said from fewer samples. */
export const LEAST_SAMPLES = 30
/** A track record of fewer values is chance. */
export const LEAST_JUDGED = 30

/** Horizons at which forecasts are judged lie about this factor apart: 1, 3, 10, 31, … up to the horizon. */
export const ANCHOR_RATIO = 3.5
/** A forecast made this many strides apart is kept for each anchor; a stride is the anchor's distance over this. */
export const ORIGINS_PER_ANCHOR = 4

/** Widths of the running medians, in samples; the widest is how far back values themselves are remembered. */
export const WINDOWS = [21, 50, 101] as const
/** Half-lives of the lines, in steps, and whether a jump moves the line along instead of bending it. */
export const LINES = [
  { halfLife: 40, overJumps: false },
  { halfLife: 160, overJumps: false },
  { halfLife: 80, overJumps: true },
] as const
/** What counts as a jump: this many times the usual move from one sample to the next. */
export const JUMP = 6
/** Lines have a slope from this many samples on. */
export const LEAST_FOR_SLOPE = 5

/** A season is remembered as at most this many stretches. */
export const PROFILE_STRETCHES = 72
/** How fast the profile follows from season to season. */
export const PROFILE_RATE = 0.3
/** Half-life, in steps, of how far the series is from its profile now. */
export const OFFSET_HALF_LIFE = 20
/** The profile takes part once this many seasons are known. */
export const LEAST_SEASONS = 2

/** Past errors fade with this half-life in steps, or this many times the horizon they were made at, whichever is longer. */
export const ERROR_HALF_LIFE = 500
export const ERROR_HALF_LIFE_HORIZONS = 4
/** How sharply weights prefer the smaller past error. */
export const SHARPNESS = 32
/** A line has to be this much better than a level to weigh as much: where both do as well, nothing moves. */
export const LINE_HANDICAP = 1.1

/** Half-life of the volatility of now, in steps, and of what is usual. */
export const VOLATILITY_HALF_LIFE = 15
export const USUAL_HALF_LIFE = 800
/** A move counts as at most this many times the volatility: an outlier does not make the next minutes uncertain. */
export const MOST_MOVE = 8
/** The share of the usual volatility that always counts. */
export const VOLATILITY_FLOOR = 0.6

/** Bins of the residuals of an anchor. Their edges lie where asinh(residual / BIN_LINEAR) is a multiple of 1 / BINS_PER_E. */
export const BINS = 24
export const BIN_LINEAR = 0.1
export const BINS_PER_E = 1.5

/** How sharply bands prefer the expert with the smaller past interval score. */
export const BAND_SHARPNESS = 8
/** Up to these horizons, in steps, recent values are those of the first, of the second window; beyond, of the third. */
export const WINDOW_HORIZONS = [20, 150] as const
/** The factor that 95 % bands are widened by to begin with, at one step, and more for each doubling of the horizon. */
export const WIDTH_AT_FIRST = 0.96
export const WIDTH_PER_DOUBLING = 0.03
/** How far a value in or out of its band moves the logarithm of that factor, and its limits. */
export const WIDTH_RATE = 0.005
export const WIDTH_LIMITS = [0.7, 1.6] as const
/** A side of the band ends at the range seen so far where fewer values than this left the range of their origin by more than the margin. */
export const LEAVING = 0.02
export const RANGE_MARGIN = 0.05
/** From how many values on that is known; and how fast the range seen forgets, in horizons. */
export const LEAST_FOR_RANGE = 50
export const RANGE_HORIZONS = 4
/** Beyond what was judged, widths grow at least with this power of the horizon: that of a random walk. */
export const LEAST_GROWTH = 0.5
