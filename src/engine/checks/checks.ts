import { isDeepStrictEqual } from 'node:util'
import type { CheckBatch, CheckDefinition, CheckResult, CheckStatus } from '../../model/check.ts'
import type { Reason } from '../../model/frame.ts'
import type { Sample } from '../../model/sample.ts'
import { sameMembers } from '../identity.ts'
import { dependents, downBelow } from './dependencies.ts'
import { type Tell, Tracked } from './tracked.ts'

/** There will be one result of each: that one counts. */
const AT_ONCE = { failures: 1, successes: 1 } as const

/** All checks as they stand: results in, judged states out. */
export class Checks {
  readonly #once: boolean
  #tracked: ReadonlyMap<string, Tracked> = new Map()
  /** For each check, those that depend on it. */
  #above: ReadonlyMap<string, ReadonlySet<string>> = new Map()
  #list: readonly CheckStatus[] = []
  #reasons: readonly Reason[] = []
  /** Of each check in the list, why it is trouble. */
  #reasonAt: (Reason | undefined)[] = []
  /** Where in the list each check stands. */
  #places: ReadonlyMap<Tracked, number> = new Map()
  /** Checks of which something may have changed. */
  readonly #touched = new Set<Tracked>()

  /** `once`: nobody waits for failures in a row. */
  constructor({ once = false }: { readonly once?: boolean } = {}) {
    this.#once = once
  }

  /** In the order of their definitions; the same list while nothing changed. */
  get list(): readonly CheckStatus[] {
    return this.#list
  }

  /** Takes what a source told. What turned is told as events; the samples hold the series of the results. */
  accept(
    { definitions, results = [], next = {} }: CheckBatch,
    wallMs: number,
    monoMs: number,
    tell: Tell,
  ): readonly Sample[] {
    const samples = definitions === undefined ? [] : this.#define(definitions, wallMs, monoMs, tell)
    for (const result of results) {
      const tracked = this.#tracked.get(result.check)
      if (tracked !== undefined) samples.push(this.#take(tracked, result, tell))
    }
    for (const [name, nextMs] of Object.entries(next)) {
      const tracked = this.#tracked.get(name)
      if (tracked === undefined) continue
      tracked.setNext(nextMs)
      this.#touched.add(tracked)
    }
    this.#update()
    return samples
  }

  /** Trouble, for the verdict and NOW: down is critical, degraded a warning; unknown only where it was asked and nothing else explains it. */
  reasons(): readonly Reason[] {
    return this.#reasons
  }

  /** What did not change keeps all that is known of it. */
  #define(definitions: readonly CheckDefinition[], wallMs: number, monoMs: number, tell: Tell): Sample[] {
    const before = this.#tracked
    const samples: Sample[] = []
    const tracked = new Map<string, Tracked>()
    for (const definition of definitions) {
      const known = before.get(definition.name)
      const same = known !== undefined && isDeepStrictEqual(known.definition, definition)
      if (known !== undefined && !same) samples.push(known.gone(wallMs, monoMs))
      tracked.set(definition.name, same ? known : new Tracked(definition, wallMs, this.#once ? AT_ONCE : definition))
    }
    for (const [name, known] of before) {
      if (tracked.has(name)) continue
      known.remove(wallMs, tell)
      samples.push(known.gone(wallMs, monoMs))
    }
    this.#tracked = tracked
    this.#above = dependents(definitions)
    this.#places = new Map([...tracked.values()].map((one, place) => [one, place]))
    for (const one of tracked.values()) this.#explain(one, wallMs)
    const list = [...tracked.values()].map(({ status }) => status)
    if (!sameMembers(list, this.#list)) this.#list = list
    this.#reasonAt = [...tracked.values()].map(({ reason }) => reason)
    this.#reasons = this.#reasonAt.filter((reason) => reason !== undefined)
    return samples
  }

  #take(tracked: Tracked, result: CheckResult, tell: Tell): Sample {
    const { name, depends } = tracked.definition
    const blockedBy = depends.length > 0 ? downBelow(name, this.#tracked) : undefined
    const wasDown = tracked.state === 'down'
    this.#touched.add(tracked)
    const sample = tracked.accept(result, blockedBy, tell)
    if (wasDown !== (tracked.state === 'down')) {
      for (const above of this.#above.get(name) ?? []) {
        const other = this.#tracked.get(above)
        if (other !== undefined && other !== tracked) this.#explain(other, result.wallMs)
      }
    }
    return sample
  }

  /** Something that this check depends on may have turned. */
  #explain(tracked: Tracked, wallMs: number): void {
    if (tracked.definition.depends.length === 0) return
    const below = downBelow(tracked.definition.name, this.#tracked)
    if (below !== undefined) tracked.block(below, wallMs)
    else tracked.release()
    this.#touched.add(tracked)
  }

  /** Only what was touched is looked at: the list is copied, and its other members stay the same objects. */
  #update(): void {
    let list: CheckStatus[] | undefined
    let turned = false
    for (const tracked of this.#touched) {
      const place = this.#places.get(tracked)
      if (place === undefined || this.#list[place] === tracked.status) continue
      list ??= [...this.#list]
      list[place] = tracked.status
      if (this.#reasonAt[place] === tracked.reason) continue
      this.#reasonAt[place] = tracked.reason
      turned = true
    }
    this.#touched.clear()
    if (list !== undefined) this.#list = list
    if (turned) this.#reasons = this.#reasonAt.filter((reason) => reason !== undefined)
  }
}
