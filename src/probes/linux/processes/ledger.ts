import type { HostLoad } from './load.ts'

/** Less than this much of a core is noise: the accounting is 10 ms coarse and other work runs between two reads. */
const NOISE_CORES = 0.025
const NOISE_SHARE = 0.15
/** More than this is always worth reading everybody. */
const LOUD_CORES = 0.2
const QUIET_MS = 10_000

/**
 * Compares the CPU the whole host used with what the processes that were read account for. What is left must have been used by
 * one that was not read: then everybody is read, in the same scan.
 */
export class CpuLedger {
  private readonly ticksPerSecond: number
  private lastBusyTicks = Number.NaN
  private lastMs = Number.NaN
  private lastAlarmMs = Number.NEGATIVE_INFINITY
  private elapsedMs = Number.NaN
  private busyTicks = Number.NaN
  private explainedTicks = 0
  private foundTicks = 0
  /**
   * What reading everybody could not explain the last two times, in cores: work of short-lived processes, or of others when
   * /proc/stat counts the host and /proc lists a container. The smaller one is no reason for an alarm.
   */
  private outside: readonly [number, number] = [0, 0]

  constructor(ticksPerSecond: number) {
    this.ticksPerSecond = ticksPerSecond
  }

  /** Begins the account of a scan. */
  open(load: HostLoad, monoMs: number): void {
    this.elapsedMs = monoMs - this.lastMs
    this.busyTicks = load.busyTicks - this.lastBusyTicks
    this.lastMs = monoMs
    this.lastBusyTicks = load.busyTicks
    this.explainedTicks = 0
    this.foundTicks = 0
  }

  /** Monotonic time since the scan before; NaN in the first. */
  get periodMs(): number {
    return this.elapsedMs
  }

  /** A process used `ticks` in the `overMs` since it was last read: only the part that fell into this period explains anything. */
  explain(ticks: number, overMs: number): void {
    this.foundTicks += ticks
    this.explainedTicks += overMs > this.elapsedMs ? (ticks * this.elapsedMs) / overMs : ticks
  }

  /** Whether so much is unexplained that everybody has to be read now. Counts as the alarm when it is true. */
  alarm(): boolean {
    const gap = this.cores(this.busyTicks - this.explainedTicks) - Math.min(...this.outside)
    const loud = gap > LOUD_CORES
    if (!(gap > NOISE_CORES && gap > NOISE_SHARE * this.cores(this.busyTicks))) return false
    if (!loud && this.lastMs - this.lastAlarmMs < QUIET_MS) return false
    this.lastAlarmMs = this.lastMs
    return true
  }

  /** Everybody was read: what is left cannot be explained by reading more. */
  learn(): void {
    const left = this.cores(this.busyTicks - this.foundTicks)
    if (!Number.isNaN(left)) this.outside = [this.outside[1], Math.max(0, left)]
  }

  private cores(ticks: number): number {
    return ticks / this.ticksPerSecond / (this.elapsedMs / 1000)
  }
}
