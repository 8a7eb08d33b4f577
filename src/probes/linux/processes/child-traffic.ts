import type { StorageBytes } from './io-file.ts'

/** What a reading of a parent finds. */
export interface ParentReading {
  /** All bytes that the process' io tells, less its own where those are told apart. */
  readonly bytes: StorageBytes
  /** Page faults of the children it waited for, which change with each of them. */
  readonly childFaults: number
  /** Of the children that ended since the last reading, what they had counted then already; undefined where that is not known. */
  readonly countedBefore: StorageBytes | undefined
  /** Since the last reading; undefined where that was not in the scan before. */
  readonly seconds: number | undefined
}

/**
 * Finds what children read and write that come and go between two scans (a loop of dd): the kernel adds the bytes of a child to those of
 * the parent that waits for it (wait_task_zombie() in kernel/exit.c), and what such a child had counted at the last scan is taken off. A
 * child whose end is seen too late would be a moment of all that it ever wrote, so that the lesser of two rates in a row is believed.
 */
export class ChildTraffic {
  private bytes: StorageBytes
  private childFaults: number
  private rate: StorageBytes | undefined
  private believed: StorageBytes | undefined

  constructor({ bytes, childFaults }: Pick<ParentReading, 'bytes' | 'childFaults'>) {
    this.bytes = bytes
    this.childFaults = childFaults
  }

  /** Bytes a second; undefined while nothing can be said. */
  get perSecond(): StorageBytes | undefined {
    return this.believed
  }

  /** All that children had counted when they had so many faults; undefined when that was not read. */
  countedAt(childFaults: number): StorageBytes | undefined {
    return childFaults === this.childFaults ? this.bytes : undefined
  }

  /** No child ended since the last reading. */
  rest(): void {
    this.rate = undefined
    this.believed = undefined
  }

  take({ bytes, childFaults, countedBefore, seconds }: ParentReading): void {
    const before = this.rate
    const known = countedBefore !== undefined && seconds !== undefined && seconds > 0
    const rise = (now: number, then: number, counted: number) => Math.max(0, now - then - counted) / (seconds as number)
    this.rate = known
      ? {
          read: rise(bytes.read, this.bytes.read, countedBefore.read),
          written: rise(bytes.written, this.bytes.written, countedBefore.written),
        }
      : undefined
    this.believed = this.rate &&
      before && { read: Math.min(this.rate.read, before.read), written: Math.min(this.rate.written, before.written) }
    this.bytes = bytes
    this.childFaults = childFaults
  }
}
