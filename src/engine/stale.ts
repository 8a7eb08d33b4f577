/** A value counts until its probe has been silent for this many of its intervals. */
export const STALE_INTERVALS = 2.5
