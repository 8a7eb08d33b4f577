/** Of the time that passes, what one kind of reading may take. */
const SHARE = 1 / 200

/** Reads something again after a while: at the usual pace, and more seldom the longer it takes. Keeps what was read last. */
export class Paced<T> {
  private value: T | undefined
  private readonly everyMs: number
  private readonly now: () => number
  private nextMs = Number.NEGATIVE_INFINITY

  /** `now` is a monotonic clock. */
  constructor(everyMs: number, now: () => number) {
    this.everyMs = everyMs
    this.now = now
  }

  /** What is known now, read anew when it is time. */
  get(read: () => T): T {
    const began = this.now()
    // Who asks at a regular pace is never early by more than its own jitter.
    if (this.value !== undefined && began < this.nextMs - JITTER_MS) return this.value
    const value = read()
    this.value = value
    this.nextMs = began + Math.max(this.everyMs, (this.now() - began) / SHARE)
    return value
  }
}

const JITTER_MS = 20
