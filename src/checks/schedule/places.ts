import type { CheckType } from '../check.ts'

/** What a check contends for while it runs. */
export interface Needs {
  readonly uses: CheckType['uses']
  /** Whom it asks: `127.0.0.1:5432`. */
  readonly peer?: string | undefined
  /** Is suspected of hanging the thread: it runs while no other suspect does, so that it is known who did it. */
  readonly suspect: boolean
}

/** How many of a kind run at once. */
export const MOST_AT_ONCE: Readonly<Record<CheckType['uses'], number>> = { network: 500, program: 16, local: 64 }
export const MOST_OF_PEER = 16

/** Counts what runs, by what it contends for. */
export class Places {
  readonly #running: Record<CheckType['uses'], number> = { network: 0, program: 0, local: 0 }
  readonly #peers = new Map<string, number>()
  #suspects = 0

  has({ uses, peer, suspect }: Needs): boolean {
    if (suspect && this.#suspects > 0) return false
    if (this.#running[uses] >= MOST_AT_ONCE[uses]) return false
    return peer === undefined || (this.#peers.get(peer) ?? 0) < MOST_OF_PEER
  }

  take(needs: Needs): void {
    this.#count(needs, 1)
  }

  /** Gives back what was taken for the same needs. */
  free(needs: Needs): void {
    this.#count(needs, -1)
  }

  #count({ uses, peer, suspect }: Needs, by: 1 | -1): void {
    this.#running[uses] += by
    if (suspect) this.#suspects += by
    if (peer === undefined) return
    const count = (this.#peers.get(peer) ?? 0) + by
    if (count > 0) this.#peers.set(peer, count)
    else this.#peers.delete(peer)
  }
}
