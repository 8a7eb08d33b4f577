/** One that hung the thread twice is tried again after this. */
const LEFT_OUT_MS = 60 * 60_000

/**
 * Finds out which check hangs or ends its thread: all that ran then are suspects and run one at a time in the next thread; the one that
 * runs when that is lost as well did it, and is left out for an hour.
 */
export class Suspects {
  readonly #suspects = new Set<string>()
  readonly #leftOut = new Map<string, number>()

  get suspects(): readonly string[] {
    return [...this.#suspects]
  }

  /** Names, and the monotonic time until which each is left out. */
  get leftOut(): readonly (readonly [name: string, untilMono: number])[] {
    return [...this.#leftOut]
  }

  isLeftOut(name: string, nowMono: number): boolean {
    return nowMono < (this.#leftOut.get(name) ?? Number.NEGATIVE_INFINITY)
  }

  /** A thread was lost in which these ran. The names of those that are left out from now on. */
  lost(running: readonly string[], nowMono: number): readonly string[] {
    const again = running.filter((name) => this.#suspects.has(name) || this.#leftOut.has(name))
    if (again.length === 0) for (const name of running) this.#suspects.add(name)
    // Suspects never run together.
    for (const name of again) {
      this.#suspects.delete(name)
      this.#leftOut.set(name, nowMono + LEFT_OUT_MS)
    }
    return again
  }

  /** It ended well, or is another check now. */
  clear(name: string): void {
    this.#suspects.delete(name)
    this.#leftOut.delete(name)
  }
}
