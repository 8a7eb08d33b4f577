import type { CpuLedger } from './ledger.ts'
import { Process } from './process.ts'
import { StatReading } from './stat.ts'

/** A read that waits to be taken over when the scan is complete. */
class Staged extends StatReading {
  process: Process | undefined
  /** The name's bytes, if they are not the known ones. */
  comm: Uint8Array | undefined
  atMs = 0
}

/** Scans a process stays hot after it used CPU or ran. */
const BUSY_SCANS = 5
/** A process that is new is read again for its first ratio. */
const NEW_SCANS = 2
/** Somebody looked at its row after one of the last scans. */
const WANTED_SCANS = 2

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
  /** In order of appearance. */
  processes: readonly Process[] = []
  private readonly byPid = new Map<number, Process>()
  private readonly staged: Staged[] = []
  private stagedCount = 0
  private readonly ended = new Set<Process>()
  private nextSlot = 0
  private lateTicks = Number.NaN
  private readonly ticksPerSecond: number
  private readonly onEnd: (process: Process) => void

  /** `onEnd` is told of each process that left the table. */
  constructor(ticksPerSecond: number, onEnd: (process: Process) => void) {
    this.ticksPerSecond = ticksPerSecond
    this.onEnd = onEnd
  }

  get(pid: number): Process | undefined {
    return this.byPid.get(pid)
  }

  /** Begins a scan: what was staged is forgotten. All CPU of a process that started at or after `lateTicks` falls into this period. */
  begin(lateTicks: number): void {
    this.lateTicks = lateTicks
    this.stagedCount = 0
    this.ended.clear()
  }

  /** Where the next read goes. */
  next(): StatReading {
    const staged = this.staged[this.stagedCount] ?? new Staged()
    this.staged[this.stagedCount] = staged
    return staged
  }

  /** Keeps what was read into `next()` from `bytes`, and accounts for the CPU that was used since the last read. */
  stage(process: Process | undefined, bytes: Uint8Array, atMs: number, ledger: CpuLedger): void {
    const staged = this.staged[this.stagedCount++] as Staged
    const same = process !== undefined && process.startTicks === staged.startTicks
    staged.process = process
    staged.atMs = atMs
    staged.comm =
      same && process.isNamed(bytes, staged.commStart, staged.commEnd)
        ? undefined
        : Uint8Array.from(bytes.subarray(staged.commStart, staged.commEnd))
    if (same) ledger.explain(Math.max(0, staged.ticks - process.ticks), atMs - process.readMs)
    else if (staged.startTicks >= this.lateTicks) ledger.explain(staged.ticks, ledger.periodMs)
  }

  /** A process is not there any more. */
  stageEnd(process: Process): void {
    this.ended.add(process)
  }

  /** Whether it was told to be gone. */
  isEnding(process: Process): boolean {
    return this.ended.has(process)
  }

  /** The scan is complete: what was staged becomes what is true. */
  commit(scan: number): void {
    let changed = this.ended.size > 0
    for (const process of this.ended) this.remove(process)
    for (let index = 0; index < this.stagedCount; index++) {
      const reading = this.staged[index] as Staged
      let { process } = reading
      reading.process = undefined
      if (process === undefined || process.startTicks !== reading.startTicks) {
        if (process !== undefined) this.remove(process)
        process = new Process(reading, reading.comm as Uint8Array, this.nextSlot++, scan)
        this.byPid.set(process.pid, process)
        changed = true
      } else if (reading.comm !== undefined) process.rename(reading.comm)
      process.update(reading, reading.atMs, scan, this.ticksPerSecond, scan - process.wantedScan <= WANTED_SCANS)
    }
    if (changed) this.processes = [...this.byPid.values()]
  }

  private remove(process: Process): void {
    process.ended = true
    if (this.byPid.get(process.pid) === process) this.byPid.delete(process.pid)
    this.onEnd(process)
  }
}
