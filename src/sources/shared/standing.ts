import type { CheckBatch, CheckDefinition, CheckResult } from '../../model/check.ts'
import type { Sample } from '../../model/sample.ts'
import type { Batch } from '../../model/source.ts'
import type { Common } from './protocol.ts'

/** Results of a check that a newcomer is told: a state takes some in a row. */
const MOST_RESULTS = 10

/** A part of what was told, and when: parts that came later have larger numbers. */
interface Stamped<T> {
  readonly at: number
  readonly value: T
}

/** A result, with how many there were before. */
interface Counted extends Stamped<CheckResult> {
  readonly count: number
}

const LASTING = ['host', 'leaders', 'listeners', 'health'] as const
type Lasting = Pick<Batch, (typeof LASTING)[number]>

/**
 * The last that was told of everything, so that whoever comes later, or could not be told for a while, can be told what is so now: the last
 * sample of each probe, what is checked and how it was lately, who leads, what listens, how the parts are doing.
 */
export class Standing {
  #now = 0
  readonly #samples = new Map<string, Stamped<Sample>>()
  readonly #lasting = new Map<keyof Lasting, Stamped<Lasting[keyof Lasting]>>()
  #definitions: Stamped<readonly CheckDefinition[]> | undefined
  /** By check, oldest first. */
  readonly #results = new Map<string, Counted[]>()
  #count = 0
  readonly #next = new Map<string, Stamped<number>>()

  /** How far it is: who was told everything up to here need not be told it again. */
  get now(): number {
    return this.#now
  }

  take(batch: Common): void {
    const at = ++this.#now
    for (const sample of batch.samples) this.#samples.set(sample.source, { at, value: sample })
    for (const key of LASTING) {
      const value = batch[key]
      if (value !== undefined) this.#lasting.set(key, { at, value })
    }
    this.#takeChecks(batch.checks ?? {}, at)
  }

  #takeChecks({ definitions, results = [], next = {} }: CheckBatch, at: number): void {
    if (definitions !== undefined) {
      this.#definitions = { at, value: definitions }
      const names = new Set(definitions.map(({ name }) => name))
      for (const lasting of [this.#results, this.#next])
        for (const name of lasting.keys()) if (!names.has(name)) lasting.delete(name)
    }
    for (const [name, value] of Object.entries(next)) this.#next.set(name, { at, value })
    for (const value of results) {
      const last = [...(this.#results.get(value.check) ?? []), { at, value, count: this.#count++ }]
      this.#results.set(value.check, last.slice(-MOST_RESULTS))
    }
  }

  /** What is so now and was told after a moment of `now`; everything after 0. */
  since(moment: number, wallMs: number, monoMs: number): Common {
    const after = ({ at }: Stamped<unknown>) => at > moment
    const samples = [...this.#samples.values()].filter(after).map(({ value }) => value)
    const lasting = [...this.#lasting].filter(([, part]) => after(part)).map(([key, { value }]) => [key, value])
    const checks = this.#checksSince(after)
    return { wallMs, monoMs, samples, ...Object.fromEntries(lasting), ...(checks && { checks }) }
  }

  #checksSince(after: (part: Stamped<unknown>) => boolean): CheckBatch | undefined {
    const definitions = this.#definitions
    const results = [...this.#results.values()]
      .flatMap((last) => last.filter(after))
      .sort((a, b) => a.count - b.count)
      .map(({ value }) => value)
    const next = [...this.#next].filter(([, part]) => after(part)).map(([name, { value }]) => [name, value])
    const told = {
      ...(definitions !== undefined && after(definitions) && { definitions: definitions.value }),
      ...(results.length > 0 && { results }),
      ...(next.length > 0 && { next: Object.fromEntries(next) as Record<string, number> }),
    }
    return Object.keys(told).length === 0 ? undefined : told
  }
}
