import { isDeepStrictEqual } from 'node:util'
import { sameMembers } from '../../lib/members.ts'
import type { CheckBatch, CheckDefinition, CheckResult, CheckStatus } from '../../model/check.ts'
import type { Reason } from '../../model/frame.ts'
import type { CheckHistory } from '../../model/history.ts'
import type { Sample } from '../../model/sample.ts'
import { dependents, downBelow } from './dependencies.ts'
import { type Tell, Tracked } from './tracked.ts'

/** There will be one result of each: that one counts. */
const AT_ONCE = { failures: 1, successes: 1 } as const

/** A check that has not come for so long after the start, discovered ones included, is another one. */
const FORGET_MS = 3_600_000
/** A week of one check takes a fifth of a millisecond to take in, three times that at first. */
const RECALLED_AT_ONCE = 50

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
  /** All names that there ever were. */
  readonly #names = new Set<string>()
  /** Checks of which something may have changed. */
  readonly #touched = new Set<Tracked>()
  /** What earlier runs knew of checks that have not come yet; undefined while there is no history. */
  #earlier: Map<string, CheckHistory> | undefined
  #earlierMono = Number.NaN

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
    this.#recall(wallMs, monoMs, tell)
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

  /**
   * Takes what earlier runs knew of checks, as of now by both clocks: of those there are soon, of those that come within an hour when they come.
   * Only the first history counts.
   */
  restore(history: ReadonlyMap<string, CheckHistory>, wallMs: number, monoMs: number, tell: Tell): void {
    if (this.#earlier !== undefined) return
    this.#earlier = new Map(history)
    this.#earlierMono = monoMs
    this.#recall(wallMs, monoMs, tell)
    this.#update()
  }

  #recall(wallMs: number, monoMs: number, tell: Tell): void {
    const earlier = this.#earlier
    if (earlier === undefined || earlier.size === 0) return
    if (monoMs - this.#earlierMono > FORGET_MS) {
      earlier.clear()
      return
    }
    let recalled = 0
    for (const [name, known] of earlier) {
      const tracked = this.#tracked.get(name)
      if (tracked === undefined) continue
      if (++recalled > RECALLED_AT_ONCE) return
      earlier.delete(name)
      tracked.restore(known, wallMs, monoMs, tell)
      this.#touched.add(tracked)
    }
  }

  /** Trouble, for the verdict and NOW: down is critical, degraded a warning; unknown only where it was asked and nothing else explains it. */
  reasons(): readonly Reason[] {
    return this.#reasons
  }

  has(name: string): boolean {
    return this.#tracked.has(name)
  }

  /** Whether the certificate that it was shown is what is the trouble with a check. */
  byCertificate(name: string): boolean {
    return this.#tracked.get(name)?.status.reason === 'certificate'
  }

  /** Whether there was a check of this name since the start. */
  knew(name: string): boolean {
    return this.#names.has(name)
  }

  /** The checks that one stands on directly, and those that stand on it through any number of steps. */
  related(name: string): ReadonlySet<string> {
    return new Set([...(this.#tracked.get(name)?.definition.depends ?? []), ...(this.#above.get(name) ?? [])])
  }

  /** What did not change keeps all that is known of it. */
  #define(definitions: readonly CheckDefinition[], wallMs: number, monoMs: number, tell: Tell): Sample[] {
    const before = this.#tracked
    const samples: Sample[] = []
    const tracked = new Map<string, Tracked>()
    for (const definition of definitions) {
      const known = before.get(definition.name)
      const same = known !== undefined && isSame(known.definition, definition)
      if (known !== undefined && !same) samples.push(known.gone(wallMs, monoMs))
      if (same && !isDeepStrictEqual(known.definition, definition)) known.redefine(definition)
      tracked.set(definition.name, same ? known : new Tracked(definition, wallMs, this.#once ? AT_ONCE : definition))
    }
    for (const [name, known] of before) {
      if (tracked.has(name)) continue
      known.remove(wallMs, tell)
      samples.push(known.gone(wallMs, monoMs))
    }
    this.#tracked = tracked
    for (const name of tracked.keys()) this.#names.add(name)
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

/**
 * Whether a check goes on as it is. While another healthtop measures its settings are not told, for they may hold secrets: with or without them it is
 * the same check, whoever measures from now on.
 */
function isSame(known: CheckDefinition, next: CheckDefinition): boolean {
  if (isDeepStrictEqual(known, next)) return true
  const untold = [known, next].some(({ settings }) => Object.keys(settings).length === 0)
  return untold && isDeepStrictEqual({ ...known, settings: {} }, { ...next, settings: {} })
}
