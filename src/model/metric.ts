/** How the values of a metric are shown. */
export type Unit =
  | 'ratio'
  | 'bytes'
  | 'bytes_per_second'
  | 'seconds'
  | 'per_second'
  | 'count'
  | 'hertz'
  | 'celsius'
  | 'watts'
  | 'rpm'

/** How a metric comes about. The engine alone computes rates and shares, over the monotonic time between two samples. */
export type Derivation =
  /** Measured as it is. */
  | { readonly kind: 'gauge' }
  /** Raw counter, `…_total`: kept for exporters, no ring of its own. */
  | { readonly kind: 'counter' }
  /** Rise of a counter a second. Labels are the counter's. */
  | { readonly kind: 'rate'; readonly of: string }
  /** Rise of the sum of some counters over the rise of the sum of others. Labels are the counters'. */
  | { readonly kind: 'share'; readonly of: readonly string[]; readonly in: readonly string[] }

/** One entry of the catalogue. No other file repeats any of it. */
export interface Metric {
  readonly name: string
  readonly help: string
  readonly unit: Unit
  /** Where the number comes from: a file and its fields, or a call. Names the format's own documentation where it is not a man page. */
  readonly source: string
  readonly derivation: Derivation
  /** What it can be at the least and at the most, where that is known; values are held inside. */
  readonly bounds?: { readonly min?: number; readonly max?: number }
  /**
   * `short` rings (ten minutes at full rate, no minute tier) are for series of cores, `brief` ones (a minute) for what there is by the
   * thousand and is drawn from elsewhere. Long by default.
   */
  readonly ring?: 'long' | 'short' | 'brief'
}

/** Entries that come from the same place, told once. */
export function sourced(source: string, metrics: readonly Omit<Metric, 'source'>[]): readonly Metric[] {
  return metrics.map((metric) => ({ ...metric, source }))
}
