import type { TreePlace } from '../../model/processes.ts'
import type { Arranged, Standing } from './arranged.ts'
import type { ProcessEntry } from './entry.ts'

/** The threads of a process, in order, and the row of the process among those without threads. */
export interface Threads<Entry extends ProcessEntry> {
  readonly at: number
  readonly entries: readonly Entry[]
  readonly order: Uint32Array
}

interface Located<Entry extends ProcessEntry> {
  /** Row without threads: the process itself for a thread. */
  readonly row: number
  readonly owner?: Threads<Entry>
  /** Index of a thread. */
  readonly thread?: number
}

/** Rows with threads right below some of them, before whatever else stands below. */
export class WithThreads<Entry extends ProcessEntry> implements Arranged<Entry> {
  private readonly rows: Arranged<Entry>
  private readonly threads: readonly Threads<Entry>[]

  /** `threads` stand in the order of their rows. */
  constructor(rows: Arranged<Entry>, threads: readonly Threads<Entry>[]) {
    this.rows = rows
    this.threads = threads
  }

  get length(): number {
    return this.threads.reduce((sum, { entries }) => sum + entries.length, this.rows.length)
  }

  get ended(): number | undefined {
    return this.rows.ended
  }

  at(index: number): Standing<Entry> {
    const { row, owner, thread } = this.locate(index)
    if (owner === undefined || thread === undefined) return this.rows.at(row)
    return { kind: 'thread', entry: owner.entries[owner.order[thread] as number] as Entry }
  }

  place(index: number): TreePlace | undefined {
    const { row, owner, thread } = this.locate(index)
    const place = this.rows.place(row)
    if (owner === undefined) return place
    const alone = { depth: 0, lines: [], last: row === this.rows.length - 1, below: 0, folded: false }
    const own = place ?? alone
    if (thread === undefined) return { ...own, below: own.below + owner.entries.length }
    const goesOn = own.below > 0 && !own.folded
    return {
      depth: own.depth + 1,
      lines: own.depth === 0 ? [] : [...own.lines, !own.last],
      last: thread === owner.entries.length - 1 && !goesOn,
      below: 0,
      folded: false,
    }
  }

  indexOf(entry: ProcessEntry): number {
    const row = this.rows.indexOf(entry)
    return this.threads.reduce((index, { at, entries }) => (at < row ? index + entries.length : index), row)
  }

  private locate(index: number): Located<Entry> {
    let before = 0
    for (const owner of this.threads) {
      const thread = index - before - owner.at - 1
      if (thread < -1) break
      if (thread === -1) return { row: owner.at, owner }
      if (thread < owner.entries.length) return { row: owner.at, owner, thread }
      before += owner.entries.length
    }
    return { row: index - before }
  }
}
