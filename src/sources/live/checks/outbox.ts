import type { CheckDefinition, CheckResult, CheckState } from '../../../model/check.ts'

/** At most one message in this time: each wakes the main thread. */
const APART_MS = 50
/** What says nothing new waits for company. */
const CALM_MS = 500
/** The supervisor has to hear something this often. */
const BEAT_MS = 2000

/** Results to be posted, perhaps none. */
export interface Posting {
  readonly results: readonly CheckResult[]
  /** Nothing of it is news: every check is as it was, and nobody asked. */
  readonly calm: boolean
}

interface Row {
  readonly state: CheckState
  /** Results in a row that said so. */
  count: number
}

/** Results that wait to be posted, in the order in which they happened. Time is an argument, monotonic milliseconds. */
export class Outbox {
  #results: CheckResult[] = []
  #calm = true
  #postedMono: number
  #definitions: ReadonlyMap<string, CheckDefinition> = new Map()
  /** The newest of each check. */
  readonly #rows = new Map<string, Row>()

  constructor(nowMono: number) {
    this.#postedMono = nowMono - BEAT_MS
  }

  /** All checks there are, by name. */
  define(definitions: ReadonlyMap<string, CheckDefinition>): void {
    this.#definitions = definitions
    for (const name of this.#rows.keys()) if (!definitions.has(name)) this.#rows.delete(name)
  }

  add(result: CheckResult): void {
    this.#results.push(result)
    if (result.asked === true || this.#isNews(result)) this.#calm = false
  }

  /** Another answer than before, or one more failure of those that count. */
  #isNews({ check, outcome: { state } }: CheckResult): boolean {
    const row = this.#rows.get(check)
    if (row?.state !== state) {
      this.#rows.set(check, { state, count: 1 })
      return true
    }
    row.count++
    const failing = state === 'down' || state === 'unknown'
    return failing && row.count <= (this.#definitions.get(check)?.failures ?? Number.POSITIVE_INFINITY)
  }

  /** When a message is to be posted. */
  get wakeMono(): number {
    const waitMs = this.#results.length === 0 ? BEAT_MS : this.#calm ? CALM_MS : APART_MS
    return this.#postedMono + waitMs
  }

  /** What is to be posted now, perhaps nothing but a beat; undefined while it is not time. */
  take(nowMono: number): Posting | undefined {
    if (nowMono < this.wakeMono) return undefined
    const posting = { results: this.#results, calm: this.#calm }
    this.#results = []
    this.#calm = true
    this.#postedMono = nowMono
    return posting
  }
}
