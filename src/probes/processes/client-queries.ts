import type { Clock } from '../../lib/clock.ts'
import type { Leaders, ProcessAnswer, ProcessField, ProcessQuery, ProcessRow } from '../../model/processes.ts'
import type { ProcessEntry, ProcessTableView } from './entry.ts'
import { ProcessQueries } from './queries.ts'

/** The number of whoever owns the table; those who look from elsewhere have others. */
export const OWN = 0

/** Answers the queries of several who look at one table, each as if it were alone. Leaders are the same for all. */
export class ClientQueries<Entry extends ProcessEntry = ProcessEntry> {
  private readonly table: ProcessTableView<Entry>
  private readonly clock: Clock
  private readonly own: ProcessQueries<Entry>
  private readonly all = new Map<number, ProcessQueries<Entry>>()

  constructor(table: ProcessTableView<Entry>, clock: Clock) {
    this.table = table
    this.clock = clock
    this.own = new ProcessQueries(table, clock)
    this.all.set(OWN, this.own)
  }

  /** A scan is complete. */
  update(): void {
    for (const queries of this.all.values()) queries.update()
  }

  /** What was read may have changed. */
  refresh(): void {
    for (const queries of this.all.values()) queries.refresh()
  }

  /** Remembers what a client wants to see; true when it orders, filters or arranges otherwise than it did before. */
  query(query: ProcessQuery, client = OWN): boolean {
    let queries = this.all.get(client)
    if (queries === undefined) {
      queries = new ProcessQueries(this.table, this.clock, this.own)
      this.all.set(client, queries)
    }
    return queries.query(query)
  }

  /** Nobody has this number any more. */
  forget(client: number): void {
    if (client !== OWN) this.all.delete(client)
  }

  /** The answer to a client's last query; undefined before the first query or scan. */
  answer(client = OWN): ProcessAnswer | undefined {
    return this.all.get(client)?.answer()
  }

  leaders(): Leaders {
    return this.own.leaders()
  }

  /** Reads, for one slice, what somebody's last query needs of all. True when nobody misses anything. */
  fill(): boolean {
    for (const queries of this.all.values()) if (!queries.fill()) return false
    return true
  }

  rowsWhere(
    test: (entry: Entry) => boolean,
    fields: readonly ProcessField[],
    columns?: readonly ProcessField[],
  ): readonly ProcessRow[] {
    return this.own.rowsWhere(test, fields, columns)
  }
}
