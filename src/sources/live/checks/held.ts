import type { CheckBatch } from '../../../model/check.ts'

/** Where the host is measured more seldom than this, nothing waits for it. */
const LONGEST_MS = 1000

/**
 * Keeps what checks told and is no news until the host's next batch, which takes it along: each batch makes a frame, and is a picture to
 * be painted.
 */
export class Held {
  readonly #holds: boolean
  readonly #tell: (batch: CheckBatch) => void
  #batch: CheckBatch | undefined

  /** `intervalMs`: how often the host's batches come. `tell` takes what cannot wait. */
  constructor(intervalMs: number, tell: (batch: CheckBatch) => void) {
    this.#holds = intervalMs <= LONGEST_MS
    this.#tell = tell
  }

  /** Takes what was told; `calm` may wait. */
  take(told: CheckBatch, calm: boolean): void {
    // Results of a check are not those of another one that has got its name.
    if (told.definitions !== undefined) this.#flush()
    this.#batch = joined(this.#batch, told)
    if (!calm || !this.#holds) this.#flush()
  }

  /** What a batch takes along. */
  release(): { readonly checks?: CheckBatch } {
    const batch = this.#batch
    this.#batch = undefined
    return batch === undefined ? {} : { checks: batch }
  }

  #flush(): void {
    const { checks } = this.release()
    if (checks !== undefined) this.#tell(checks)
  }
}

function joined(before: CheckBatch | undefined, told: CheckBatch): CheckBatch {
  if (before === undefined) return told
  const results = [...(before.results ?? []), ...(told.results ?? [])]
  return { ...told, ...(results.length > 0 && { results }), next: { ...before.next, ...told.next } }
}
