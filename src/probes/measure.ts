import type { Clock } from '../lib/clock.ts'
import { safeText } from '../lib/text.ts'
import type { Sample, Values } from '../model/sample.ts'

const MAX_REASON = 200

type Stamp = Pick<Sample, 'source' | 'everyMs' | 'wallMs' | 'monoMs'>
type Content = Pick<Sample, 'gauges' | 'counters' | 'states'>

/** The first line of what was thrown, safe to show. */
function reasonOf(error: unknown): string {
  const text = error instanceof Error ? error.message || error.name : String(error)
  return safeText(text.split('\n', 1)[0] ?? '', MAX_REASON).trim() || 'unknown error'
}

function stampOf(source: string, everyMs: number, clock: Clock): Stamp {
  return { source, everyMs, wallMs: clock.wallMs(), monoMs: clock.monoMs() }
}

function failed(stamp: Stamp, error: unknown): Sample {
  return { ...stamp, gauges: {}, counters: {}, states: {}, failed: reasonOf(error) }
}

/** Member by member: this is done for every probe at every tick, and two objects spread into one take far longer. */
function sampleOf({ source, everyMs, wallMs, monoMs }: Stamp, { gauges, counters, states }: Content): Sample {
  return { source, everyMs, wallMs, monoMs, gauges, counters, states }
}

/** What is written to `out` ends up in `content`. */
function collect(): { content: Content; out: Values } {
  const gauges: Record<string, number> = {}
  const counters: Record<string, number> = {}
  const states: Record<string, string> = {}
  const out: Values = {
    gauge: (series, value) => {
      if (Number.isFinite(value)) gauges[series] = value
    },
    counter: (series, value) => {
      if (Number.isFinite(value)) counters[series] = value
    },
    state: (series, value) => {
      states[series] = value
    },
  }
  return { content: { gauges, counters, states }, out }
}

/**
 * Runs one measurement and makes a sample of it, stamped when it began. What is thrown becomes a failed sample with a reason of one
 * line, and what had been written until then is dropped. Numbers that are none (NaN, infinite) are absent.
 */
export function measure(source: string, everyMs: number, clock: Clock, read: (out: Values) => void): Sample {
  const stamp = stampOf(source, everyMs, clock)
  const { content, out } = collect()
  try {
    read(out)
  } catch (error) {
    return failed(stamp, error)
  }
  return sampleOf(stamp, content)
}

/** As `measure`, for a measurement that waits. Never rejects. */
export async function measureSlowly(
  source: string,
  everyMs: number,
  clock: Clock,
  read: (out: Values) => Promise<void>,
): Promise<Sample> {
  const stamp = stampOf(source, everyMs, clock)
  const { content, out } = collect()
  try {
    await read(out)
  } catch (error) {
    return failed(stamp, error)
  }
  return sampleOf(stamp, content)
}
