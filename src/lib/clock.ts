/** The two clocks of a monitor: wall time stamps and is shown, monotonic time measures. Both in milliseconds; handed in everywhere. */
export interface Clock {
  /** Unix milliseconds. */
  wallMs(): number
  /** Milliseconds that never jump; only differences mean something. */
  monoMs(): number
}

/** The machine's own clocks. The monotonic one has the same origin in every thread (CLOCK_MONOTONIC), which performance.now() has not. */
export const systemClock: Clock = {
  wallMs: () => Date.now(),
  monoMs: () => Number(process.hrtime.bigint()) / 1e6,
}
