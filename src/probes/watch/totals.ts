type Counters = Readonly<Record<string, number>>

/**
 * Counters of several instances as one: each instance's own rise is added, so that one that ends or starts makes neither a reset nor a
 * spike. What an instance counted before it was first read, and after it was last read, is nobody's.
 */
export class Totals {
  private readonly totals: Record<string, number> = {}
  private readonly before = new Map<string, Counters>()

  /** Takes what an instance counts now. A counter that fell (its threads ended) rises from there. */
  add(key: string, counters: Counters): void {
    const before = this.before.get(key)
    for (const [name, value] of Object.entries(counters)) {
      this.totals[name] = (this.totals[name] ?? 0) + Math.max(0, value - (before?.[name] ?? value))
    }
    this.before.set(key, { ...before, ...counters })
  }

  /** An instance has ended. */
  forget(key: string): void {
    this.before.delete(key)
  }

  of(name: string): number {
    return this.totals[name] ?? 0
  }
}
