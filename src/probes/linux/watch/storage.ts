import { ioBasis, parseIo, type StorageBytes } from '../processes/io-file.ts'
import { known, type ProcessFiles } from './reader.ts'
import type { TaskStat } from './stat.ts'

/** Follows what one process itself read from and wrote to storage, without what its children did. */
export class Storage {
  private readonly files: ProcessFiles
  private readonly pid: number
  private basis = Number.NaN
  private last: StorageBytes = { read: 0, written: 0 }
  private sum: StorageBytes = { read: 0, written: 0 }

  constructor(files: ProcessFiles, pid: number) {
    this.files = files
    this.pid = pid
  }

  /** Undefined when it may not be read. Counts on from what the first reading found. */
  read({ threads, childFaults }: TaskStat): StorageBytes | undefined {
    const own = threads === 1 ? known(this.files.read(this.pid, `task/${this.pid}/io`)) : undefined
    // Recorded trees may have no threads.
    const bytes = own ?? known(this.files.read(this.pid, 'io'))
    const now = bytes && parseIo(bytes)
    if (now === undefined) return undefined
    const basis = ioBasis(threads, childFaults)
    const { last, sum } = this
    if (Number.isNaN(this.basis)) this.sum = now
    else if (basis === this.basis) {
      const rise = (after: number, before: number) => Math.max(0, after - before)
      this.sum = { read: sum.read + rise(now.read, last.read), written: sum.written + rise(now.written, last.written) }
    }
    this.basis = basis
    this.last = now
    return this.sum
  }
}
