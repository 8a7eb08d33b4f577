import type { ProcessField, ProcessRow } from '../../../model/processes.ts'
import type { ProcessTableView } from '../../processes/entry.ts'
import { type Listing, startTicksOf } from './listing.ts'
import { PortableProcess } from './process.ts'

/** How long a process counts as new, and one that has ended is shown. */
const MARK_MS = 5000
/** A clock that is set shifts the start times ps computes. */
const SAME_START_TICKS = 200

/** All processes as they were listed last. There is nothing left to read of them. */
export class PortableTable implements ProcessTableView<PortableProcess> {
  scan = 0
  wallMs = 0
  entries: readonly PortableProcess[] = []
  /** Whether a process, not of the kernel, that was new in the scan before is there still. What the first scan finds is not new. */
  newcomers = false
  private fresh: readonly PortableProcess[] = []
  private readonly coarse: boolean
  private readonly byPid = new Map<number, PortableProcess>()
  private ended: readonly PortableProcess[] = []
  /** When the first scan was: who was there then is not new. */
  private firstMono: number | undefined

  /** `coarse`: CPU times are listed in whole seconds. */
  constructor(coarse: boolean) {
    this.coarse = coarse
  }

  /** A scan is complete. */
  take(list: readonly Listing[], nowMono: number, wallMs: number): void {
    this.firstMono ??= nowMono
    const there = new Set<PortableProcess>()
    const before = this.byPid.size
    const came: PortableProcess[] = []
    for (const listing of list) {
      let process = this.byPid.get(listing.pid)
      if (process === undefined || !isSame(process, listing)) {
        if (process !== undefined) this.end(process, nowMono)
        process = new PortableProcess(listing, nowMono)
        this.byPid.set(listing.pid, process)
        came.push(process)
      }
      process.update(listing, nowMono, this.coarse)
      process.mark = this.isNew(process, nowMono) ? 'new' : undefined
      there.add(process)
    }
    for (const process of this.byPid.values()) if (!there.has(process)) this.end(process, nowMono)
    const shown = this.ended.filter(({ endedMono = 0 }) => nowMono - endedMono < MARK_MS)
    this.newcomers = this.fresh.some((process) => there.has(process))
    this.fresh = this.scan > 0 ? came.filter(({ kernel }) => !kernel) : []
    const changed = came.length > 0 || this.byPid.size !== before || shown.length !== this.ended.length
    this.ended = shown
    if (changed) this.entries = [...this.byPid.values(), ...shown]
    this.scan++
    this.wallMs = wallMs
  }

  complete(_process: PortableProcess, _fields: readonly ProcessField[]): boolean {
    return true
  }

  read(_process: PortableProcess, _fields: readonly ProcessField[]): void {}

  /** ps of other systems tells no threads. */
  threads(_process: PortableProcess): readonly PortableProcess[] {
    return []
  }

  want(_process: PortableProcess): void {}

  /** Numbers that every row has and this platform does not tell are NaN. */
  row({ pid, listing, startTicks, cpuRatio, history, mark }: PortableProcess): ProcessRow {
    const { ppid, name, command, kernel, user, uid } = listing
    return {
      kind: 'process',
      pid,
      ppid,
      name,
      command,
      ...(user !== undefined && { user }),
      ...(uid !== undefined && { uid }),
      state: listing.state ?? '',
      nice: listing.nice ?? Number.NaN,
      threads: listing.threads ?? Number.NaN,
      ...(cpuRatio !== undefined && { cpuRatio }),
      cpuSeconds: listing.cpuSeconds ?? Number.NaN,
      memoryBytes: listing.memoryBytes ?? Number.NaN,
      startedMs: listing.startedMs ?? Number.NaN,
      startTicks,
      kernel,
      history: [...history],
      ...(mark !== undefined && { mark }),
    }
  }

  private isNew(process: PortableProcess, nowMono: number): boolean {
    return process.bornMono > (this.firstMono ?? nowMono) && nowMono - process.bornMono < MARK_MS
  }

  private end(process: PortableProcess, nowMono: number): void {
    if (this.byPid.get(process.pid) === process) this.byPid.delete(process.pid)
    process.mark = 'ended'
    process.endedMono = nowMono
    this.ended = [...this.ended, process]
  }
}

/** Whether it is still the process that had this pid. */
function isSame(process: PortableProcess, { startedMs }: Listing): boolean {
  return startedMs === undefined || Math.abs(startTicksOf(startedMs) - process.startTicks) <= SAME_START_TICKS
}
