import type { Sample } from '../model/sample.ts'
import { type Labels, parseSeriesKey } from '../model/series.ts'

/** One state of a source, such as that of a mount. */
export interface State {
  readonly source: string
  readonly labels: Labels
  value: string
  stamp: number
}

/** What became of states with one sample. */
export interface StateChanges {
  readonly came: readonly State[]
  readonly went: readonly State[]
  readonly turned: readonly State[]
  /** All that the sample gives. */
  readonly given: readonly State[]
  /** The source has only just begun: what comes was there before. */
  readonly settling: boolean
}

/** States of one name (`mount{…}`), source by source: each sample of a source lists all that it knows. */
export class States {
  readonly #prefix: string
  readonly #settleMs: number
  readonly #byKey = new Map<string, State>()
  /** Monotonic time at which each source began, or began again. */
  readonly #beganMono = new Map<string, number>()
  #stamp = 0

  /** For `settleMs` after it began a source may not know all yet (a slow mount is asked in the background): nothing goes away then. */
  constructor(name: string, settleMs = 0) {
    this.#prefix = `${name}{`
    this.#settleMs = settleMs
  }

  all(): readonly State[] {
    return [...this.#byKey.values()]
  }

  /** Undefined for a sample of a source that gives none of these states and never did. */
  accept(sample: Sample): StateChanges | undefined {
    const keys = Object.keys(sample.states).filter((key) => key.startsWith(this.#prefix))
    const began = this.#beganMono.get(sample.source)
    if (began === undefined && keys.length === 0) return undefined
    const starts = began === undefined || sample.warmup === true
    if (starts) this.#beganMono.set(sample.source, sample.monoMs)
    const settling = starts || sample.monoMs - began < this.#settleMs
    const stamp = ++this.#stamp
    const came: State[] = []
    const turned: State[] = []
    const given: State[] = []
    for (const key of keys) {
      const value = sample.states[key] as string
      let state = this.#byKey.get(key)
      if (state === undefined || state.source !== sample.source) {
        const known = state !== undefined
        state = { source: sample.source, labels: parseSeriesKey(key).labels, value, stamp }
        this.#byKey.set(key, state)
        if (!known) came.push(state)
      } else if (state.value !== value) {
        state.value = value
        turned.push(state)
      }
      state.stamp = stamp
      given.push(state)
    }
    const went: State[] = []
    for (const [key, state] of this.#byKey) {
      if (settling || state.source !== sample.source || state.stamp === stamp) continue
      this.#byKey.delete(key)
      went.push(state)
    }
    return { came, went, turned, given, settling }
  }
}
