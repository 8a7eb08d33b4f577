import type { IoClass, ProcessField } from '../../../model/processes.ts'
import type { Cgroup } from './cgroup.ts'
import type { ChildTraffic } from './child-traffic.ts'
import { ioBasis, NO_BYTES, plus, type StorageBytes } from './io-file.ts'
import type { RunTimes } from './schedstat.ts'

/** A file, or what stands in for one, that is read for some fields only. */
export type DetailFile = 'statm' | 'rollup' | 'swap' | 'io' | 'schedstat' | 'descriptors' | 'cgroup' | 'ionice'

/** Which file a field comes from. Fields that are not here cost nothing. */
export const FILE_OF: Readonly<Partial<Record<ProcessField, DetailFile>>> = {
  shared: 'statm',
  proportional: 'rollup',
  swap: 'swap',
  read: 'io',
  write: 'io',
  wait_cpu: 'schedstat',
  files: 'descriptors',
  unit: 'cgroup',
  container: 'cgroup',
  cgroup: 'cgroup',
  io_class: 'ionice',
}

/** These hardly ever change: they are asked for once, and anew when what was read of others would be stale. */
export const LASTING: ReadonlySet<DetailFile> = new Set<DetailFile>(['cgroup', 'ionice'])

/** Scans after which what was read before says nothing any more, and what was refused is tried again. */
export const STALE_SCANS = 15
const NEVER = Number.NEGATIVE_INFINITY

/** The difference to an earlier reading of the same counters, over the time between. */
function rate(now: number, before: number, seconds: number): number | undefined {
  return seconds > 0 ? Math.max(0, now - before) / seconds : undefined
}

/** What files beside stat said of one process, and when. Most processes have none: nobody looks at them. */
export class Details {
  sharedPages: number | undefined
  proportionalBytes: number | undefined
  swapBytes: number | undefined
  readRate: number | undefined
  writeRate: number | undefined
  /** Seconds a second. */
  waitRatio: number | undefined
  files: number | undefined
  cgroup: Cgroup | undefined
  ioClass: IoClass | undefined
  /** Of a process that was seen to wait for children. */
  children: ChildTraffic | undefined
  /** `childFaults` of the process when io was read; -1 before. */
  childFaults = -1
  private readonly scans = new Map<DetailFile, number>()
  private storage: StorageBytes | undefined
  private storageMs = 0
  private storageBasis = 0
  private times: ReadonlyMap<number, RunTimes> | undefined
  private timesMs = 0

  /** The scan after which a file was read; a later one where it is not to be read until then. */
  scanOf(file: DetailFile): number {
    return this.scans.get(file) ?? NEVER
  }

  /** A file was read after `scan`, or need not be before it. */
  stamp(file: DetailFile, scan: number): void {
    this.scans.set(file, scan)
  }

  /** Whether what a file said still counts. */
  isFresh(file: DetailFile, scan: number): boolean {
    return scan - this.scanOf(file) < STALE_SCANS
  }

  /**
   * What was read of `io` at `monoMs`; undefined when that cannot be. The first reading, the first after long, and one on another basis
   * (`ioBasis`) than the one before give no rate.
   */
  setStorage(now: StorageBytes | undefined, monoMs: number, scan: number, basis: number): void {
    const before = this.isFresh('io', scan) && basis === this.storageBasis ? this.storage : undefined
    const seconds = (monoMs - this.storageMs) / 1000
    const both = now !== undefined && before !== undefined
    this.readRate = both ? rate(now.read, before.read, seconds) : undefined
    this.writeRate = both ? rate(now.written, before.written, seconds) : undefined
    this.storage = now
    this.storageBasis = basis
    this.storageMs = monoMs
  }

  /** Monotonic time from reading io in `scan` back to the reading before; undefined where that was not in the scan before. */
  secondsSince(monoMs: number, scan: number): number | undefined {
    return this.scanOf('io') === scan - 1 ? (monoMs - this.storageMs) / 1000 : undefined
  }

  /** All bytes it had counted after `scan`, those of children it had waited for included; undefined where they were not read. */
  countedAfter(scan: number, threads: number, childFaults: number): StorageBytes | undefined {
    const { storage } = this
    if (this.scanOf('io') !== scan || storage === undefined) return undefined
    if (threads !== 1) return this.storageBasis === ioBasis(threads, childFaults) ? storage : undefined
    const ofChildren = childFaults === 0 ? NO_BYTES : this.children?.countedAt(childFaults)
    return ofChildren && plus(storage, ofChildren)
  }

  /** Bytes a second of children that came and went, as of `scan`. */
  childRates(scan: number): StorageBytes | undefined {
    return this.scanOf('io') === scan ? this.children?.perSecond : undefined
  }

  /** Run times of the threads at `monoMs`, by their ids. Those that were not there the last time have begun since. */
  setTimes(now: ReadonlyMap<number, RunTimes> | undefined, monoMs: number, scan: number): void {
    const before = this.isFresh('schedstat', scan) ? this.times : undefined
    this.waitRatio = undefined
    if (now !== undefined && before !== undefined) {
      let waited = 0
      for (const [id, times] of now) waited += Math.max(0, times.waited - (before.get(id)?.waited ?? 0))
      this.waitRatio = rate(waited / 1e9, 0, (monoMs - this.timesMs) / 1000)
    }
    this.times = now
    this.timesMs = monoMs
  }

  /** It uses nothing any more. */
  end(): void {
    this.readRate &&= 0
    this.writeRate &&= 0
    this.waitRatio &&= 0
  }

  /** The value of a field that comes from `file`; undefined when that was not read lately. What lasts is not old so soon. */
  known(
    field: ProcessField,
    file: DetailFile | undefined,
    scan: number,
    pageBytes: number,
  ): number | string | undefined {
    if (file === undefined || (!LASTING.has(file) && !this.isFresh(file, scan))) return undefined
    switch (field) {
      case 'shared':
        return this.sharedPages === undefined ? undefined : this.sharedPages * pageBytes
      case 'proportional':
        return this.proportionalBytes
      case 'swap':
        return this.swapBytes
      case 'read':
        return this.readRate
      case 'write':
        return this.writeRate
      case 'wait_cpu':
        return this.waitRatio
      case 'files':
        return this.files
      case 'unit':
        return this.cgroup?.unit
      case 'container':
        return this.cgroup?.container
      case 'cgroup':
        return this.cgroup?.path
      case 'io_class':
        return this.ioClass
      default:
        return undefined
    }
  }
}
