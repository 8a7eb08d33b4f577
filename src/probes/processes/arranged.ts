import type { ProcessRow, TreePlace } from '../../model/processes.ts'
import type { ProcessEntry } from './entry.ts'

/** Who stands at a row. */
export interface Standing<Entry extends ProcessEntry> {
  readonly kind: ProcessRow['kind']
  readonly entry: Entry
}

/** What a query makes of the table: rows by their index, from which those in sight are taken. */
export interface Arranged<Entry extends ProcessEntry> {
  readonly length: number
  /** How many of them have ended; undefined where rows stand for more than their own process. */
  readonly ended?: number | undefined
  at(index: number): Standing<Entry>
  /** Undefined where rows stand in a plain list. */
  place(index: number): TreePlace | undefined
  /** Where a process stands, or what it is folded away in; -1 when it is not among the rows. */
  indexOf(entry: ProcessEntry): number
}

/** Row keys somebody named. Nearly all rows are told by their pid not to be among them. */
export class RowKeys {
  private readonly keys: ReadonlySet<string>
  private readonly pids: ReadonlySet<number>

  constructor(keys: readonly string[]) {
    this.keys = new Set(keys)
    this.pids = new Set(keys.map((key) => Number.parseInt(key, 10)))
  }

  get size(): number {
    return this.keys.size
  }

  has({ pid, startTicks }: ProcessEntry): boolean {
    return this.pids.has(pid) && this.keys.has(`${pid}:${startTicks}`)
  }

  hasGroup(name: string): boolean {
    return this.keys.has(`group:${name}`)
  }
}
