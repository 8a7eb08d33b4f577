import type { Clock } from '../../lib/clock.ts'
import type { ProcessRow } from '../../model/processes.ts'
import type { Sample } from '../../model/sample.ts'
import { seriesKey } from '../../model/series.ts'
import { Growth } from './growth.ts'
import { type Figures, tableOnly, type WatchPlatform } from './platform.ts'
import { Totals } from './totals.ts'

/** With more instances the table must do: each costs a tenth of a millisecond and more. */
const MOST_READ = 200
/** Of one core, for all instances: with thousands of them they are read more seldom. */
const SHARE = 1 / 100
/** Ticks come a little early or late. */
const JITTER_MS = 50

const MEMORY = 'process_memory_bytes'
/** Not summed over instances: what limits each is not how many there are. */
const LOWEST = 'process_files_limit'
const HIGHEST = 'process_files_used_ratio'

export interface SeriesOptions {
  readonly platform: WatchPlatform
  readonly clock: Clock
  /** How often figures are asked for, and how often there is a new scan. */
  readonly everyMs: number
  readonly scanEveryMs: number
}

/** What is measured, and who wants to hear of it. */
export interface Measured {
  readonly label: string
  /** There was a scan since the last reading. */
  readonly scanned: boolean
  readonly instances: ReadonlyMap<string, ProcessRow>
  restarts(): number
  onMemory(key: string, bytes: number): void
  onEnd(key: string): void
}

/**
 * The series of what is watched: instances summed, counters across restarts. What one instance does not tell is not told of all: a sum of a
 * part would be a lie.
 */
export class WatchSeries {
  private readonly options: SeriesOptions
  private readonly totals = new Totals()
  private readonly growth = new Growth()
  private nextMono = Number.NEGATIVE_INFINITY

  constructor(options: SeriesOptions) {
    this.options = options
  }

  /** Undefined when there is nothing new, or the last reading took so long that it is not time yet. */
  measure(measured: Measured): Sample | undefined {
    const { clock, scanEveryMs } = this.options
    const platform = measured.instances.size > MOST_READ ? tableOnly : this.options.platform
    if (!platform.reads && !measured.scanned) return undefined
    const everyMs = platform.reads ? this.options.everyMs : scanEveryMs
    const monoMs = clock.monoMs()
    if (monoMs < this.nextMono - JITTER_MS) return undefined
    const stamp = { source: 'watch', wallMs: clock.wallMs(), monoMs }
    const readings: Figures[] = []
    for (const [key, row] of [...measured.instances]) {
      const figures = platform.figures(row)
      if (figures === undefined) {
        measured.onEnd(key)
        continue
      }
      readings.push(figures)
      this.totals.add(key, figures.counters)
      const memory = figures.gauges[MEMORY]
      if (memory !== undefined) measured.onMemory(key, memory)
    }
    const gauges: Record<string, number> = { process_count: readings.length }
    const counters: Record<string, number> = { process_restarts_total: measured.restarts() }
    if (readings.length > 0) {
      Object.assign(gauges, sumsOf(readings), this.options.platform.shared([...measured.instances.values()]))
      for (const name of commonOf(readings, ({ counters }) => counters)) counters[name] = this.totals.of(name)
    }
    this.grow(monoMs, gauges)
    const tookMs = clock.monoMs() - monoMs
    const nextMs = Math.max(everyMs, Math.ceil(tookMs / SHARE / everyMs) * everyMs)
    this.nextMono = monoMs + nextMs
    const labelled = (values: Record<string, number>) => withLabel(values, measured.label)
    return { ...stamp, everyMs: nextMs, gauges: labelled(gauges), counters: labelled(counters), states: {} }
  }

  /** Another instance: its memory is no growth of those that were there. */
  joined(): void {
    this.growth.restart()
  }

  /** An instance has ended: what memory did until now says nothing of the next. */
  forget(key: string): void {
    this.totals.forget(key)
    this.growth.restart()
  }

  private grow(monoMs: number, gauges: Record<string, number>): void {
    const memory = gauges[MEMORY]
    if (memory === undefined) return
    this.growth.add(monoMs, memory)
    const { perHour } = this.growth
    if (perHour !== undefined) gauges.process_memory_growth_bytes_per_hour = perHour
  }
}

/** Names that all of them tell. */
function commonOf(
  readings: readonly Figures[],
  part: (figures: Figures) => Readonly<Record<string, number>>,
): string[] {
  const [first, ...rest] = readings
  if (first === undefined) return []
  return Object.keys(part(first)).filter((name) => rest.every((figures) => part(figures)[name] !== undefined))
}

function sumsOf(readings: readonly Figures[]): Record<string, number> {
  const sums: Record<string, number> = {}
  for (const name of commonOf(readings, ({ gauges }) => gauges)) {
    const values = readings.map(({ gauges }) => gauges[name] as number)
    if (name === LOWEST) sums[name] = Math.min(...values)
    else if (name === HIGHEST) sums[name] = Math.max(...values)
    else sums[name] = values.reduce((sum, value) => sum + value, 0)
  }
  return sums
}

function withLabel(values: Record<string, number>, label: string): Record<string, number> {
  return Object.fromEntries(Object.entries(values).map(([name, value]) => [seriesKey(name, { process: label }), value]))
}
