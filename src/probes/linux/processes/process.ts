import type { ProcessField } from '../../../model/processes.ts'
import type { ProcessEntry } from '../../processes/entry.ts'
import type { TableContext } from './context.ts'
import { type Details, FILE_OF } from './details.ts'
import { History } from './history.ts'
import { nameOf } from './identity.ts'
import { parseStatTail, type StatReading, StatTail } from './stat.ts'

/** A scan before all scans. */
const LONG_AGO = -1000
/** Instead of a whole number that the kernel does not tell: a NaN for each of thousands would be garbage. */
export const UNKNOWN = -1
/** How long a process counts as new. */
const NEW_MS = 5000

/** What `bytes`, of which `reading` was made, say of waiting for disks: ticks, or `UNKNOWN`. */
export function readDelay(bytes: Uint8Array, reading: StatReading, { delays }: TableContext): number {
  if (delays === 'none') return UNKNOWN
  const tail = new StatTail()
  parseStatTail(bytes, reading, tail)
  return Number.isNaN(tail.delayTicks) ? UNKNOWN : tail.delayTicks
}

/** One process in the scanner's table, or a thread of one: what its last read said, and what is remembered about reading it. */
export class Process implements ProcessEntry {
  readonly pid: number
  readonly startTicks: number
  readonly kernel: boolean
  /** The process whose thread this is. */
  readonly owner: Process | undefined
  /** Scan in which it was first seen. */
  readonly bornScan: number
  /** Counts up over all processes: spreads the cold ones evenly over scans. */
  readonly slot: number
  ppid = 0
  name = ''
  /** Character code. */
  state = 0
  priority = 0
  nice = 0
  threads = 0
  ticks = 0
  residentPages = 0
  /** Of children it waited for. */
  childFaults = 0
  /** Of one core, over the time since the read before. NaN at first sight. */
  cpuRatio = Number.NaN
  /** Monotonic time of the last read. */
  readMs = 0
  /** Scan of the last read. */
  readScan = 0
  /** Last scan in which it used CPU, ran or waited for a disk. */
  busyScan = LONG_AGO
  /** Last scan after which somebody wanted its row. */
  wantedScan = LONG_AGO
  ended = false
  /** Monotonic time of the scan that did not find it any more; 0 while it lives. */
  endedMs = 0
  /** Undefined until read; `null` when it could not be read. */
  uid: number | null | undefined
  /** Undefined until read. */
  command: string | undefined
  /** Scans from which on these two are asked for anew. */
  uidUntil = 0
  commandUntil = 0
  /** Of files that few are asked for. */
  details: Details | undefined
  /** Kept descriptor of its stat, -1 for none. */
  descriptor = -1
  private readonly context: TableContext
  /** The name's bytes, as Latin-1 text. */
  private comm = ''
  private forked = false
  private ratios: History | undefined
  /** Whether it started while healthtop looked, and when it was seen first. */
  private readonly startedLate: boolean
  private readonly bornMs: number
  /** Monotonic time of the scan before that of its first sight, where it started since; else `UNKNOWN`. */
  readonly unseenMs: number
  // Rates are made when somebody asks: counters of two reads and the time between. Whole numbers, since thousands of fractions are garbage.
  private seconds = 0
  private userTicks = 0
  private systemTicks = 0
  private minorFaults = 0
  private majorFaults = 0
  private delayTicks = UNKNOWN
  private usedUser = 0
  private usedSystem = 0
  private minorSince = 0
  private majorSince = 0
  private delayedSince = UNKNOWN

  constructor(
    reading: StatReading,
    comm: string,
    context: TableContext,
    { slot, scan, atMs, owner }: { slot: number; scan: number; atMs: number; owner?: Process },
  ) {
    this.pid = reading.pid
    this.startTicks = reading.startTicks
    this.kernel = reading.kernel
    this.context = context
    this.owner = owner
    this.slot = slot
    this.bornScan = scan
    // What the first scan finds was there before, whenever it was started.
    this.startedLate = scan > 1 && reading.startTicks >= context.sinceTicks
    this.bornMs = this.startedLate ? atMs : 0
    this.unseenMs = this.startedLate && owner === undefined ? Math.round(context.monoMs) : UNKNOWN
    this.rename(comm)
  }

  get history(): number[] {
    return this.ratios?.toArray() ?? []
  }

  get mark(): 'new' | 'ended' | undefined {
    if (this.ended) return 'ended'
    return this.startedLate && this.context.monoMs - this.bornMs < NEW_MS ? 'new' : undefined
  }

  get childTraffic(): { readonly read: number; readonly write: number } | undefined {
    const rates = this.ended ? undefined : this.details?.childRates(this.context.scan)
    return rates && { read: rates.read, write: rates.written }
  }

  get cpuSeconds(): number {
    return this.ticks / this.context.units.ticksPerSecond
  }

  /** Threads share that of their process. */
  get memoryBytes(): number {
    return this.residentPages * this.context.units.pageBytes
  }

  /** Unix milliseconds. */
  get startedMs(): number {
    const { bootMs, ticksPerSecond } = this.context.units
    return bootMs + (this.startTicks / ticksPerSecond) * 1000
  }

  /** Whether a reading from `bytes` is of the program that was read before: it has the same name, and no other was executed since the fork. */
  isUnchanged(reading: StatReading, bytes: Uint8Array): boolean {
    const { comm } = this
    const { commStart, commEnd } = reading
    if (comm.length !== commEnd - commStart || (this.forked && !reading.forked)) return false
    for (let index = 0; index < comm.length; index++) {
      if (comm.charCodeAt(index) !== bytes[commStart + index]) return false
    }
    return true
  }

  /** Another name mostly means another program: what was known of it is asked for anew. `comm` is Latin-1 text of the name's bytes. */
  rename(comm: string): void {
    this.comm = comm
    this.name = nameOf(comm)
    this.uid = this.kernel ? 0 : undefined
    this.command = this.kernel ? `[${this.name}]` : undefined
  }

  setCommand(command: string): void {
    this.command = command === '' ? this.name : command
  }

  /** Takes over what a read at `monoMs` said; `wanted` processes get a history. `delayTicks` is `UNKNOWN` where the kernel keeps none. */
  update(reading: StatReading, delayTicks: number, monoMs: number, scan: number, wanted: boolean): void {
    if (scan !== this.bornScan) {
      this.compare(reading, monoMs, scan, wanted)
      this.delayedSince =
        Math.min(delayTicks, this.delayTicks) < 0 ? UNKNOWN : Math.max(0, delayTicks - this.delayTicks)
    }
    const letter = reading.state
    if (letter === RUNNING || letter === DISK_SLEEP) this.busyScan = scan
    this.state = letter
    this.ppid = this.owner?.pid ?? reading.ppid
    this.forked = reading.forked
    this.priority = reading.priority
    this.nice = reading.nice
    this.threads = this.owner === undefined ? reading.threads : 1
    this.ticks = reading.ticks
    this.userTicks = reading.userTicks
    this.systemTicks = reading.systemTicks
    this.minorFaults = reading.minorFaults
    this.majorFaults = reading.majorFaults
    this.delayTicks = delayTicks
    this.residentPages = reading.residentPages
    this.childFaults = reading.childFaults
    this.readMs = monoMs
    this.readScan = scan
  }

  /** It is not there any more: what it was stays, but it uses nothing. */
  end(monoMs: number): void {
    this.ended = true
    this.endedMs = monoMs
    this.cpuRatio = 0
    this.usedUser = 0
    this.usedSystem = 0
    this.minorSince = 0
    this.majorSince = 0
    if (this.delayedSince > 0) this.delayedSince = 0
    this.details?.end()
  }

  known(field: ProcessField): number | string | undefined {
    const { ticksPerSecond, pageBytes } = this.context.units
    switch (field) {
      case 'pid':
        return this.pid
      case 'ppid':
        return this.ppid
      case 'user':
        return typeof this.uid === 'number' ? (this.context.userNames.get(this.uid) ?? String(this.uid)) : undefined
      case 'priority':
        return this.priority
      case 'nice':
        return this.nice
      case 'state':
        return String.fromCharCode(this.state)
      case 'threads':
        return this.threads
      case 'cpu':
        return Number.isNaN(this.cpuRatio) ? undefined : this.cpuRatio
      case 'cpu_user':
        return this.rate(this.usedUser / ticksPerSecond)
      case 'cpu_system':
        return this.rate(this.usedSystem / ticksPerSecond)
      case 'wait_io':
        return this.waitsAreKept ? this.rate(this.delayedSince / ticksPerSecond) : undefined
      case 'faults':
        return this.rate(this.minorSince)
      case 'major_faults':
        return this.rate(this.majorSince)
      case 'memory':
        return this.memoryBytes
      case 'time':
        return this.cpuSeconds
      case 'time_user':
        return this.userTicks / ticksPerSecond
      case 'time_system':
        return this.systemTicks / ticksPerSecond
      case 'started':
        return this.startedMs
      case 'name':
        return this.name
      case 'command':
        return this.command
      default:
        return this.details?.known(field, FILE_OF[field], this.context.scan, pageBytes)
    }
  }

  /** Where the kernel keeps waits of some only, one that never waited may be none of them. */
  private get waitsAreKept(): boolean {
    return this.delayedSince !== UNKNOWN && (this.context.delays === 'all' || this.delayTicks > 0)
  }

  private compare(reading: StatReading, monoMs: number, scan: number, wanted: boolean): void {
    const used = Math.max(0, reading.ticks - this.ticks)
    this.seconds = (monoMs - this.readMs) / 1000
    this.usedUser = Math.max(0, reading.userTicks - this.userTicks)
    this.usedSystem = Math.max(0, reading.systemTicks - this.systemTicks)
    this.minorSince = Math.max(0, reading.minorFaults - this.minorFaults)
    this.majorSince = Math.max(0, reading.majorFaults - this.majorFaults)
    if (this.seconds > 0) this.cpuRatio = used / this.context.units.ticksPerSecond / this.seconds
    if (used > 0) this.busyScan = scan
    if (wanted || used > 0) this.ratios ??= new History(scan)
    this.ratios?.push(scan, this.cpuRatio)
  }

  /** What came since the read before, a second; undefined before there were two. */
  private rate(amount: number): number | undefined {
    return this.seconds > 0 ? amount / this.seconds : undefined
  }
}

/** State `R`. */
const RUNNING = 82
/** State `D`. */
const DISK_SLEEP = 68
