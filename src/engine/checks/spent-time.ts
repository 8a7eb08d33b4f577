import type { Availability, CheckState, CheckStatus } from '../../model/check.ts'
import { AvailabilityCount, PART_MS } from './availability.ts'
import { WorstParts } from './worst.ts'

const HOUR_MS = 3_600_000
/** More of them wait for a decision only where somebody wants very many failures in a row. */
const MOST_OPEN = 100

interface Stretch {
  readonly from: number
  readonly to: number
}

/**
 * How long a check was in which state, over monotonic time. The time from one result to the next is that of the state it was in; while
 * results contradict that state, it is open whose it is: if they turn it, it was the new state's from the first of them on.
 */
export class SpentTime {
  readonly #availability = new AvailabilityCount()
  readonly #day = new WorstParts(HOUR_MS / 2)
  readonly #week = new WorstParts(3.5 * HOUR_MS)
  #open: Stretch[] = []
  #lastMono = Number.NaN

  /** Time goes on to a new result; what is longer than `longestMs` is a gap, in which nothing is known. */
  passTo(monoMs: number, longestMs: number): void {
    const from = this.#lastMono
    const known = monoMs > from && monoMs - from <= longestMs
    // A gap is a stretch without any time, so that stretches and results still count alike.
    if (!Number.isNaN(from)) this.#open.push({ from: known ? from : monoMs, to: monoMs })
    if (!(monoMs <= from)) this.#lastMono = monoMs
  }

  /** The newest result agrees with the state, undefined before it was ever judged: all that was open is its. */
  settle(state: CheckState | undefined): void {
    this.#give(this.#open, state)
    this.#open = []
    if (state !== undefined) this.#note(state, this.#lastMono, this.#lastMono)
  }

  /** The newest result contradicts the state and does not turn it. */
  wait(state: CheckState | undefined): void {
    if (this.#open.length > MOST_OPEN) this.#give(this.#open.splice(0, 1), state)
  }

  /** It turned, by so many results in a row. */
  turn(before: CheckState | undefined, after: CheckState, results: number): void {
    const mine = Math.max(0, this.#open.length - (results - 1))
    this.#give(this.#open.slice(0, mine), before)
    this.#open = this.#open.slice(mine)
    this.settle(after)
  }

  /** Adds what an earlier run counted, by parts of five minutes, the first of them at `firstMono`. */
  restore(known: Uint16Array, good: Uint16Array, firstMono: number, nowMono: number): void {
    this.#availability.restore(known, good, firstMono, nowMono)
    this.#day.pass(nowMono)
    this.#week.pass(nowMono)
    // Of a part that lies in two of these the one has it that has its middle; of the one that goes on only what is over counts.
    const middle = (index: number) => Math.min(firstMono + (index + 0.5) * PART_MS, nowMono)
    const stateAt = (index: number): CheckState | undefined => {
      if (!((known[index] ?? 0) > 0) || firstMono + index * PART_MS >= nowMono) return undefined
      return (good[index] as number) < (known[index] as number) ? 'down' : 'up'
    }
    for (let from = 0; from < known.length; ) {
      const state = stateAt(from)
      let to = from + 1
      while (to < known.length && stateAt(to) === state) to++
      if (state !== undefined) this.#note(state, middle(from), middle(to - 1))
      from = to
    }
  }

  get availability(): Availability {
    return this.#availability.shares
  }

  get worst(): CheckStatus['worst'] {
    return { day: this.#day.list, week: this.#week.list }
  }

  #give(stretches: readonly Stretch[], state: CheckState | undefined): void {
    if (state === undefined) return
    for (const { from, to } of stretches) {
      if (from === to) continue
      this.#note(state, from, to)
      if (state !== 'unknown') this.#availability.count(state !== 'down', from, to)
    }
  }

  #note(state: CheckState, from: number, to: number): void {
    this.#day.note(state, from, to)
    this.#week.note(state, from, to)
  }
}
