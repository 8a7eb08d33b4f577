import {
  answered,
  CHECK_ORDER,
  type CheckResult,
  type CheckState,
  MOST_RESULTS,
  type PastResult,
  PHASES,
  type Phases,
} from '../../model/check.ts'
import type { ResultColumns } from '../../model/history.ts'

/** Room beyond them, so that most results are written without moving any. */
const SPARE = 24
const FIRST_ROOM = 16

/** Results in columns: a third of what objects would take. Only added to; what a view can see never changes. */
interface Columns {
  readonly walls: Float64Array
  readonly latencies: Float64Array
  /** Index in CHECK_ORDER. */
  readonly states: Uint8Array
  /** Of each result, its phases in their order, NaN for none; absent while no result had any. */
  phases: Float32Array | undefined
}

/** The results of a check as they stood at one moment: stays true while others are added. */
export interface PastView {
  readonly columns: Columns
  readonly start: number
  readonly end: number
  /** Below this index they are of an earlier run. */
  readonly own: number
}

function columnsOf(room: number): Columns {
  return {
    walls: new Float64Array(room),
    latencies: new Float64Array(room),
    states: new Uint8Array(room),
    phases: undefined,
  }
}

function phasesOf(room: number): Float32Array {
  return new Float32Array(room * PHASES.length).fill(Number.NaN)
}

/** The newest results of a check. */
export class Past {
  #columns = columnsOf(FIRST_ROOM)
  #end = 0
  #own = 0

  get view(): PastView {
    return { columns: this.#columns, start: Math.max(0, this.#end - MOST_RESULTS), end: this.#end, own: this.#own }
  }

  /** Wall time of the oldest result of this run; undefined where there is none. */
  get ownSinceMs(): number | undefined {
    return this.#own < this.#end ? this.#columns.walls[Math.max(this.#own, this.view.start)] : undefined
  }

  /** Puts results of an earlier run before those of this one, in place of all that were there; as many of the newest as there is room for. */
  precede({ wallMs, states, latencyS }: ResultColumns): void {
    const { start, end, own } = this.view
    const from = Math.max(own, start)
    const mine = end - from
    const count = Math.min(wallMs.length, MOST_RESULTS - mine)
    const left = wallMs.length - count
    const next = this.#moved(from, columnsOf(Math.min(MOST_RESULTS + SPARE, count + mine + FIRST_ROOM)), count)
    next.walls.set(wallMs.subarray(left))
    next.latencies.set(latencyS.subarray(left))
    next.states.set(states.subarray(left))
    this.#columns = next
    this.#own = count
    this.#end = count + mine
  }

  /** `state` is what the result counts as. */
  append({ wallMs, outcome }: CheckResult, state: CheckState, latencyS: number): void {
    if (this.#end === this.#columns.walls.length) this.#makeRoom()
    const columns = this.#columns
    const at = this.#end++
    columns.walls[at] = wallMs
    columns.latencies[at] = latencyS
    columns.states[at] = CHECK_ORDER.indexOf(state)
    if (outcome.phases === undefined || !answered(outcome)) return
    columns.phases ??= phasesOf(columns.walls.length)
    for (const [phase, name] of PHASES.entries()) {
      columns.phases[at * PHASES.length + phase] = outcome.phases[name] ?? Number.NaN
    }
  }

  #makeRoom(): void {
    const { columns, start, end } = this.view
    this.#columns = this.#moved(start, columnsOf(Math.min(MOST_RESULTS + SPARE, columns.walls.length * 2)), 0)
    this.#own = Math.max(0, this.#own - start)
    this.#end = end - start
  }

  /** What is kept from an index on, in new columns from another one on: views of the old ones go on seeing them. */
  #moved(from: number, next: Columns, to: number): Columns {
    const { columns, end } = this.view
    next.walls.set(columns.walls.subarray(from, end), to)
    next.latencies.set(columns.latencies.subarray(from, end), to)
    next.states.set(columns.states.subarray(from, end), to)
    if (columns.phases !== undefined) {
      next.phases = phasesOf(next.walls.length)
      next.phases.set(columns.phases.subarray(from * PHASES.length, end * PHASES.length), to * PHASES.length)
    }
    return next
  }
}

/** Oldest first. */
export function resultsOf({ columns, start, end, own }: PastView): readonly PastResult[] {
  return Array.from({ length: end - start }, (_, index) => {
    const wallMs = columns.walls[start + index] as number
    const state = CHECK_ORDER[columns.states[start + index] as number] as CheckState
    const latencyS = columns.latencies[start + index] as number
    return start + index < own ? { wallMs, state, latencyS, recorded: true } : { wallMs, state, latencyS }
  })
}

/** Seconds below which half and 95 % of the results were answered, by nearest rank; undefined when none was measured. */
export function latencyOf({
  columns,
  start,
  end,
}: PastView): { readonly p50: number; readonly p95: number } | undefined {
  const sorted = columns.latencies
    .subarray(start, end)
    .filter((latency) => !Number.isNaN(latency))
    .sort()
  return sorted.length === 0 ? undefined : { p50: rank(sorted, 0.5), p95: rank(sorted, 0.95) }
}

/** The median of each phase, seconds; undefined when none was measured. */
export function usualPhasesOf({ columns, start, end }: PastView): Phases | undefined {
  const { phases } = columns
  if (phases === undefined) return undefined
  const usual = PHASES.flatMap((name, phase) => {
    const values = new Float32Array(end - start)
    let known = 0
    for (let at = start; at < end; at++) {
      const value = phases[at * PHASES.length + phase] as number
      if (!Number.isNaN(value)) values[known++] = value
    }
    return known === 0 ? [] : [[name, rank(values.subarray(0, known).sort(), 0.5)] as const]
  })
  return usual.length === 0 ? undefined : Object.fromEntries(usual)
}

function rank(sorted: Float64Array | Float32Array, share: number): number {
  return sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)] as number
}
