import { spawn as systemSpawn } from 'node:child_process'
import type { Clock } from '../../../lib/clock.ts'
import type { Spawn } from '../../../lib/run-program.ts'
import type { Leaders, ProcessAnswer, ProcessField, ProcessQuery, ProcessRow } from '../../../model/processes.ts'
import { ClientQueries } from '../../processes/client-queries.ts'
import type { ProcessEntry } from '../../processes/entry.ts'
import { SLICE_MS } from '../../processes/queries.ts'
import { TableContext } from './context.ts'
import { readDelayAccounting } from './delay-accounting.ts'
import { STALE_SCANS } from './details.ts'
import { HostStat } from './host-stat.ts'
import { Identities } from './identities.ts'
import { decodeName } from './identity.ts'
import { IoClasses } from './io-classes.ts'
import { CpuLedger } from './ledger.ts'
import { LinuxTable } from './linux-table.ts'
import type { HostLoad } from './load.ts'
import { Members } from './members.ts'
import { readPageBytes } from './page-size.ts'
import type { Process } from './process.ts'
import { ProcessReader } from './reader.ts'
import { StatReading } from './stat.ts'
import { isHot, ProcessTable } from './table.ts'
import { withoutStacks } from './without-stacks.ts'

/** Every so many scans all processes are read, and what is known of the wanted ones is asked for anew. */
const FULL_SCANS = STALE_SCANS
/** One in so many of the cold processes is read in each scan. */
const COLD_SHARE = 5
const COLD_SHARE_LARGE = 10
const LARGE = 500
/** What /proc rounds start times to, and clocks differ by, at most. */
const START_SLACK_MS = 1000

export interface ScannerOptions {
  /** The folder that has `proc/` and `etc/`. */
  readonly root: string
  /** USER_HZ. */
  readonly ticksPerSecond: number
  /** Unix milliseconds at which the machine was started. */
  readonly bootMs: number
  readonly clock: Clock
  /** Lets others work between two slices; setImmediate unless given. */
  readonly yield?: () => Promise<void>
  /** Where the pid that is being read stands (index 0), in shared memory; 0 between reads. */
  readonly reading?: Int32Array
  /** Pids that are left out: their files hang. */
  readonly skip?: ReadonlySet<number>
  /** Starts `ionice`; `spawn` of node:child_process unless given. */
  readonly spawn?: Spawn
}

/** What names a process for good, read now. */
export interface Identity {
  readonly startTicks: number
  readonly uid?: number
  readonly name: string
}

function nextTurn(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve))
}

/**
 * Scans the processes of a Linux host and owns their table. The kernel's formatting of /proc is what a scan costs, so most scans
 * read only the processes somebody looks at, those that used CPU lately, and a share of the rest in turn; CPU of the host that
 * these do not explain makes it read everybody in the same scan.
 */
export class ProcessScanner {
  readonly reading: Int32Array | undefined
  readonly skip: ReadonlySet<number>
  private readonly clock: Clock
  private readonly pause: () => Promise<void>
  private readonly folder: string
  private readonly context: TableContext
  private readonly hostStat: HostStat
  private readonly reader: ProcessReader
  private readonly members: Members
  private readonly identities: Identities
  private readonly ledger: CpuLedger
  private readonly table: ProcessTable
  private readonly ioClasses: IoClasses | undefined
  private readonly view: LinuxTable
  private readonly queries: ClientQueries<Process>
  /** Pids whose stat may not be read. */
  private readonly refused = new Set<number>()
  private everybody = false
  private running: Promise<void> | undefined
  private closed = false
  private readsOfScan = 0

  constructor(options: ScannerOptions) {
    const root = options.root.replace(/\/+$/, '')
    const folder = `${root}/proc`
    this.folder = folder
    this.reading = options.reading
    this.skip = options.skip ?? new Set()
    this.clock = options.clock
    this.pause = options.yield ?? nextTurn
    const { ticksPerSecond, bootMs } = options
    this.context = new TableContext({ ticksPerSecond, bootMs, pageBytes: readPageBytes(root) })
    this.hostStat = new HostStat(folder)
    this.reader = new ProcessReader(folder, options.reading)
    this.members = new Members(folder)
    this.identities = new Identities(this.reader, root, this.context)
    this.ledger = new CpuLedger(ticksPerSecond)
    this.table = new ProcessTable(this.context, (process) => this.reader.release(process))
    // Pids of a recorded tree are others' on this machine.
    this.ioClasses = root === '' ? new IoClasses(options.spawn ?? systemSpawn) : undefined
    this.view = new LinuxTable(this.context, this.reader, this.identities, this.clock, this.ioClasses)
    this.queries = new ClientQueries<Process>(this.view, this.clock)
  }

  /** Processes read by the last scan: what it cost. */
  get reads(): number {
    return this.readsOfScan
  }

  /** One scan, in slices of at most 5 ms. A scan that is asked for while another runs is that one. Rejects when /proc cannot be read. */
  scan(): Promise<void> {
    this.running ??= this.run()
      .catch((error: unknown) => {
        // The list of processes was taken, but nothing came of it.
        this.members.forget()
        throw error
      })
      .finally(() => {
        this.running = undefined
      })
    return this.running
  }

  /** Remembers what a client wants to see, this process unless told. Another order or filter makes the next scan read everybody. */
  query(query: ProcessQuery, client?: number): void {
    if (this.queries.query(query, client)) this.everybody = true
  }

  /** A client looks no more. */
  forget(client: number): void {
    this.queries.forget(client)
  }

  /**
   * The answer to a client's last query from the last complete scan; undefined before the first of either. A filter or a user that needs
   * more than one slice of reading is complete after `fill()` or the next scan.
   */
  answer(client?: number): ProcessAnswer | undefined {
    const answer = this.queries.answer(client)
    void this.ioClasses?.ask()
    return answer
  }

  /** Whether a process, not of the kernel, that was new in the scan before is there still. */
  get newcomers(): boolean {
    return this.table.newcomers
  }

  /** The processes worth naming as of the last scan, whatever the query: see `Leaders`. */
  leaders(): Leaders {
    return this.queries.leaders()
  }

  /** The rows of those that live and pass the test. It can see these fields, which are read of all first, and all that cost nothing; columns are read of the rows alone. */
  rowsWhere(
    test: (entry: ProcessEntry) => boolean,
    fields: readonly ProcessField[],
    columns?: readonly ProcessField[],
  ): readonly ProcessRow[] {
    return this.queries.rowsWhere(test, fields, columns)
  }

  /** Reads, in slices, what the last query needs of all processes (users, arguments) and is not known yet. */
  async fill(): Promise<void> {
    while (!this.closed && !this.queries.fill()) await this.pause()
  }

  /** Who has this pid now; undefined when nobody has. To be asked again right before a signal. */
  identify(pid: number): Identity | undefined {
    const reading = new StatReading()
    if (this.reader.stat(pid, reading) !== 'read') return undefined
    const name = decodeName(this.reader.buffer.subarray(reading.commStart, reading.commEnd))
    const uid = this.identities.uidOf(pid)
    return { startTicks: reading.startTicks, name, ...(uid !== undefined && { uid }) }
  }

  /** Closes every file. A scan that runs ends without a result. */
  close(): void {
    this.closed = true
    this.ioClasses?.close()
    this.reader.close()
    this.hostStat.close()
  }

  private async run(): Promise<void> {
    const scan = this.context.scan + 1
    const load = this.hostStat.read()
    const wallMs = this.clock.wallMs()
    this.ledger.open(load, this.clock.monoMs())
    const periodBeganMs = wallMs - this.ledger.periodMs - START_SLACK_MS
    this.table.begin(this.ticksAt(periodBeganMs))
    if (scan === 1) this.context.sinceTicks = this.ticksAt(wallMs - START_SLACK_MS)
    if (scan % FULL_SCANS === 1) this.context.delays = readDelayAccounting(this.folder)
    this.readsOfScan = 0
    const full = this.wantsEverybody(load, scan)
    this.everybody = false
    const appeared = this.compareMembers(load.forks, full)
    this.reader.releaseUnless((process) => isHot(process, scan))
    const { now, later } = this.plan(scan, full)
    // Listing and, at the end, taking over thousands are slices of their own.
    await this.pause()
    await this.read([...now, ...appeared], scan)
    const unexplained = later.length > 0 && this.ledger.alarm()
    if (unexplained) await this.read(later, scan)
    await this.pause()
    if (this.closed) return
    if (full || unexplained) this.ledger.learn()
    this.table.commit(scan, this.clock.monoMs())
    this.view.update(this.table.entries, wallMs)
    this.queries.update()
    if (scan % FULL_SCANS === 1) {
      this.view.refresh()
      this.queries.refresh()
    }
    await this.fill()
  }

  private ticksAt(wallMs: number): number {
    const { bootMs, ticksPerSecond } = this.context.units
    return ((wallMs - bootMs) / 1000) * ticksPerSecond
  }

  private wantsEverybody({ busyTicks, blocked }: HostLoad, scan: number): boolean {
    return this.everybody || scan % FULL_SCANS === 1 || blocked > 0 || Number.isNaN(busyTicks)
  }

  /** Pids that are new. Those that are gone are told to the table. */
  private compareMembers(forks: number, full: boolean): number[] {
    const pids = this.members.changed(forks)
    if (pids === undefined) return full ? [...this.refused] : []
    // In the first scan all are new.
    if (this.context.scan === 0) return [...pids]
    const present = new Set(pids)
    for (const process of this.table.processes) if (!present.has(process.pid)) this.table.stageEnd(process)
    for (const pid of this.refused) if (!present.has(pid)) this.refused.delete(pid)
    return pids.filter((pid) => this.table.get(pid) === undefined && (full || !this.refused.has(pid)))
  }

  /** Whom to read in this scan, and whom only if there is need to. */
  private plan(scan: number, full: boolean): { now: Process[]; later: Process[] } {
    const { processes } = this.table
    const share = processes.length > LARGE ? COLD_SHARE_LARGE : COLD_SHARE
    const now: Process[] = []
    const later: Process[] = []
    for (const process of processes) {
      if (this.table.isEnding(process)) continue
      if (full || isHot(process, scan) || process.slot % share === scan % share) now.push(process)
      else later.push(process)
    }
    return { now, later }
  }

  private async read(targets: readonly (Process | number)[], scan: number): Promise<void> {
    let at = 0
    while (at < targets.length && !this.closed) {
      if (at > 0) await this.pause()
      if (this.closed) return
      at = withoutStacks(() => this.readSlice(targets, at, scan))
    }
  }

  /** Reads from index `from` on until the slice is over; where to go on. */
  private readSlice(targets: readonly (Process | number)[], from: number, scan: number): number {
    let nowMs = this.clock.monoMs()
    const untilMs = nowMs + SLICE_MS
    let at = from
    while (at < targets.length && nowMs < untilMs) nowMs = this.readOne(targets[at++] as Process | number, scan)
    return at
  }

  /** Gives the monotonic time after it: the clock costs as much as half of the parsing. */
  private readOne(target: Process | number, scan: number): number {
    const process = typeof target === 'number' ? undefined : target
    const pid = typeof target === 'number' ? target : target.pid
    if (this.skip.has(pid)) {
      if (process !== undefined) this.table.stageEnd(process)
      return this.clock.monoMs()
    }
    this.readsOfScan++
    const result = this.reader.stat(pid, this.table.next(), process, process !== undefined && isHot(process, scan))
    const nowMs = this.clock.monoMs()
    if (result === 'read') {
      this.table.stage(process, this.reader.buffer, nowMs, this.ledger)
      this.refused.delete(pid)
      return nowMs
    }
    if (process !== undefined) this.table.stageEnd(process)
    if (result === 'refused') this.refused.add(pid)
    return nowMs
  }
}
