import type { Clock } from '../../../lib/clock.ts'
import type { ProcessField } from '../../../model/processes.ts'
import { type Cgroup, parseCgroup } from './cgroup.ts'
import { type DetailFile, Details, FILE_OF, LASTING, STALE_SCANS } from './details.ts'
import type { IoClasses } from './io-classes.ts'
import { ioBasis, parseIo } from './io-file.ts'
import { parseRollup, parseSharedPages, parseSwap } from './memory-files.ts'
import type { Process } from './process.ts'
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
  private readonly ioClasses: IoClasses | undefined
  private readonly cgroups = new Map<string, Cgroup | undefined>()

  /** Without `ioClasses` there are none: those of recorded processes are nobody's. */
  constructor(reader: ProcessReader, clock: Clock, ioClasses?: IoClasses) {
    this.reader = reader
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

  private readIo({ pid, owner, threads, childFaults }: Process, details: Details, scan: number): boolean {
    const own = threads === 1 ? this.reader.file(owner?.pid ?? pid, 'io', pid) : undefined
    // Recorded trees may have no threads.
    const bytes = own ?? (owner === undefined ? this.reader.file(pid, 'io') : undefined)
    const storage = bytes && parseIo(bytes)
    details.setStorage(storage, this.clock.monoMs(), scan, ioBasis(threads, childFaults))
    return storage !== undefined
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
