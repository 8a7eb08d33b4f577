import type { Clock } from '../../lib/clock.ts'
import { contains } from '../../model/process-filter/match.ts'
import { type Filter, type Parsed, parseFilter } from '../../model/process-filter/parse.ts'
import type {
  FilterError,
  Leaders,
  ProcessAnswer,
  ProcessField,
  ProcessQuery,
  ProcessRow,
} from '../../model/processes.ts'
import type { Arranged, Standing } from './arranged.ts'
import { Arranger } from './arranger.ts'
import type { ProcessEntry, ProcessTableView } from './entry.ts'
import { Group } from './group.ts'
import { Leading } from './leading.ts'
import { neededOfAll } from './needs.ts'

/** Work between two pauses. */
export const SLICE_MS = 4
/** Every row tells these, whatever its columns. */
const ALWAYS: readonly ProcessField[] = ['user', 'command']

interface Asked {
  readonly query: ProcessQuery
  readonly filter?: Filter
  readonly error?: FilterError
  /** What must be known of all. */
  readonly needs: readonly ProcessField[]
}

type Counts = Pick<ProcessAnswer, 'total' | 'running'>

function sameMatches(a: ProcessQuery, b: ProcessQuery): boolean {
  return (
    a.sort === b.sort &&
    a.reverse === b.reverse &&
    a.filter === b.filter &&
    a.user === b.user &&
    a.pid === b.pid &&
    a.kernelThreads === b.kernelThreads &&
    a.arrange === b.arrange
  )
}

function sameList(a: readonly string[], b: readonly string[]): boolean {
  return a === b || (a.length === b.length && a.every((text, index) => text === b[index]))
}

function sameRows(a: ProcessQuery, b: ProcessQuery): boolean {
  return (a.hold ?? false) === (b.hold ?? false) && sameList(a.toggled, b.toggled) && sameList(a.threadsOf, b.threadsOf)
}

/** Answers queries from the last complete scan of a table, and tells the table whose rows somebody wants. */
export class ProcessQueries<Entry extends ProcessEntry = ProcessEntry> {
  private readonly table: ProcessTableView<Entry>
  private readonly clock: Clock
  private readonly arranger: Arranger<Entry>
  private asked: Asked | undefined
  private arranged: Arranged<Entry | Group<Entry>> | undefined
  /** Up to which entry everything is known that the query needs of all. */
  private filled = 0
  private readonly leading: Leading<Entry>
  private readonly leads: boolean
  /** Rows made since the last scan: who is in several lists crosses the threads once. */
  private readonly made = new Map<Entry, ProcessRow>()
  /** Since the last scan, with threads of the kernel and without: a key must not count thousands. */
  private readonly counted = new Map<boolean, Counts>()

  /** `beside`: another one of the same table, which alone finds the leaders. */
  constructor(table: ProcessTableView<Entry>, clock: Clock, beside?: ProcessQueries<Entry>) {
    this.table = table
    this.clock = clock
    this.arranger = new Arranger(table)
    this.leading = beside?.leading ?? new Leading(table)
    this.leads = beside === undefined
  }

  /** A scan is complete. */
  update(): void {
    this.refresh()
    this.arranger.update()
    this.counted.clear()
    if (this.leads) this.leading.update()
  }

  /** What was read may have changed: rows are made, and what is missing is read, anew. */
  refresh(): void {
    this.made.clear()
    this.arranged = undefined
    this.filled = 0
  }

  /** Remembers a query; true when it orders, filters or arranges otherwise than the one before. */
  query(query: ProcessQuery): boolean {
    const before = this.asked?.query
    const other = before === undefined || !sameMatches(before, query)
    if (other) this.arranger.release()
    if (other || !sameRows(before, query)) this.arranged = undefined
    const parsed: Partial<Parsed> = query.filter.trim() === '' ? {} : parseFilter(query.filter)
    const needs = neededOfAll(query, parsed.filter).filter((field) => this.table.mustRead?.(field) ?? true)
    if (!sameList(needs, this.asked?.needs ?? [])) this.filled = 0
    this.asked = { query, ...parsed, needs }
    // What is held is what is seen now, not what the next scan finds.
    if (query.hold && this.table.scan > 0) this.rows(this.asked)
    return other
  }

  /** The answer to the last query; undefined before the first query or scan. What needs more than a slice of reading is complete after `fill()`. */
  answer(): ProcessAnswer | undefined {
    const { asked, table } = this
    if (asked === undefined || table.scan === 0) return undefined
    const complete = this.fill()
    const { query, error } = asked
    const rows = this.rows(asked)
    const offset = Math.max(0, Math.min(query.offset, rows.length - query.rows))
    const end = Math.min(rows.length, offset + query.rows)
    const found = query.find === undefined ? undefined : find(rows, query.find)
    return {
      id: query.id,
      scan: table.scan,
      wallMs: table.wallMs,
      ...this.count(query),
      matched: rows.length,
      ...(this.leading.someEnded && rows.ended && { ended: rows.ended }),
      offset,
      rows: Array.from({ length: end - offset }, (_, index) => this.placedRow(rows, offset + index, query)),
      ...this.follow(query, rows),
      ...(found !== undefined && { foundIndex: found }),
      ...(error !== undefined && { filterError: error }),
      ...(!complete && { pending: true }),
    }
  }

  /** The processes worth naming as of the last scan, whatever the query: see `Leaders`. */
  leaders(): Leaders {
    return this.leading.rows((entry, columns) => this.row(entry, columns))
  }

  /** Reads, for one slice, what sort, filter and arrangement of the last query need of all. True when nothing is missing. */
  fill(): boolean {
    const { asked, table } = this
    if (asked === undefined) return true
    const { needs, query } = asked
    const { entries } = table
    if (needs.length === 0) return true
    let untilMs: number | undefined
    for (; this.filled < entries.length; this.filled++) {
      const entry = entries[this.filled] as Entry
      if ((entry.kernel && !query.kernelThreads) || table.complete(entry, needs)) continue
      const nowMs = this.clock.monoMs()
      untilMs ??= nowMs + SLICE_MS
      if (nowMs >= untilMs) return false
      table.read(entry, needs)
      this.made.delete(entry)
      this.arranged = undefined
    }
    return true
  }

  /**
   * The rows of those that live and pass the test, which may ask for these fields: they are read of all first, at once. Columns are read
   * of those that pass alone.
   */
  rowsWhere(
    test: (entry: Entry) => boolean,
    fields: readonly ProcessField[],
    columns: readonly ProcessField[] = ALWAYS,
  ): readonly ProcessRow[] {
    const rows: ProcessRow[] = []
    for (const entry of this.table.entries) {
      if (entry.mark === 'ended') continue
      this.read(entry, fields)
      if (test(entry)) rows.push(this.row(entry, columns))
    }
    return rows
  }

  private rows({ query, filter }: Asked): Arranged<Entry | Group<Entry>> {
    this.arranged ??= this.arranger.arrange(query, filter)
    return this.arranged
  }

  private count({ kernelThreads }: ProcessQuery): Counts {
    const known = this.counted.get(kernelThreads)
    if (known !== undefined) return known
    let total = 0
    let running = 0
    for (const entry of this.table.entries) {
      if (entry.mark === 'ended' || (entry.kernel && !kernelThreads)) continue
      total++
      if (entry.known('state') === 'R') running++
    }
    const counts = { total, running }
    this.counted.set(kernelThreads, counts)
    return counts
  }

  private follow(
    { follow, columns }: ProcessQuery,
    rows: Arranged<Entry | Group<Entry>>,
  ): Pick<ProcessAnswer, 'followIndex' | 'followRow'> {
    if (follow === undefined) return {}
    const { pid, startTicks } = follow
    const followed = this.table.entries.find((entry) => entry.pid === pid && entry.startTicks === startTicks)
    if (followed === undefined) return {}
    const followIndex = rows.indexOf(followed)
    return { followRow: this.row(followed, columns), ...(followIndex >= 0 && { followIndex }) }
  }

  private placedRow(rows: Arranged<Entry | Group<Entry>>, index: number, { columns }: ProcessQuery): ProcessRow {
    const standing = rows.at(index)
    const place = rows.place(index)
    const row = this.standingRow(standing, columns)
    return place === undefined ? row : { ...row, place }
  }

  private standingRow({ kind, entry }: Standing<Entry | Group<Entry>>, columns: readonly ProcessField[]): ProcessRow {
    if (entry instanceof Group) return entry.row()
    if (kind === 'process') return this.row(entry, columns)
    this.read(entry, columns)
    return this.table.row(entry)
  }

  private row(entry: Entry, columns: readonly ProcessField[]): ProcessRow {
    this.table.want(entry)
    this.read(entry, ALWAYS)
    this.read(entry, columns)
    let row = this.made.get(entry)
    if (row === undefined) {
      row = this.table.row(entry)
      this.made.set(entry, row)
    }
    return row
  }

  private read(entry: Entry, fields: readonly ProcessField[]): void {
    if (this.table.complete(entry, fields)) return
    this.table.read(entry, fields)
    this.made.delete(entry)
  }
}

/** The next row that has the text, round the end; undefined when none has. */
function find(
  rows: Arranged<ProcessEntry>,
  { text, from, step }: NonNullable<ProcessQuery['find']>,
): number | undefined {
  if (text === '') return undefined
  const { length } = rows
  const has = contains(text)
  for (let count = 0; count < length; count++) {
    const index = (((from + step * count) % length) + length) % length
    const { entry } = rows.at(index)
    if (has(String(entry.known('name') ?? '')) || has(String(entry.known('command') ?? ''))) return index
  }
  return undefined
}
