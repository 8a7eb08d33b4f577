import type { Batch } from '../../model/source.ts'

/** Who comes is told at once what is so. */
const FIRST_TICKS = 10
/** One that has not measured anything yet has begun a moment ago. */
const START_TICKS = 30
/** While its worker says nothing, one that measures tells that after 2.5 of its intervals, and again and again from then on. */
const INTERVALS = 5
/** What is measured at each interval, on all systems; some things say that they are measured more often than that. */
const PACER = 'cpu'
/** The longest interval there is; what is said to be slower is no measure. */
const LONGEST_MS = 3_600_000

/** How long to wait for the next batch of one that goes on saying that it lives. */
export interface Patience {
  /** A batch came. */
  heard(batch: Batch): void
  /** A tick went by; true when too many have since the last batch. */
  tick(tickMs: number): boolean
}

/** Goes by the interval of the one that measures: a slow one is not cut off, and a fast one does not freeze for long. */
export function createPatience(): Patience {
  let intervalMs: number | undefined
  let heardAny = false
  let ticks = 0

  function mostTicks(tickMs: number): number {
    if (!heardAny) return FIRST_TICKS
    if (intervalMs === undefined) return START_TICKS
    return Math.max(FIRST_TICKS, Math.ceil((INTERVALS * intervalMs) / tickMs))
  }

  return {
    heard({ samples }) {
      heardAny = true
      ticks = 0
      const { everyMs } = samples.find(({ source }) => source === PACER) ?? {}
      if (everyMs !== undefined && everyMs > 0) intervalMs = Math.min(everyMs, LONGEST_MS)
    },
    tick: (tickMs) => ++ticks >= mostTicks(tickMs),
  }
}
