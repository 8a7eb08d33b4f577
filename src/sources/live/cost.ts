import type { Clock } from '../../lib/clock.ts'
import type { Batch } from '../../model/source.ts'

/** The footer is to be calm. */
const WINDOW_MS = 10_000
/** Over less than this it would tell of the start alone. */
const LEAST_MS = 2000

interface Reading {
  readonly monoMs: number
  /** User and system time of all threads since the process was started. */
  readonly cpuMs: number
  readonly memoryBytes: number
}

/** What this process costs itself, as means over the last ten seconds. */
export class Cost {
  /** Oldest first; the oldest is where the window begins. */
  private readonly readings: Reading[] = []

  /** Takes a reading; the CPU ratio is of one core and absent for the first two seconds. */
  take(monoMs: number, cpuMs: number, memoryBytes: number): NonNullable<Batch['cost']> {
    const { readings } = this
    readings.push({ monoMs, cpuMs, memoryBytes })
    while (readings.length > 2 && monoMs - (readings[1] as Reading).monoMs >= WINDOW_MS) readings.shift()
    const first = readings[0] as Reading
    const mean = readings.reduce((sum, reading) => sum + reading.memoryBytes, 0) / readings.length
    const elapsedMs = monoMs - first.monoMs
    return {
      memoryBytes: Math.round(mean),
      ...(elapsedMs >= LEAST_MS && { cpuRatio: (cpuMs - first.cpuMs) / elapsedMs }),
    }
  }
}

/** CPU time of all threads of this process in milliseconds. */
function ownCpuMs(): number {
  const { user, system } = process.cpuUsage()
  return (user + system) / 1000
}

/** Asking the kernel what we cost is not free either, and the footer shows a mean over ten seconds. */
const EVERY_MS = 5000

/** Reads now and then what this process costs. */
export interface CostReader {
  now(): NonNullable<Batch['cost']>
  /** What a batch takes along: nothing while the last reading is young. */
  due(): Pick<Batch, 'cost'>
}

export function createCostReader(clock: Clock): CostReader {
  const cost = new Cost()
  let readMono = Number.NEGATIVE_INFINITY
  const now = () => {
    readMono = clock.monoMs()
    return cost.take(readMono, ownCpuMs(), process.memoryUsage.rss())
  }
  return { now, due: () => (clock.monoMs() - readMono >= EVERY_MS ? { cost: now() } : {}) }
}
