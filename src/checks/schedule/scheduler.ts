import { isDeepStrictEqual } from 'node:util'
import type { CheckDefinition, CheckState } from '../../model/check.ts'
import { turnsApart } from './back-off.ts'
import { type Anchor, phaseOf, type Turns, turnsOf } from './phase.ts'
import { type Needs, Places } from './places.ts'
import { DueQueue } from './queue.ts'

/** The first round is spread over this, and over 10 ms more for each check. */
const FIRST_ROUND_MS = 1000
const FIRST_ROUND_EACH_MS = 10
/** A turn that would follow a start within this share of the interval is left out. */
const TOO_SOON = 1 / 3

/** A check, and what the schedule needs to know of it. */
export interface Scheduled extends Needs {
  readonly definition: CheckDefinition
  /** Monotonic time before which it does not run at all. */
  readonly notBeforeMono?: number | undefined
}

/** A check that is to be started now, and that `finished` has to be told of. */
export interface Run {
  readonly definition: CheckDefinition
  /** When it was to start, monotonic. */
  readonly dueMono: number
  /** A person asked for it. */
  readonly asked: boolean
}

interface Entry {
  readonly definition: CheckDefinition
  readonly turns: Turns
  readonly notBeforeMono: number
  needs: Needs
  /** Results `down` in a row. */
  downs: number
  /** The turn of its last start, and when the next may be at the earliest. */
  lastTurn: number
  earliestMono: number
  nextMono: number
  /** Waits for a place: since when it is due; asked ones go first. */
  waiting?: { readonly dueMono: number; readonly asked: boolean } | undefined
  run?: { readonly handed: Run; readonly needs: Needs } | undefined
}

/** A start in the queue; another than the entry's own `nextMono` was given up since. */
interface Turn {
  readonly entry: Entry
  readonly atMono: number
}

/** Decides what starts when. Knows no timers: time is an argument, monotonic milliseconds. */
export class Scheduler {
  readonly #anchor: Anchor
  readonly #places = new Places()
  readonly #queue = new DueQueue<Turn>()
  readonly #runs = new Map<Run, Entry>()
  #entries: ReadonlyMap<string, Entry> = new Map()
  /** Due and without a place, in the order in which they are to start. */
  #waiting: Entry[] = []
  #next = new Map<string, number>()
  #skipped = 0

  constructor(anchor: Anchor) {
    this.#anchor = anchor
  }

  /** Turns that came while the run before went on, or still waited for a place. */
  get skipped(): number {
    return this.#skipped
  }

  /** When `due` may have something to start; undefined when nothing is planned. */
  get wakeMono(): number | undefined {
    return this.#queue.nextMono
  }

  /**
   * All checks there are from now on. An unchanged one keeps all it has; any other starts anew, soon. The runs that are given back are of
   * no use any more; they too are `finished` when they end.
   */
  replace(scheduled: readonly Scheduled[], nowMono: number): readonly Run[] {
    const before = this.#entries
    const entries = new Map<string, Entry>()
    const fresh: Entry[] = []
    for (const one of scheduled) {
      const { definition } = one
      const known = before.get(definition.name)
      const same = known !== undefined && isDeepStrictEqual(known.definition, definition)
      const entry = same ? known : this.#entryOf(one)
      if (!same) fresh.push(entry)
      entries.set(definition.name, entry)
    }
    this.#entries = entries
    const gone = [...before].filter(([name, entry]) => entries.get(name) !== entry).map(([, entry]) => entry)
    for (const entry of gone) entry.waiting = undefined
    this.#waiting = this.#waiting.filter(({ waiting }) => waiting !== undefined)
    for (const name of this.#next.keys()) if (!entries.has(name)) this.#next.delete(name)
    const windowMs = FIRST_ROUND_MS + FIRST_ROUND_EACH_MS * fresh.length
    for (const entry of fresh) {
      const { name, intervalMs } = entry.definition
      this.#plan(entry, Math.max(nowMono + phaseOf(name) * Math.min(intervalMs, windowMs), entry.notBeforeMono))
    }
    return gone.flatMap(({ run }) => (run === undefined ? [] : [run.handed]))
  }

  /** What is to start now. */
  due(nowMono: number): readonly Run[] {
    for (let turn = this.#queue.take(nowMono); turn !== undefined; turn = this.#queue.take(nowMono)) {
      if (this.#isCurrent(turn)) this.#turn(turn.entry, turn.atMono, nowMono)
    }
    if (this.#waiting.length === 0) return []
    const started: Run[] = []
    const still: Entry[] = []
    for (const entry of this.#waiting) {
      if (this.#places.has(entry.needs)) started.push(this.#start(entry))
      else still.push(entry)
    }
    this.#waiting = still
    return started
  }

  /** Checks that a person wants now, out of turn, before all others that wait; one that runs is running now. All without names. */
  ask(names: readonly string[], nowMono: number): void {
    const meant = names.length === 0 ? [...this.#entries.keys()] : names
    for (const name of meant) {
      const entry = this.#entries.get(name)
      if (entry === undefined || entry.run !== undefined || entry.notBeforeMono > nowMono) continue
      this.#waiting = this.#waiting.filter((other) => other !== entry)
      this.#wait(entry, { dueMono: nowMono, asked: true })
    }
  }

  /** A run has ended. */
  finished(run: Run, state: CheckState, nowMono: number): void {
    const entry = this.#runs.get(run)
    if (entry?.run === undefined) return
    this.#runs.delete(run)
    this.#places.free(entry.run.needs)
    entry.run = undefined
    // It ended, so it is not the one that hangs.
    entry.needs = { ...entry.needs, suspect: false }
    if (state === 'down') entry.downs++
    else if (state !== 'unknown') entry.downs = 0
    if (this.#isKnown(entry)) this.#plan(entry, this.#nextTurn(entry, nowMono))
  }

  /** Monotonic times of the next turns, by name, of those that changed since this was asked. */
  takeNext(): ReadonlyMap<string, number> {
    const changed = this.#next
    this.#next = new Map()
    return changed
  }

  #entryOf({ definition, uses, peer, suspect, notBeforeMono = Number.NEGATIVE_INFINITY }: Scheduled): Entry {
    return {
      definition,
      turns: turnsOf(definition.name, definition.intervalMs, this.#anchor),
      notBeforeMono,
      needs: { uses, peer, suspect },
      downs: 0,
      lastTurn: Number.NEGATIVE_INFINITY,
      earliestMono: Number.NEGATIVE_INFINITY,
      nextMono: Number.POSITIVE_INFINITY,
    }
  }

  #isKnown(entry: Entry): boolean {
    return this.#entries.get(entry.definition.name) === entry
  }

  #isCurrent({ entry, atMono }: Turn): boolean {
    return entry.nextMono === atMono && this.#isKnown(entry)
  }

  #turn(entry: Entry, atMono: number, nowMono: number): void {
    const { turns, definition } = entry
    if (entry.run === undefined && entry.waiting === undefined) this.#wait(entry, { dueMono: atMono, asked: false })
    else this.#skipped++
    entry.lastTurn = turns.at(nowMono)
    entry.earliestMono = nowMono + definition.intervalMs * TOO_SOON
    this.#plan(entry, this.#nextTurn(entry, nowMono))
  }

  #nextTurn({ turns, definition, downs, lastTurn, earliestMono }: Entry, nowMono: number): number {
    const { failures, intervalMs } = definition
    const turn = Math.max(lastTurn + turnsApart(downs, failures, intervalMs), turns.at(nowMono) + 1)
    const atMono = turns.mono(turn)
    return atMono < earliestMono ? turns.mono(turn + 1) : atMono
  }

  #plan(entry: Entry, atMono: number): void {
    if (entry.nextMono === atMono) return
    entry.nextMono = atMono
    this.#queue.add({ entry, atMono }, atMono)
    this.#next.set(entry.definition.name, atMono)
  }

  #wait(entry: Entry, waiting: NonNullable<Entry['waiting']>): void {
    entry.waiting = waiting
    const list = this.#waiting
    let at = list.length
    while (at > 0 && goesBefore(waiting, (list[at - 1] as Entry).waiting)) at--
    list.splice(at, 0, entry)
  }

  #start(entry: Entry): Run {
    const { definition, needs, waiting } = entry
    const handed: Run = { definition, dueMono: waiting?.dueMono ?? 0, asked: waiting?.asked === true }
    entry.waiting = undefined
    entry.run = { handed, needs }
    this.#runs.set(handed, entry)
    this.#places.take(needs)
    return handed
  }
}

function goesBefore(one: NonNullable<Entry['waiting']>, other: Entry['waiting']): boolean {
  if (other === undefined) return false
  return one.asked === other.asked ? one.dueMono < other.dueMono : one.asked
}
