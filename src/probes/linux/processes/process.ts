import { decodeName } from './identity.ts'
import type { StatReading } from './stat.ts'

/** Entries of a history: small charts are no wider. */
const HISTORY = 30
/** A scan before all scans. */
const LONG_AGO = -1000

/** The last CPU ratios of a process, one a scan. */
class History {
  private readonly ratios = new Float64Array(HISTORY)
  private count = 0
  private lastScan: number

  constructor(scan: number) {
    this.lastScan = scan - 1
  }

  /** Scans that passed the process by take the mean over them, which is what `ratio` then is. */
  push(scan: number, ratio: number): void {
    const missed = Math.min(scan - this.lastScan, HISTORY)
    for (let index = 0; index < missed; index++) this.ratios[this.count++ % HISTORY] = ratio
    this.lastScan = scan
  }

  toArray(): number[] {
    const length = Math.min(this.count, HISTORY)
    return Array.from({ length }, (_, index) => this.ratios[(this.count - length + index) % HISTORY] as number)
  }
}

/** One process in the scanner's table: what its last read said, and what is remembered about reading it. */
export class Process {
  readonly pid: number
  readonly startTicks: number
  readonly kernel: boolean
  /** Scan in which it was first seen. */
  readonly bornScan: number
  /** Counts up over all processes: spreads the cold ones evenly over scans. */
  readonly slot: number
  ppid = 0
  name = ''
  state = 0
  nice = 0
  threads = 0
  ticks = 0
  residentPages = 0
  /** Of one core, over the time since the read before. NaN at first sight. */
  cpuRatio = Number.NaN
  /** Monotonic time of the last read. */
  readMs = 0
  /** Last scan in which it used CPU, ran or waited for a disk. */
  busyScan = LONG_AGO
  /** Last scan after which somebody wanted its row. */
  wantedScan = LONG_AGO
  ended = false
  /** Undefined until read; `null` when it could not be read. */
  uid: number | null | undefined
  /** Undefined until read. */
  command: string | undefined
  /** Kept descriptor of its stat, -1 for none. */
  descriptor = -1
  private comm: Uint8Array = new Uint8Array()
  private lower: string | undefined
  private ratios: History | undefined

  constructor(reading: StatReading, comm: Uint8Array, slot: number, scan: number) {
    this.pid = reading.pid
    this.startTicks = reading.startTicks
    this.kernel = reading.kernel
    this.slot = slot
    this.bornScan = scan
    this.rename(comm)
  }

  get history(): number[] {
    return this.ratios?.toArray() ?? []
  }

  /** Name and command in lower case: what filters look into. The line break belongs to neither, so no match spans both. */
  get searched(): string {
    this.lower ??= `${this.name}\n${this.command ?? ''}`.toLowerCase()
    return this.lower
  }

  /** Whether the name is still made of these bytes of `bytes`. */
  isNamed(bytes: Uint8Array, start: number, end: number): boolean {
    const { comm } = this
    if (comm.length !== end - start) return false
    for (let index = 0; index < comm.length; index++) if (comm[index] !== bytes[start + index]) return false
    return true
  }

  /** Another name mostly means another program: what was known of it is asked for anew. */
  rename(comm: Uint8Array): void {
    this.comm = comm
    this.name = decodeName(comm)
    this.uid = this.kernel ? 0 : undefined
    this.command = this.kernel ? `[${this.name}]` : undefined
    this.lower = undefined
  }

  setCommand(command: string): void {
    this.command = command === '' ? this.name : command
    this.lower = undefined
  }

  /** Takes over what a read at `monoMs` said; `wanted` processes get a history. */
  update(reading: StatReading, monoMs: number, scan: number, ticksPerSecond: number, wanted: boolean): void {
    if (scan !== this.bornScan) {
      const seconds = (monoMs - this.readMs) / 1000
      const used = Math.max(0, reading.ticks - this.ticks)
      if (seconds > 0) this.cpuRatio = used / ticksPerSecond / seconds
      if (used > 0) this.busyScan = scan
      if (wanted || used > 0) this.ratios ??= new History(scan)
      this.ratios?.push(scan, this.cpuRatio)
    }
    const letter = reading.state
    if (letter === RUNNING || letter === DISK_SLEEP) this.busyScan = scan
    this.state = letter
    this.ppid = reading.ppid
    this.nice = reading.nice
    this.threads = reading.threads
    this.ticks = reading.ticks
    this.residentPages = reading.residentPages
    this.readMs = monoMs
  }
}

/** State `R`. */
export const RUNNING = 82
/** State `D`. */
const DISK_SLEEP = 68
