import { closeSync, openSync, readSync } from 'node:fs'
import { join } from 'node:path'
import type { Bytes } from '../probe.ts'

/** A page: what the kernel gives of such a table at a time. */
const CHUNK = 4096
const NEWLINE = 10

/**
 * Reads a table of /proc/net line by line until `more` says that the rest is of no interest; the heading is passed over. A machine with
 * a hundred thousand connections has a table of 15 MB: what is not asked for is not made by the kernel. False where there is no
 * such table (no IPv6). Throws the system's error when it cannot be read.
 */
export function readSocketTable(root: string, file: string, more: (line: Bytes) => boolean): boolean {
  let fd: number
  try {
    fd = openSync(join(root, file), 'r')
  } catch (error) {
    if (error instanceof Error && 'code' in error && (error.code === 'ENOENT' || error.code === 'EACCES')) return false
    throw error
  }
  try {
    readLines(fd, more)
    return true
  } finally {
    closeSync(fd)
  }
}

function readLines(fd: number, more: (line: Bytes) => boolean): void {
  const buffer = Buffer.allocUnsafe(CHUNK * 2)
  let heading = true
  let length = 0
  for (;;) {
    // A line is never as long as a chunk; if one is, the table is none, and its end is cut off.
    if (length > CHUNK) length = 0
    const count = readSync(fd, buffer, length, CHUNK, null)
    length += count
    let start = 0
    for (;;) {
      let end = buffer.subarray(0, length).indexOf(NEWLINE, start)
      if (end < 0 && count === 0 && start < length) end = length
      if (end < 0) break
      if (!heading && !more(buffer.subarray(start, end))) return
      heading = false
      start = end + 1
      if (start > length) break
    }
    if (count === 0) return
    buffer.copyWithin(0, start, length)
    length -= start
  }
}
