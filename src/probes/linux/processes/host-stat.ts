import { closeSync, openSync, readSync } from 'node:fs'
import { type HostLoad, parseHostLoad } from './load.ts'

const UNKNOWN: HostLoad = { busyTicks: Number.NaN, forks: Number.NaN, blocked: Number.NaN }

/** Reads /proc/stat, which stays open. */
export class HostStat {
  private readonly path: string
  private descriptor = -1
  private buffer = Buffer.alloc(16_384)

  constructor(folder: string) {
    this.path = `${folder}/stat`
  }

  /** All NaN where there is no such file. */
  read(): HostLoad {
    if (this.descriptor < 0) {
      try {
        this.descriptor = openSync(this.path, 'r')
      } catch (error) {
        if ((error as NodeJS.ErrnoException).code === 'ENOENT') return UNKNOWN
        throw error
      }
    }
    let length = 0
    // The line `intr` alone exceeds any fixed size on hosts with many interrupts.
    for (;;) {
      const read = readSync(this.descriptor, this.buffer, length, this.buffer.length - length, length)
      if (read === 0) return parseHostLoad(this.buffer, length)
      length += read
      if (length === this.buffer.length) this.buffer = Buffer.concat([this.buffer, Buffer.alloc(length)])
    }
  }

  close(): void {
    if (this.descriptor >= 0) closeSync(this.descriptor)
    this.descriptor = -1
  }
}
