import type { TableContext } from './context.ts'
import { NO_BYTES, plus, type StorageBytes } from './io-file.ts'
import type { CpuLedger } from './ledger.ts'
import { Process, readDelay, UNKNOWN } from './process.ts'
import { StatReading } from './stat.ts'

/** A read that waits to be taken over when the scan is complete. */
class Staged extends StatReading {
  process: Process | undefined
  /** The name's bytes as Latin-1 text, if they are not the known ones or it runs another program. */
  comm: string | undefined
  delayTicks = UNKNOWN
  atMs = 0
}

/** Scans a process stays hot after it used CPU or ran. */
const BUSY_SCANS = 5
/** A process that is new is read again for its first ratio. */
const NEW_SCANS = 2
/** Somebody looked at its row after one of the last scans. */
const WANTED_SCANS = 2
/** How long a process that ended is shown. */
const ENDED_MS = 5000

/** Whether a process is read in every scan. */
export function isHot(process: Process, scan: number): boolean {
  return (
    scan - process.wantedScan <= WANTED_SCANS ||
    scan - process.busyScan <= BUSY_SCANS ||
    scan - process.bornScan <= NEW_SCANS
  )
}

/**
 * All processes, as they stood in the last complete scan. What a running scan reads is staged, so that answers given meanwhile
 * never mix two scans.
 */
export class ProcessTable {
  /** Those that live, in order of appearance. */
  processes: readonly Process[] = []
  /** These and those that ended a few seconds ago, in order of appearance. */
  entries: readonly Process[] = []
  /** Whether a process, not of the kernel, that was new in the scan before is there still. What the first scan finds is not new. */
  newcomers = false
  private readonly byPid = new Map<number, Process>()
  private readonly staged: Staged[] = []
  private stagedCount = 0
  /** Found by the running scan. They are in no answer yet, so nothing of them has to be staged. */
  private appeared: Process[] = []
  private fresh: readonly Process[] = []
  private readonly ended = new Set<Process>()
  private nextSlot = 0
  private lateTicks = Number.NaN
  private readonly context: TableContext
  private readonly onEnd: (process: Process) => void

  /** `onEnd` is told of each process that ended. */
  constructor(context: TableContext, onEnd: (process: Process) => void) {
    this.context = context
    this.onEnd = onEnd
  }

  get(pid: number): Process | undefined {
    return this.byPid.get(pid)
  }

  /** Begins a scan: what was staged is forgotten. All CPU of a process that started at or after `lateTicks` falls into this period. */
  begin(lateTicks: number): void {
    this.lateTicks = lateTicks
    this.stagedCount = 0
    this.appeared = []
    this.ended.clear()
  }

  /** Where the next read goes. */
  next(): StatReading {
    const staged = this.staged[this.stagedCount] ?? new Staged()
    this.staged[this.stagedCount] = staged
    return staged
  }

  /** Keeps what was read into `next()` from `bytes`, and accounts for the CPU that was used since the last read. */
  stage(process: Process | undefined, bytes: Buffer, atMs: number, ledger: CpuLedger): void {
    const staged = this.staged[this.stagedCount] as Staged
    if (process?.startTicks !== staged.startTicks) {
      if (staged.startTicks >= this.lateTicks) ledger.explain(staged.ticks, ledger.periodMs)
      this.appeared.push(this.make(staged, bytes, atMs))
      return
    }
    this.stagedCount++
    staged.process = process
    staged.atMs = atMs
    staged.comm = process.isUnchanged(staged, bytes) ? undefined : commOf(staged, bytes)
    staged.delayTicks = readDelay(bytes, staged, this.context)
    ledger.explain(Math.max(0, staged.ticks - process.ticks), atMs - process.readMs)
  }

  /** A process is not there any more. */
  stageEnd(process: Process): void {
    this.ended.add(process)
  }

  /** Whether it was told to be gone. */
  isEnding(process: Process): boolean {
    return this.ended.has(process)
  }

  /** The scan is complete, at `monoMs`: what was staged becomes what is true. */
  commit(scan: number, monoMs: number): void {
    this.context.scan = scan
    this.context.monoMs = monoMs
    let changed = this.ended.size > 0
    this.context.endedBytes = endedBytes(this.ended, scan - 1)
    for (const process of this.ended) this.remove(process)
    for (let index = 0; index < this.stagedCount; index++) {
      const reading = this.staged[index] as Staged
      const process = reading.process as Process
      reading.process = undefined
      if (reading.comm !== undefined) process.rename(reading.comm)
      process.update(reading, reading.delayTicks, reading.atMs, scan, scan - process.wantedScan <= WANTED_SCANS)
    }
    for (const process of this.appeared) {
      const before = this.byPid.get(process.pid)
      if (before !== undefined) this.remove(before)
      this.byPid.set(process.pid, process)
      changed = true
    }
    this.newcomers = this.fresh.some(({ ended }) => !ended)
    this.fresh = scan > 1 ? this.appeared.filter(({ kernel }) => !kernel) : []
    if (changed) this.processes = [...this.byPid.values()]
    this.show(changed, this.appeared)
    this.appeared = []
  }

  private make(reading: StatReading, bytes: Buffer, atMs: number): Process {
    const scan = this.context.scan + 1
    const process = new Process(reading, commOf(reading, bytes), this.context, { slot: this.nextSlot++, scan, atMs })
    process.update(reading, readDelay(bytes, reading, this.context), atMs, scan, false)
    return process
  }

  private show(changed: boolean, appeared: readonly Process[]): void {
    const over = (process: Process) => process.ended && this.context.monoMs - process.endedMs >= ENDED_MS
    if (!changed && !(this.entries.length > this.processes.length && this.entries.some(over))) return
    this.entries = [...this.entries.filter((process) => !over(process)), ...appeared]
  }

  private remove(process: Process): void {
    if (process.ended) return
    process.end(this.context.monoMs)
    if (this.byPid.get(process.pid) === process) this.byPid.delete(process.pid)
    this.onEnd(process)
  }
}

/** What processes that ended had counted after `scan`, by parent; undefined where that is not known of one of them. */
function endedBytes(ended: ReadonlySet<Process>, scan: number): ReadonlyMap<number, StorageBytes | undefined> {
  const bytes = new Map<number, StorageBytes | undefined>()
  for (const { kernel, ppid, details, threads, childFaults, bornScan, unseenMs } of ended) {
    if (kernel) continue
    const known = bytes.has(ppid) ? bytes.get(ppid) : NO_BYTES
    const counted = details?.countedAfter(scan, threads, childFaults)
    // Who lived for a moment may be gone before its bytes are read: all of them are recent.
    const brief = bornScan === scan && unseenMs !== UNKNOWN ? NO_BYTES : undefined
    const all = counted ?? brief
    bytes.set(ppid, known && all && plus(known, all))
  }
  return bytes
}

function commOf({ commStart, commEnd }: StatReading, bytes: Buffer): string {
  return bytes.toString('latin1', commStart, commEnd)
}
