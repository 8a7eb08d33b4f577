/** What healthtop tells of itself: it says nothing about the machine. */
export const OWN_SOURCE = 'healthtop'

/**
 * What one probe measured at one moment. Numbers are keyed by series (`seriesKey`), in base units (bytes, seconds, ratios).
 * Plain data: it crosses threads and is what a recording holds.
 */
export interface Sample {
  /** The probe's name, such as `cpu`. */
  readonly source: string
  /** Unix time in milliseconds: stamps, shown to people. */
  readonly wallMs: number
  /** Monotonic milliseconds: measures; rates are taken over it. */
  readonly monoMs: number
  /** How often this probe is read, in milliseconds: a distance of more than 2.5 of them is a gap. */
  readonly everyMs: number
  readonly gauges: Readonly<Record<string, number>>
  /** Raw counters, named `…_total`; the engine alone makes rates of them. */
  readonly counters: Readonly<Record<string, number>>
  /** What is no number: `mount{device="/dev/sda1",mount="/",type="ext4"}` → `ok`, `interface{interface="eth0"}` → `up`. */
  readonly states: Readonly<Record<string, string>>
  /** Why there is nothing to tell; the values are then empty. */
  readonly failed?: string
  /** The sample right after the start: shown, never stored, forecast or alerted on. */
  readonly warmup?: boolean
}

/** Where a probe writes what it read. */
export interface Values {
  gauge(series: string, value: number): void
  counter(series: string, value: number): void
  state(series: string, value: string): void
}
