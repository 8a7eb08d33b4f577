import { processMetrics } from '../../model/catalogue/process.ts'
import { answered, type CheckDefinition, type CheckResult, type CheckState, PHASES } from '../../model/check.ts'
import type { Sample } from '../../model/sample.ts'
import { seriesKey } from '../../model/series.ts'

/** What is down is asked more seldom, up to this many times its interval: what was said of it counts for longer. */
export const BACK_OFF = 4
/** A plug-in that gives each value another label must not fill the memory with series. */
const MOST_VALUES = 100
/** Series of a process that the catalogue knows. */
const PROCESS_METRICS: ReadonlySet<string> = new Set(processMetrics.map(({ name }) => name))

/** Seconds that an answer took; NaN where none was measured. */
export function latencyOf({ outcome, durationMs, tries }: CheckResult): number {
  if (outcome.noLatency === true || !answered(outcome)) return Number.NaN
  if (outcome.latencyS !== undefined) return outcome.latencyS
  // With retries the first try is in it.
  const well = outcome.state === 'up' || outcome.state === 'degraded'
  return well && tries === 1 ? durationMs / 1000 : Number.NaN
}

/** Makes the series of one check, whose keys it knows. */
export class CheckSeries {
  readonly #name: string
  readonly #intervalMs: number
  readonly #up: string
  readonly #degraded: string
  readonly #latency: string
  readonly #certificate: string
  readonly #phases = new Map<string, string>()
  readonly #values = new Map<string, string>()
  readonly #processes = new Map<string, string>()

  constructor({ name, intervalMs }: CheckDefinition) {
    this.#name = name
    this.#intervalMs = intervalMs
    const key = (metric: string) => seriesKey(metric, { check: name })
    this.#up = key('check_up')
    this.#degraded = key('check_degraded')
    this.#latency = key('check_latency_seconds')
    this.#certificate = key('check_certificate_seconds')
  }

  /** What a result says, and the state that it left the check in. */
  sample(result: CheckResult, state: CheckState): Sample {
    const { outcome, wallMs, monoMs } = result
    const gauges: Record<string, number> = {}
    if (state !== 'unknown') {
      gauges[this.#up] = state === 'down' ? 0 : 1
      gauges[this.#degraded] = state === 'degraded' ? 1 : 0
    }
    const latencyS = latencyOf(result)
    if (!Number.isNaN(latencyS)) gauges[this.#latency] = latencyS
    const leaf = outcome.certificate?.certificates[0]
    if (leaf !== undefined) gauges[this.#certificate] = (leaf.untilMs - wallMs) / 1000
    const { phases } = outcome
    for (const phase of PHASES) if (phases?.[phase] !== undefined) gauges[this.#phaseKey(phase)] = phases[phase]
    for (const { label, value } of outcome.values ?? []) {
      if (this.#values.has(label) || this.#values.size < MOST_VALUES) gauges[this.#valueKey(label)] = value
    }
    for (const [metric, value] of Object.entries(outcome.processes ?? {})) {
      if (PROCESS_METRICS.has(metric)) gauges[this.#processKey(metric)] = value
    }
    const backedOff = state === 'down' || outcome.state === 'down'
    return this.#sampleOf(wallMs, monoMs, this.#intervalMs * (backedOff ? BACK_OFF : 1), gauges)
  }

  /** Says that nothing is known of it any more. */
  gone(wallMs: number, monoMs: number): Sample {
    return this.#sampleOf(wallMs, monoMs, this.#intervalMs, {})
  }

  #sampleOf(wallMs: number, monoMs: number, everyMs: number, gauges: Record<string, number>): Sample {
    return { source: `check:${this.#name}`, wallMs, monoMs, everyMs, gauges, counters: {}, states: {} }
  }

  #phaseKey(phase: string): string {
    return remembered(this.#phases, phase, () => seriesKey('check_phase_seconds', { check: this.#name, phase }))
  }

  #valueKey(label: string): string {
    return remembered(this.#values, label, () => seriesKey('check_value', { check: this.#name, label }))
  }

  #processKey(metric: string): string {
    return remembered(this.#processes, metric, () => seriesKey(metric, { process: this.#name }))
  }
}

function remembered(keys: Map<string, string>, name: string, make: () => string): string {
  let key = keys.get(name)
  if (key === undefined) {
    key = make()
    keys.set(name, key)
  }
  return key
}
