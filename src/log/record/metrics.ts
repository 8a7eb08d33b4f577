import { metricOf } from '../../model/catalogue/catalogue.ts'
import type { Frame } from '../../model/frame.ts'
import { parseSeriesKey } from '../../model/series.ts'
import type { MetricsLine } from '../line.ts'
import { metricsLines } from '../metrics-lines.ts'
import { joiningOf } from '../moving.ts'
import { STEP_MS } from './step.ts'

const MINUTE_MS = 60_000
/** Keys whose series are gone are forgotten when so many more are remembered than there are. */
const SPARE = 1000

/** What is recorded of a series, and when. `minutely`: in the first line of a minute. */
interface Plan {
  readonly by: 'mean' | 'last'
  readonly often: 'always' | 'minutely' | 'never'
}

/**
 * Series of checks change with their results, which have lines of their own: once a minute is enough for them. The phases of an answer would
 * be half of the log of a machine with a hundred checks. Of the other series those that are kept for long.
 */
function planOf(key: string): Plan {
  const { name } = parseSeriesKey(key)
  const by = joiningOf(name)
  if (name === 'check_phase_seconds') return { by, often: 'never' }
  if (name.startsWith('check_')) return { by, often: 'minutely' }
  return { by, often: (metricOf(name)?.ring ?? 'long') === 'long' ? 'always' : 'never' }
}

/** Makes the lines of measured values: what moves as the mean over the step that ends with the frame, the rest as it was last. */
export interface MetricsRecorder {
  /** Several lines of one moment where there are thousands of series; none where nothing is known. */
  lines(frame: Frame): readonly MetricsLine[]
}

export function createMetricsRecorder(): MetricsRecorder {
  const plans = new Map<string, Plan>()
  let minute = Number.NaN

  function planFor(key: string): Plan {
    const known = plans.get(key)
    if (known !== undefined) return known
    const plan = planOf(key)
    plans.set(key, plan)
    return plan
  }

  /** What is recorded in a line; `full`: of all series that ever are. */
  function* valuesOf({ metrics, wallMs }: Frame, full: boolean): Generator<readonly [string, number]> {
    let series = 0
    for (const [key] of metrics.entries()) {
      series++
      const { by, often } = planFor(key)
      if (often === 'never' || (often === 'minutely' && !full)) continue
      // What only the sample of the warm-up says has a value and no past.
      yield [key, metrics.window(key, { endMs: wallMs, stepMs: STEP_MS, count: 1, by })[0] ?? Number.NaN]
    }
    if (plans.size > series + SPARE) plans.clear()
  }

  return {
    lines(frame) {
      const now = Math.floor(frame.wallMs / MINUTE_MS)
      const lines = metricsLines(frame.wallMs, valuesOf(frame, now !== minute))
      if (lines.length > 0) minute = now
      return lines
    },
  }
}
