import type { Filter } from '../../model/process-filter/parse.ts'
import type { ProcessQuery } from '../../model/processes.ts'
import { type Arranged, RowKeys } from './arranged.ts'
import type { ProcessEntry, ProcessTableView } from './entry.ts'
import type { Group } from './group.ts'
import { Groups } from './groups.ts'
import { HeldOrder } from './held-order.ts'
import { List } from './list.ts'
import { type Compare, orderBy, sorted } from './order.ts'
import { withAncestors } from './parents.ts'
import { Tree } from './tree.ts'
import { type Threads, WithThreads } from './with-threads.ts'

/** Orders that stay while somebody moves. */
interface Holds {
  readonly processes: HeldOrder
  readonly groups: HeldOrder
  /** By their process' pid. */
  readonly threads: Map<number, HeldOrder>
}

/** Filters, orders and arranges a table as a query wants it. */
export class Arranger<Entry extends ProcessEntry> {
  private readonly table: ProcessTableView<Entry>
  private holds: Holds | undefined
  /** Threads are read once a scan. */
  private readonly threads = new Map<Entry, readonly Entry[]>()

  constructor(table: ProcessTableView<Entry>) {
    this.table = table
  }

  /** A scan is complete. */
  update(): void {
    this.threads.clear()
  }

  /** Nobody moves any more. */
  release(): void {
    this.holds = undefined
  }

  arrange(query: ProcessQuery, filter: Filter | undefined): Arranged<Entry | Group<Entry>> {
    if (query.hold) this.hold(query)
    else this.release()
    const rows = this.rows(query, filter)
    return query.threadsOf.length === 0 ? rows : this.withThreads(query, rows)
  }

  private rows(query: ProcessQuery, filter: Filter | undefined): Arranged<Entry | Group<Entry>> {
    const all = visible(this.table.entries, query)
    const matches = matcher(query, filter, this.table.wallMs)
    const toggled = new RowKeys(query.toggled)
    if (query.arrange === 'tree') {
      const entries = matches === undefined ? all : withAncestors(all, matches)
      return new Tree(entries, this.order(query, entries), toggled)
    }
    const entries = matches === undefined ? all : all.filter(matches)
    if (query.arrange === 'list') {
      const list = new List(entries, this.order(query, entries))
      list.prepare(query.offset + query.rows)
      return list
    }
    const orders = {
      groups: (groups: readonly Group<Entry>[]) => this.groupOrder(query, groups),
      members: (members: readonly Entry[]) => this.order(query, members),
    }
    return new Groups(entries, query.arrange, orders, toggled)
  }

  /** Keeps the order in which everybody stands now, unless one is kept already. */
  private hold(query: ProcessQuery): void {
    if (this.holds !== undefined) return
    const entries = visible(this.table.entries, query)
    const processes = new HeldOrder()
    processes.keep(entries, sorted(entries.length, orderBy(entries, query.sort, query.reverse)))
    this.holds = { processes, groups: new HeldOrder(), threads: new Map() }
  }

  private order({ sort, reverse }: ProcessQuery, entries: readonly Entry[]): Compare {
    return this.holds === undefined ? orderBy(entries, sort, reverse) : this.holds.processes.of(entries)
  }

  private groupOrder(query: ProcessQuery, groups: readonly Group<Entry>[]): Compare {
    return kept(this.holds?.groups, query, groups)
  }

  private withThreads(query: ProcessQuery, rows: Arranged<Entry | Group<Entry>>): Arranged<Entry | Group<Entry>> {
    const open = new RowKeys(query.threadsOf)
    const threads: Threads<Entry>[] = []
    for (const entry of this.table.entries) {
      if (!open.has(entry)) continue
      const at = rows.indexOf(entry)
      if (at >= 0 && rows.at(at).entry === entry) threads.push({ at, ...this.threadsOf(query, entry) })
    }
    return new WithThreads(
      rows,
      threads.sort((a, b) => a.at - b.at),
    )
  }

  private threadsOf(query: ProcessQuery, entry: Entry): Omit<Threads<Entry>, 'at'> {
    let entries = this.threads.get(entry)
    if (entries === undefined) {
      entries = this.table.threads(entry)
      this.threads.set(entry, entries)
    }
    let held: HeldOrder | undefined
    if (this.holds !== undefined) {
      held = this.holds.threads.get(entry.pid) ?? new HeldOrder()
      this.holds.threads.set(entry.pid, held)
    }
    return { entries, order: sorted(entries.length, kept(held, query, entries)) }
  }
}

/** The order that is held, which begins as the query's. */
function kept(held: HeldOrder | undefined, query: ProcessQuery, entries: readonly ProcessEntry[]): Compare {
  const compare = orderBy(entries, query.sort, query.reverse)
  if (held === undefined) return compare
  if (held.size === 0) held.keep(entries, sorted(entries.length, compare))
  return held.of(entries)
}

function visible<Entry extends ProcessEntry>(
  entries: readonly Entry[],
  { kernelThreads }: ProcessQuery,
): readonly Entry[] {
  return kernelThreads ? entries : entries.filter(({ kernel }) => !kernel)
}

/** Who may match; undefined when everybody does. */
function matcher(
  { pid, user }: ProcessQuery,
  filter: Filter | undefined,
  nowMs: number,
): ((entry: ProcessEntry) => boolean) | undefined {
  if (pid === undefined && user === undefined && filter === undefined) return undefined
  return (entry) =>
    (pid === undefined || entry.pid === pid) &&
    (user === undefined || entry.known('user') === user || String(entry.uid) === user) &&
    (filter === undefined || filter.matches(entry, nowMs))
}
