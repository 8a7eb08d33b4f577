import { closeSync, openSync, readSync } from 'node:fs'
import type { Process } from './process.ts'
import { parseStat, type StatReading } from './stat.ts'

/** A line of stat has at most 52 numbers of 20 digits and a name of 64 bytes. */
const STAT_BYTES = 2048
/** No more of a command line is ever shown. */
const TEXT_BYTES = 4096
/** Each open stat holds 4.5 KB of kernel memory that nothing can reclaim. */
const MAX_KEPT = 256
/** The process ended, or its entry may not be read; all else is an error of ours. */
const GONE: ReadonlySet<string> = new Set(['ENOENT', 'ESRCH', 'ENOTDIR'])
const REFUSED: ReadonlySet<string> = new Set(['EACCES', 'EPERM', 'EIO', 'EINVAL'])
const EXHAUSTED: ReadonlySet<string> = new Set(['EMFILE', 'ENFILE'])

/** What became of a read. */
export type ReadResult = 'read' | 'gone' | 'refused'

function failure(error: unknown): ReadResult {
  const code = (error as NodeJS.ErrnoException).code ?? ''
  if (GONE.has(code)) return 'gone'
  if (REFUSED.has(code)) return 'refused'
  throw error
}

/** Reads files of processes below a proc folder; of some it keeps stat open. The pid being read stands in shared memory. */
export class ProcessReader {
  /** Holds the last stat that was read. */
  readonly buffer = Buffer.alloc(STAT_BYTES)
  /** Which pid is being read; 0 between reads. */
  marker: Int32Array | undefined
  private readonly folder: string
  private readonly text = Buffer.alloc(TEXT_BYTES)
  private readonly kept = new Set<Process>()
  private maxKept = MAX_KEPT

  constructor(folder: string, marker?: Int32Array) {
    this.folder = folder
    this.marker = marker
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
        read = parseStat(this.buffer, length, into)
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

  /** Reads another file of a process, at most 4 KB of it; undefined when that is not possible. Valid until the next call. */
  file(pid: number, name: 'cmdline' | 'status'): Uint8Array | undefined {
    this.mark(pid)
    try {
      const descriptor = this.open(`${this.folder}/${pid}/${name}`)
      try {
        return this.text.subarray(0, readSync(descriptor, this.text, 0, TEXT_BYTES, 0))
      } finally {
        closeSync(descriptor)
      }
    } catch (error) {
      failure(error)
      return undefined
    } finally {
      this.mark(0)
    }
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
      return parseStat(this.buffer, length, into)
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

  private mark(pid: number): void {
    if (this.marker !== undefined) Atomics.store(this.marker, 0, pid)
  }
}
