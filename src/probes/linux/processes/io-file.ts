import { Cursor } from '../../../lib/decimal.ts'

/** Only its own bytes were read, of its only thread. */
const OWN = -1

/**
 * What makes two readings of a process' io comparable: the kernel adds to it the bytes of each child that the process waits for, all at
 * once when the child ends. A shell would seem to write in a moment what its children wrote in hours. The file of a thread has its own bytes
 * alone: of a process with one thread that is read; of others a change of `childFaults` tells that a child was added.
 */
export function ioBasis(threads: number, childFaults: number): number {
  return threads === 1 ? OWN : childFaults
}

/** Bytes that went from and to storage since the process started. */
export interface StorageBytes {
  readonly read: number
  readonly written: number
}

export const NO_BYTES: StorageBytes = { read: 0, written: 0 }

export function plus(a: StorageBytes, b: StorageBytes): StorageBytes {
  return { read: a.read + b.read, written: a.written + b.written }
}

/**
 * `read_bytes` and `write_bytes` of /proc/PID/io, proc_pid_io(5). Bytes whose writing was cancelled (a file that was cut before it
 * reached the disk) stay counted: whose they were is not told. Undefined where the kernel does not account for them.
 */
export function parseIo(bytes: Uint8Array): StorageBytes | undefined {
  const cursor = new Cursor(bytes)
  let read = Number.NaN
  let written = Number.NaN
  while (!cursor.done) {
    if (cursor.take('read_bytes:')) read = cursor.integer()
    else if (cursor.take('write_bytes:')) written = cursor.integer()
    cursor.skipLine()
  }
  return Number.isNaN(read + written) ? undefined : { read, written }
}
