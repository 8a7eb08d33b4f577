import type { Sample } from '../../src/model/sample.ts'
import type { Batch } from '../../src/model/source.ts'

/** Unix time at which the hand-driven clocks of the tests start: on a full hour. */
export const START_MS = 1_700_000_000_000 - (1_700_000_000_000 % 3_600_000)

/** A sample `monoMs` after the start. */
export function sample(monoMs: number, over: Partial<Sample>): Sample {
  return {
    source: 'probe',
    wallMs: START_MS + monoMs,
    monoMs,
    everyMs: 1000,
    gauges: {},
    counters: {},
    states: {},
    ...over,
  }
}

/** A batch `monoMs` after the start. */
export function batch(monoMs: number, samples: readonly Sample[], over: Partial<Batch> = {}): Batch {
  return { wallMs: START_MS + monoMs, monoMs, samples, ...over }
}

/** A batch with one sample of gauges. */
export function gauges(monoMs: number, values: Record<string, number>, over: Partial<Sample> = {}): Batch {
  return batch(monoMs, [sample(monoMs, { gauges: values, ...over })])
}
