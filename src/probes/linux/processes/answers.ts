import type { Clock } from '../../../lib/clock.ts'
import type { Leaders, ProcessAnswer, ProcessQuery, ProcessRow } from '../../../model/processes.ts'
import { HeldOrder } from './held-order.ts'
import type { Identities } from './identities.ts'
import { type Compare, first, orderBy } from './order.ts'
import { type Process, RUNNING } from './process.ts'
import { toRow, type Units } from './row.ts'
import { matcher, select } from './select.ts'
import { withoutStacks } from './without-stacks.ts'

/** Work between two pauses. */
export const SLICE_MS = 4
const LEADERS = 10

/** The table as the last complete scan left it. */
export interface Snapshot {
  readonly scan: number
  /** Wall time of the scan. */
  readonly wallMs: number
  readonly processes: readonly Process[]
}

function sameOrder(a: ProcessQuery, b: ProcessQuery): boolean {
  return (
    a.sort === b.sort &&
    a.reverse === b.reverse &&
    a.filter === b.filter &&
    a.user === b.user &&
    a.pid === b.pid &&
    a.kernelThreads === b.kernelThreads
  )
}

/** Answers queries from the last complete scan, and marks the processes whose rows somebody wants. */
export class Answers {
  private readonly identities: Identities
  private readonly units: Units
  private readonly clock: Clock
  private snapshot: Snapshot = { scan: 0, wallMs: 0, processes: [] }
  private asked: ProcessQuery | undefined
  private held: HeldOrder | undefined
  private byCpu: readonly Process[] = []
  private byMemory: readonly Process[] = []
  /** Rows made since the last scan: who is in several lists crosses the threads once. */
  private readonly made = new Map<Process, ProcessRow>()

  constructor(identities: Identities, units: Units, clock: Clock) {
    this.identities = identities
    this.units = units
    this.clock = clock
  }

  /** A scan is complete. */
  update(snapshot: Snapshot): void {
    this.snapshot = snapshot
    this.made.clear()
    const busy = snapshot.processes.filter(({ cpuRatio }) => cpuRatio > 0)
    const users = snapshot.processes.filter(({ kernel }) => !kernel)
    this.byCpu = first(busy, LEADERS, orderBy('cpu', false))
    this.byMemory = first(users, LEADERS, orderBy('memory', false))
    for (const process of [...this.byCpu, ...this.byMemory]) process.wantedScan = snapshot.scan
  }

  /** Remembers a query; true when it orders or filters otherwise than the one before. */
  query(query: ProcessQuery): boolean {
    const other = this.asked === undefined || !sameOrder(this.asked, query)
    if (other || !query.hold) this.held = undefined
    this.asked = query
    if (query.hold && this.snapshot.scan > 0) this.hold(query)
    return other
  }

  /** The answer to the last query; undefined before the first query or scan. */
  answer(): ProcessAnswer | undefined {
    const query = this.asked
    const { scan, wallMs, processes } = this.snapshot
    if (query === undefined || scan === 0) return undefined
    this.fill()
    const matches = matcher(query, (process) => this.identities.knownUser(process))
    const { followed, followIndex, rows, ...counts } = query.hold
      ? select(this.hold(query).of(processes), query, matches, undefined)
      : select(processes, query, matches, this.order(query))
    return {
      id: query.id,
      scan,
      wallMs,
      running: processes.filter(({ state, kernel }) => state === RUNNING && (query.kernelThreads || !kernel)).length,
      ...counts,
      rows: this.rows(rows),
      ...(followIndex !== undefined && { followIndex }),
      ...(followed !== undefined && { followRow: this.row(followed) }),
    }
  }

  /** The top ten by CPU, of those that use any, and by memory. */
  leaders(): Leaders {
    return { cpu: this.rows(this.byCpu), memory: this.rows(this.byMemory) }
  }

  /** Reads, for one slice, what the query needs of all processes: arguments for a filter, users for a sort by them. True when nothing is missing. */
  fill(): boolean {
    const query = this.asked
    const commands = query !== undefined && query.filter !== ''
    const users = query !== undefined && (query.user !== undefined || query.sort === 'user')
    if (!commands && !users) return true
    const untilMs = this.clock.monoMs() + SLICE_MS
    return withoutStacks(() => {
      for (const process of this.snapshot.processes) {
        const missing = (commands && process.command === undefined) || (users && process.uid === undefined)
        if (!missing) continue
        if (this.clock.monoMs() >= untilMs) return false
        if (commands) this.identities.command(process)
        if (users) this.identities.uid(process)
      }
      return true
    })
  }

  /** Asks anew what may have changed of the processes somebody wants to see. */
  refresh(): void {
    this.made.clear()
    this.identities.refreshUsers()
    withoutStacks(() => {
      for (const process of this.snapshot.processes) {
        if (this.snapshot.scan - process.wantedScan < 2) this.identities.refresh(process)
      }
    })
  }

  private order(query: ProcessQuery): Compare {
    return orderBy(query.sort, query.reverse, (process) => this.identities.knownUser(process))
  }

  private hold(query: ProcessQuery): HeldOrder {
    const { processes } = this.snapshot
    this.held ??= new HeldOrder(processes, [...processes].sort(this.order(query)))
    return this.held
  }

  private rows(processes: readonly Process[]): ProcessRow[] {
    return withoutStacks(() => processes.map((process) => this.row(process)))
  }

  private row(process: Process): ProcessRow {
    process.wantedScan = this.snapshot.scan
    let row = this.made.get(process)
    if (row === undefined) {
      row = toRow(process, this.identities, this.units)
      this.made.set(process, row)
    }
    return row
  }
}
