import type { Clock } from '../../../lib/clock.ts'
import type { ProcessField } from '../../../model/processes.ts'
import { type Cgroup, parseCgroup } from './cgroup.ts'
import { ChildTraffic } from './child-traffic.ts'
import type { TableContext } from './context.ts'
import { type DetailFile, Details, FILE_OF, LASTING, STALE_SCANS } from './details.ts'
import type { IoClasses } from './io-classes.ts'
import { ioBasis, NO_BYTES, parseIo, type StorageBytes } from './io-file.ts'
import { parseRollup, parseSharedPages, parseSwap } from './memory-files.ts'
import { type Process, UNKNOWN } from './process.ts'
import type { ProcessReader } from './reader.ts'
import { parseSchedstat, type RunTimes } from './schedstat.ts'

/** A file a thread: of more threads than this the waiting is not known, since a millisecond a row would be too dear. */
const MAX_THREADS = 128
/** Most processes share their control group with others. */
const MAX_CGROUPS = 4096
/** All that threads have files of their own for, among those read here. */
const OF_THREADS: ReadonlySet<DetailFile> = new Set<DetailFile>(['io', 'schedstat'])

function known(value: number): number | undefined {
  return Number.isNaN(value) ? undefined : value
}

/** Reads the files that few fields come from: at most once a scan, only when asked to, and not before stat is read anew. */
export class DetailReader {
  private readonly reader: ProcessReader
  private readonly clock: Clock
  private readonly context: TableContext
  private readonly ioClasses: IoClasses | undefined
  private readonly cgroups = new Map<string, Cgroup | undefined>()

  /** Without `ioClasses` there are none: those of recorded processes are nobody's. */
  constructor(reader: ProcessReader, context: TableContext, clock: Clock, ioClasses?: IoClasses) {
    this.reader = reader
    this.context = context
    this.ioClasses = ioClasses
    this.clock = clock
  }

  /** Whether nothing is to be read of a process for a field. */
  isComplete(process: Process, field: ProcessField): boolean {
    const file = FILE_OF[field]
    if (file === undefined || process.ended) return true
    if (process.owner !== undefined && !OF_THREADS.has(file)) return true
    return process.details !== undefined && process.details.scanOf(file) >= process.readScan
  }

  /** Reads what a field needs. What is refused is not asked for again before long. */
  read(process: Process, field: ProcessField, scan: number): void {
    const file = FILE_OF[field]
    if (file === undefined || this.isComplete(process, field)) return
    process.details ??= new Details()
    const { details } = process
    const wasRead = this.readFile(process, details, file, scan)
    details.stamp(file, wasRead && !LASTING.has(file) ? scan : scan + STALE_SCANS - 1)
  }

  private readFile(process: Process, details: Details, file: DetailFile, scan: number): boolean {
    switch (file) {
      case 'statm':
        return this.readShared(process, details)
      case 'rollup':
        return this.readRollup(process, details, scan)
      case 'swap':
        return this.readSwap(process, details)
      case 'io':
        return this.readIo(process, details, scan)
      case 'schedstat':
        return this.readTimes(process, details, scan)
      case 'descriptors':
        details.files = this.reader.descriptors(process.pid)
        return details.files !== undefined
      case 'cgroup':
        return this.readCgroup(process, details)
      case 'ionice':
        this.ioClasses?.want(process)
        return true
    }
  }

  private readShared({ pid }: Process, details: Details): boolean {
    const bytes = this.reader.file(pid, 'statm')
    details.sharedPages = bytes && known(parseSharedPages(bytes))
    return details.sharedPages !== undefined
  }

  /** It tells what is swapped out, too. */
  private readRollup({ pid, kernel }: Process, details: Details, scan: number): boolean {
    const bytes = kernel ? undefined : this.reader.file(pid, 'smaps_rollup')
    const { proportional, swap } = parseRollup(bytes ?? new Uint8Array())
    details.proportionalBytes = known(proportional)
    if (details.proportionalBytes === undefined) return false
    details.swapBytes = known(swap)
    details.stamp('swap', scan)
    return true
  }

  private readSwap({ pid, kernel }: Process, details: Details): boolean {
    const bytes = kernel ? undefined : this.reader.file(pid, 'status')
    details.swapBytes = bytes && known(parseSwap(bytes))
    return details.swapBytes !== undefined
  }

  private readIo(process: Process, details: Details, scan: number): boolean {
    const { pid, owner, threads, childFaults, bornScan, unseenMs } = process
    // Without children all bytes are its own, and that file is cheaper to find. Recorded trees may have no threads.
    const apart = owner !== undefined || (threads === 1 && childFaults > 0)
    const own = apart ? this.reader.file(owner?.pid ?? pid, 'io', pid) : undefined
    const bytes = own ?? (owner === undefined ? this.reader.file(pid, 'io') : undefined)
    const storage = bytes && parseIo(bytes)
    const basis = ioBasis(threads, childFaults)
    if (bornScan === scan && unseenMs !== UNKNOWN && details.childFaults < 0) {
      // It had read and written nothing when the scan before missed it.
      details.setStorage(NO_BYTES, unseenMs, scan, basis)
      details.stamp('io', scan - 1)
    }
    const monoMs = this.clock.monoMs()
    if (storage !== undefined && owner === undefined) this.readChildren(process, details, storage, monoMs, scan)
    details.setStorage(storage, monoMs, scan, basis)
    return storage !== undefined
  }

  /** What children added to the bytes of their parent, read only where some did. */
  private readChildren(
    { pid, threads, childFaults }: Process,
    details: Details,
    storage: StorageBytes,
    monoMs: number,
    scan: number,
  ): void {
    const before = details.childFaults
    details.childFaults = childFaults
    const { children } = details
    // With several threads its own bytes are among those of its children.
    const ended = before >= 0 && before !== childFaults
    if (!ended && (children === undefined || threads === 1)) {
      children?.rest()
      return
    }
    const bytes = threads === 1 ? this.bytesOfChildren(pid, storage) : storage
    if (bytes === undefined) return
    if (children === undefined) {
      details.children = new ChildTraffic({ bytes, childFaults })
      return
    }
    const { endedBytes } = this.context
    const countedBefore = endedBytes.has(pid) ? endedBytes.get(pid) : NO_BYTES
    children.take({ bytes, childFaults, countedBefore, seconds: details.secondsSince(monoMs, scan) })
    if (!ended) children.rest()
  }

  private bytesOfChildren(pid: number, own: StorageBytes): StorageBytes | undefined {
    const bytes = this.reader.file(pid, 'io')
    const all = bytes && parseIo(bytes)
    return all && { read: all.read - own.read, written: all.written - own.written }
  }

  private readTimes(process: Process, details: Details, scan: number): boolean {
    const times = this.runTimes(process)
    details.setTimes(times, this.clock.monoMs(), scan)
    return times !== undefined
  }

  /** Run times by thread: /proc/PID/schedstat is that of the main thread alone. Kernels that do not keep them show zeros. */
  private runTimes({ pid, owner, threads, ticks }: Process): ReadonlyMap<number, RunTimes> | undefined {
    if (threads > MAX_THREADS) return undefined
    const single = owner === undefined && threads === 1
    const ids = single || owner !== undefined ? [pid] : this.reader.threads(pid)
    const all = new Map<number, RunTimes>()
    let ran = 0
    for (const id of ids ?? []) {
      const bytes = this.reader.file(owner?.pid ?? pid, 'schedstat', single ? undefined : id)
      const times = bytes && parseSchedstat(bytes)
      if (times === undefined) continue
      all.set(id, times)
      ran += times.ran
    }
    return all.size === 0 || (ran === 0 && ticks > 0) ? undefined : all
  }

  private readCgroup({ pid }: Process, details: Details): boolean {
    const bytes = this.reader.file(pid, 'cgroup')
    details.cgroup = bytes && this.cgroupOf(Buffer.from(bytes).toString('utf8'))
    return details.cgroup !== undefined
  }

  private cgroupOf(text: string): Cgroup | undefined {
    if (!this.cgroups.has(text)) {
      if (this.cgroups.size >= MAX_CGROUPS) this.cgroups.clear()
      this.cgroups.set(text, parseCgroup(text))
    }
    return this.cgroups.get(text)
  }
}
