import type { Leaders, ProcessField, ProcessRow } from '../../model/processes.ts'
import type { ProcessEntry, ProcessTableView } from './entry.ts'
import { leading, leadingIn, StorageTraffic, traffic } from './storage-traffic.ts'

const LEADERS = 10
/** Of who came and went. */
const MOST_CHANGED = 20
/** What rows of leaders tell beside what every row tells. */
const COLUMNS: readonly ProcessField[] = ['unit']

/** Finds, after each scan, the processes worth naming whatever anybody asks for. */
export class Leading<Entry extends ProcessEntry> {
  /** The last scan missed somebody who is shown still. */
  someEnded = false
  private readonly table: ProcessTableView<Entry>
  private readonly traffic: StorageTraffic<Entry>
  private lists: Readonly<Record<keyof Leaders, readonly Entry[]>> = {
    cpu: [],
    memory: [],
    read: [],
    write: [],
    started: [],
    ended: [],
  }
  /** Those that count as new, and those that are shown though they ended, as of the scan before. */
  private fresh: ReadonlySet<Entry> = new Set()
  private gone: ReadonlySet<Entry> = new Set()

  constructor(table: ProcessTableView<Entry>) {
    this.table = table
    this.traffic = new StorageTraffic(table)
  }

  /** A scan is complete. */
  update(): void {
    const busy: Entry[] = []
    const users: Entry[] = []
    const fresh = new Set<Entry>()
    const gone = new Set<Entry>()
    for (const entry of this.table.entries) {
      const { mark } = entry
      if (mark === 'ended') {
        gone.add(entry)
        continue
      }
      if (Number(entry.known('cpu') ?? 0) > 0) busy.push(entry)
      if (entry.kernel) continue
      users.push(entry)
      if (mark === 'new') fresh.add(entry)
    }
    const started = [...fresh].filter((entry) => !this.fresh.has(entry))
    const ended = [...gone].filter((entry) => !entry.kernel && !this.gone.has(entry))
    this.fresh = fresh
    this.gone = gone
    this.someEnded = gone.size > 0
    const cpu = leading(busy, 'cpu', LEADERS)
    const memory = leading(users, 'memory', LEADERS)
    const moving = this.traffic.update({ busy, users, started, leaders: cpu })
    this.lists = {
      cpu,
      memory,
      read: leadingIn(moving, 'read', LEADERS),
      write: leadingIn(moving, 'write', LEADERS),
      // Who began just now has no share of CPU yet, and who ended uses none any more.
      started: leading(started, 'time', MOST_CHANGED),
      ended: leading(ended, 'memory', MOST_CHANGED),
    }
    const { read, write } = this.lists
    for (const entry of new Set([...cpu, ...memory, ...read, ...write])) {
      this.table.want(entry)
      // Read before rows are made: a row that is made anew is another object.
      if (!this.table.complete(entry, COLUMNS)) this.table.read(entry, COLUMNS)
    }
  }

  /** Their rows; `row` makes one that tells these columns. */
  rows(row: (entry: Entry, columns: readonly ProcessField[]) => ProcessRow): Leaders {
    const rows = (entries: readonly Entry[], columns: readonly ProcessField[]) =>
      entries.map((entry) => row(entry, columns))
    const { cpu, memory, read, write, started, ended } = this.lists
    return {
      cpu: rows(cpu, COLUMNS),
      memory: rows(memory, COLUMNS),
      read: read.map((entry) => withChildren(entry, row(entry, COLUMNS))),
      write: write.map((entry) => withChildren(entry, row(entry, COLUMNS))),
      started: rows(started, []),
      ended: rows(ended, []),
    }
  }
}

/** A shell that has others write is who writes: they are gone before anybody can name them. */
function withChildren(entry: ProcessEntry, row: ProcessRow): ProcessRow {
  if (entry.childTraffic === undefined) return row
  return { ...row, readBytesPerSecond: traffic(entry, 'read'), writeBytesPerSecond: traffic(entry, 'write') }
}
