import { LISTENERS_MS, ticksBetweenScans } from './cadence.ts'

/** A server listens some seconds after its start: soon enough for whoever started it, seldom enough for what it costs. */
const SOONEST_MS = 4000

/**
 * When what listens is read: every 30 s, and sooner after a process has started and stayed, as servers do; each reading that finds nothing
 * new makes the next of these come later, so that a host on which processes come and go all the time pays no more than others. Counts
 * in ticks (0 is the first) and takes those without a scan, where there are such. The reading at the start comes after the first tick.
 */
export class ListeningTurns {
  readonly #scanTicks: number
  readonly #mostTicks: number
  readonly #soonestTicks: number
  #lastTick = 0
  #startedTick = Number.NEGATIVE_INFINITY
  #gapTicks: number
  #wanted = false

  constructor(intervalMs: number) {
    this.#scanTicks = ticksBetweenScans(intervalMs)
    this.#mostTicks = Math.max(1, Math.ceil(LISTENERS_MS / intervalMs / this.#scanTicks)) * this.#scanTicks
    this.#soonestTicks = Math.min(this.#mostTicks, Math.ceil(SOONEST_MS / intervalMs))
    this.#gapTicks = this.#soonestTicks
  }

  /** A process that is new has stayed. */
  started(tick: number): void {
    if (tick - this.#startedTick >= this.#mostTicks) this.#gapTicks = this.#soonestTicks
    this.#startedTick = tick
    this.#wanted = this.#gapTicks < this.#mostTicks
  }

  /** Whether this tick reads; if so, that is the last reading from now on. */
  take(tick: number): boolean {
    const since = tick - this.#lastTick
    const offScan = tick % this.#scanTicks === 0
    if (tick === 0 || !offScan || since < (this.#wanted ? this.#gapTicks : this.#mostTicks)) return false
    this.#lastTick = tick
    return true
  }

  /** What a reading brought: whether something listens that did not before. */
  found(news: boolean): void {
    if (!this.#wanted) return
    if (!news) this.#gapTicks *= 2
    this.#wanted = !news && this.#gapTicks < this.#mostTicks
  }
}
