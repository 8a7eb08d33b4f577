import type { Clock } from '../lib/clock.ts'
import { safeText } from '../lib/text.ts'
import type { Sample, Values } from '../model/sample.ts'

const MAX_REASON = 200

/** The first line of what was thrown, safe to show. */
function reasonOf(error: unknown): string {
  const text = error instanceof Error ? error.message || error.name : String(error)
  return safeText(text.split('\n', 1)[0] ?? '', MAX_REASON).trim() || 'unknown error'
}

/**
 * Runs one measurement and makes a sample of it, stamped when it began. What is thrown becomes a failed sample with a reason of one
 * line, and what had been written until then is dropped. Numbers that are none (NaN, infinite) are absent.
 */
export function measure(source: string, everyMs: number, clock: Clock, read: (out: Values) => void): Sample {
  const stamp = { source, everyMs, wallMs: clock.wallMs(), monoMs: clock.monoMs() }
  const gauges: Record<string, number> = {}
  const counters: Record<string, number> = {}
  const states: Record<string, string> = {}
  try {
    read({
      gauge: (series, value) => {
        if (Number.isFinite(value)) gauges[series] = value
      },
      counter: (series, value) => {
        if (Number.isFinite(value)) counters[series] = value
      },
      state: (series, value) => {
        states[series] = value
      },
    })
  } catch (error) {
    return { ...stamp, gauges: {}, counters: {}, states: {}, failed: reasonOf(error) }
  }
  return { ...stamp, gauges, counters, states }
}
