import { closeSync, openSync, readSync } from 'node:fs'
import { failure } from './failure.ts'
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

  /** All NaN where there is no such file, or it may not be read: the processes can be. */
  read(): HostLoad {
    try {
      if (this.descriptor < 0) this.descriptor = openSync(this.path, 'r')
      return this.parse(this.descriptor)
    } catch (error) {
      failure(error)
      this.close()
      return UNKNOWN
    }
  }

  close(): void {
    if (this.descriptor >= 0) closeSync(this.descriptor)
    this.descriptor = -1
  }

  private parse(descriptor: number): HostLoad {
    let length = 0
    // The line `intr` alone exceeds any fixed size on hosts with many interrupts.
    for (;;) {
      const read = readSync(descriptor, this.buffer, length, this.buffer.length - length, length)
      if (read === 0) return parseHostLoad(this.buffer, length)
      length += read
      if (length === this.buffer.length) this.buffer = Buffer.concat([this.buffer, Buffer.alloc(length)])
    }
  }
}
