import { CHECK_ORDER, type CheckState, type WorstOf } from '../../model/check.ts'

export const WORST_PARTS = 48

const NOTHING: WorstOf = Array.from({ length: WORST_PARTS })

/** The worst state in each of the last 48 parts of time, the open one last. */
export class WorstParts {
  readonly #partMs: number
  /** 0 for nothing known, else one more than the index in CHECK_ORDER; by number of the part. */
  readonly #codes = new Uint8Array(WORST_PARTS)
  #open = Number.NaN
  #list: WorstOf | undefined = NOTHING

  /** `partMs`: how long a part is. */
  constructor(partMs: number) {
    this.#partMs = partMs
  }

  /** Notes that a check was in a state from one moment to another, monotonic; for a moment alone both are the same. */
  note(state: CheckState, fromMono: number, toMono: number): void {
    this.pass(toMono)
    const last = Math.floor(toMono / this.#partMs)
    // What is older than the oldest part is not told.
    const first = Math.max(Math.floor(fromMono / this.#partMs), this.#open - WORST_PARTS + 1)
    const code = CHECK_ORDER.indexOf(state) + 1
    for (let part = first; part <= last; part++) {
      const before = this.#codes[slotOf(part)] as number
      if (before !== 0 && before <= code) continue
      this.#codes[slotOf(part)] = code
      this.#list = undefined
    }
  }

  /** Time has gone on to a moment of which nothing is known: what was noted before lies that far back. */
  pass(toMono: number): void {
    const part = Math.floor(toMono / this.#partMs)
    if (!(part <= this.#open)) this.#moveTo(part)
  }

  /** Oldest first; the same list while nothing changed. */
  get list(): WorstOf {
    this.#list ??= Array.from({ length: WORST_PARTS }, (_, index) => {
      const code = this.#codes[slotOf(this.#open - WORST_PARTS + 1 + index)] as number
      return code === 0 ? undefined : CHECK_ORDER[code - 1]
    })
    return this.#list
  }

  #moveTo(part: number): void {
    const steps = Number.isNaN(this.#open) ? WORST_PARTS : Math.min(part - this.#open, WORST_PARTS)
    for (let step = 0; step < steps; step++) this.#codes[slotOf(part - step)] = 0
    this.#open = part
    this.#list = undefined
  }
}

function slotOf(part: number): number {
  return ((part % WORST_PARTS) + WORST_PARTS) % WORST_PARTS
}
