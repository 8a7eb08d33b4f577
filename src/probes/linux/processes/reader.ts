import { closeSync, openSync, readdirSync, readSync, statfsSync, statSync } from 'node:fs'
import { failure } from './failure.ts'
import type { Process } from './process.ts'
import { parseStat, type StatReading } from './stat.ts'

/** A line of stat has at most 52 numbers of 20 digits and a name of 64 bytes. */
const STAT_BYTES = 2048
/** No more of a command line is ever shown. */
const COMMAND_BYTES = 4096
/** Control groups of many hierarchies have long paths, a status may list many groups before its memory. */
const TEXT_BYTES = 65_536
/** Type of a procfs, statfs(2). */
const PROC_SUPER_MAGIC = 0x9fa0
/** Each open stat holds 4.5 KB of kernel memory that nothing can reclaim. */
const MAX_KEPT = 256
const EXHAUSTED: ReadonlySet<string> = new Set(['EMFILE', 'ENFILE'])

/** What became of a read. */
export type ReadResult = 'read' | 'gone' | 'refused'

/** Files of a process, or of one of its threads. */
export type ProcessFile = 'cmdline' | 'status' | 'statm' | 'smaps_rollup' | 'io' | 'schedstat' | 'cgroup'

/** Reads files of processes below a proc folder; of some it keeps stat open. The pid being read stands in shared memory. */
export class ProcessReader {
  /** Holds the last stat that was read. */
  readonly buffer = Buffer.alloc(STAT_BYTES)
  /** Which pid is being read; 0 between reads. */
  marker: Int32Array | undefined
  private readonly folder: string
  private readonly text = Buffer.alloc(TEXT_BYTES)
  /** Recorded trees have folders with sizes of their own. */
  private readonly real: boolean
  private readonly kept = new Set<Process>()
  private maxKept = MAX_KEPT

  constructor(folder: string, marker?: Int32Array) {
    this.folder = folder
    this.marker = marker
    this.real = statfsSync(folder).type === PROC_SUPER_MAGIC
  }

  /** Processes whose stat is kept open. */
  get keptCount(): number {
    return this.kept.size
  }

  /**
   * Reads stat. With `process` given, its descriptor is used if there is one, and kept if it is `hot`. A descriptor outlives its
   * process but never reads that of the next one with the same pid: it says ESRCH (an emptied file in a recorded tree).
   */
  stat(pid: number, into: StatReading, process?: Process, hot = false): ReadResult {
    this.mark(pid)
    try {
      if (process !== undefined && process.descriptor >= 0) {
        if (this.readKept(process, into)) return 'read'
        this.release(process)
      }
      const descriptor = this.open(`${this.folder}/${pid}/stat`)
      const keep = hot && process !== undefined && this.kept.size < this.maxKept
      let read = false
      try {
        const length = readSync(descriptor, this.buffer, 0, STAT_BYTES, 0)
        // Recorded trees may hold anything.
        read = parseStat(this.buffer, length, into) && into.pid === pid
      } finally {
        if (keep && read) this.keep(process, descriptor)
        else closeSync(descriptor)
      }
      return read ? 'read' : 'gone'
    } catch (error) {
      return failure(error)
    } finally {
      this.mark(0)
    }
  }

  /** Reads stat of a thread of `pid` into `buffer`; false when that is not possible. */
  threadStat(pid: number, thread: number, into: StatReading): boolean {
    const length = this.attempt(pid, () =>
      this.whole(`${this.folder}/${pid}/task/${thread}/stat`, this.buffer, STAT_BYTES),
    )
    return length !== undefined && parseStat(this.buffer, length, into) && into.pid === thread
  }

  /** Reads another file of a process or, with `thread`, of a thread of it; undefined when that is not possible. Valid until the next call. */
  file(pid: number, name: ProcessFile, thread?: number): Uint8Array | undefined {
    const path = thread === undefined ? `${this.folder}/${pid}/${name}` : `${this.folder}/${pid}/task/${thread}/${name}`
    const limit = name === 'cmdline' ? COMMAND_BYTES : TEXT_BYTES
    return this.attempt(pid, () => this.text.subarray(0, this.whole(path, this.text, limit)))
  }

  /** Ids of the threads of a process; undefined when they cannot be listed. */
  threads(pid: number): number[] | undefined {
    return this.attempt(pid, () => readdirSync(`${this.folder}/${pid}/task`).map(Number))
  }

  /**
   * How many descriptors a process has open; undefined when that cannot be known. Since Linux 6.2 the size of the folder says it
   * (proc_pid_fd(5)), before it is 0 and they are counted one by one.
   */
  descriptors(pid: number): number | undefined {
    return this.attempt(pid, () => {
      const path = `${this.folder}/${pid}/fd`
      return (this.real && statSync(path).size) || readdirSync(path).length
    })
  }

  /** Closes the descriptors of processes that are not `hot` any more. */
  releaseUnless(hot: (process: Process) => boolean): void {
    for (const process of this.kept) if (!hot(process)) this.release(process)
  }

  /** Closes the descriptor kept for a process, if there is one. */
  release(process: Process): void {
    if (!this.kept.delete(process)) return
    closeSync(process.descriptor)
    process.descriptor = -1
  }

  close(): void {
    this.releaseUnless(() => false)
  }

  private keep(process: Process, descriptor: number): void {
    process.descriptor = descriptor
    this.kept.add(process)
  }

  private readKept(process: Process, into: StatReading): boolean {
    try {
      const length = readSync(process.descriptor, this.buffer, 0, STAT_BYTES, 0)
      return parseStat(this.buffer, length, into) && into.pid === process.pid
    } catch (error) {
      failure(error)
      return false
    }
  }

  /** Where descriptors run out, those that are kept are given back for good. */
  private open(path: string): number {
    try {
      return openSync(path, 'r')
    } catch (error) {
      if (this.kept.size === 0 || !EXHAUSTED.has((error as NodeJS.ErrnoException).code ?? '')) throw error
      this.maxKept = 0
      this.close()
      return openSync(path, 'r')
    }
  }

  private whole(path: string, into: Buffer, limit: number): number {
    const descriptor = this.open(path)
    try {
      return readSync(descriptor, into, 0, limit, 0)
    } finally {
      closeSync(descriptor)
    }
  }

  /** Undefined when the process ended or does not let itself be read. */
  private attempt<T>(pid: number, read: () => T): T | undefined {
    this.mark(pid)
    try {
      return read()
    } catch (error) {
      failure(error)
      return undefined
    } finally {
      this.mark(0)
    }
  }

  private mark(pid: number): void {
    if (this.marker !== undefined) Atomics.store(this.marker, 0, pid)
  }
}
