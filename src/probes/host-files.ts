import { closeSync, openSync, readdirSync, readSync } from 'node:fs'
import { join } from 'node:path'
import type { Bytes, HostFiles } from './probe.ts'

/** Enough for all but /proc/stat and /proc/cpuinfo of large machines; it grows. */
const FIRST_BUFFER = 16 * 1024

/** A descriptor of /proc costs the kernel about 4.5 KB that no process shows: beyond this many the least lately read one is closed. */
const MAX_KEPT = 256

/** What the system says of a file that is not there, not for us, or of a thing that went away or is switched off (sysfs and PSI). */
const NOT_THERE = new Set([
  ...[
    'ENOENT',
    'ENOTDIR',
    'EISDIR',
    'EACCES',
    'EPERM',
    'ESRCH',
    'ENODEV',
    'ENXIO',
    'EINVAL',
    'EBUSY',
    'EOPNOTSUPP',
    'ENAMETOOLONG',
  ],
  // Node's own: a path with a NUL in it names nothing.
  'ERR_INVALID_ARG_VALUE',
])

/** The three calls that reading needs; handed in by tests. */
export interface FileCalls {
  readonly openSync: (path: string) => number
  readonly readSync: (fd: number, buffer: Uint8Array, offset: number, length: number, position: number) => number
  readonly closeSync: (fd: number) => void
}

const systemCalls: FileCalls = { openSync: (path) => openSync(path, 'r'), readSync, closeSync }

function isNotThere(error: unknown): boolean {
  return error instanceof Error && 'code' in error && NOT_THERE.has(String(error.code))
}

/**
 * Files of the machine (or of a recorded tree) below one root. Files of the kernel below `/` keep their descriptor, which makes
 * reading them again twice as fast; all others may be replaced by a rename and are opened each time.
 */
export class SystemFiles implements HostFiles {
  readonly root: string
  private readonly calls: FileCalls
  private readonly keeps: boolean
  /** Path → descriptor, the least lately read first. */
  private readonly kept = new Map<string, number>()
  private buffer = Buffer.allocUnsafe(FIRST_BUFFER)

  constructor(root = '/', calls: FileCalls = systemCalls) {
    this.root = root
    this.calls = calls
    this.keeps = root === '/'
  }

  read(path: string): Bytes {
    if (!this.keeps || !(path.startsWith('proc/') || path.startsWith('sys/'))) return this.readOnce(path)
    const fd = this.kept.get(path)
    if (fd !== undefined) {
      this.kept.delete(path)
      try {
        const bytes = this.readAll(fd)
        this.kept.set(path, fd)
        return bytes
      } catch {
        // What it belonged to went away, and may be back under the same name: opened anew below, which tells the reason if it is not.
        this.calls.closeSync(fd)
      }
    }
    return this.readAndKeep(path)
  }

  optional(path: string): Bytes | undefined {
    try {
      return this.read(path)
    } catch (error) {
      if (isNotThere(error)) return undefined
      throw error
    }
  }

  list(path: string): readonly string[] {
    try {
      return readdirSync(join(this.root, path)).sort()
    } catch (error) {
      if (isNotThere(error)) return []
      throw error
    }
  }

  /** Closes every descriptor. Reading afterwards opens them again. */
  close(): void {
    for (const fd of this.kept.values()) this.calls.closeSync(fd)
    this.kept.clear()
  }

  private readOnce(path: string): Bytes {
    const fd = this.calls.openSync(join(this.root, path))
    try {
      return this.readAll(fd)
    } finally {
      this.calls.closeSync(fd)
    }
  }

  private readAndKeep(path: string): Bytes {
    const fd = this.calls.openSync(join(this.root, path))
    let bytes: Bytes
    try {
      bytes = this.readAll(fd)
    } catch (error) {
      this.calls.closeSync(fd)
      throw error
    }
    this.kept.set(path, fd)
    if (this.kept.size > MAX_KEPT) this.dropOldest()
    return bytes
  }

  private dropOldest(): void {
    for (const [path, fd] of this.kept) {
      this.kept.delete(path)
      this.calls.closeSync(fd)
      return
    }
  }

  /** Reads until nothing more comes: seq files give a page at a time, so a short read is no end. */
  private readAll(fd: number): Bytes {
    let length = 0
    for (;;) {
      if (length === this.buffer.length) {
        const larger = Buffer.allocUnsafe(this.buffer.length * 2)
        this.buffer.copy(larger, 0, 0, length)
        this.buffer = larger
      }
      const count = this.calls.readSync(fd, this.buffer, length, this.buffer.length - length, length)
      if (count === 0) return this.buffer.subarray(0, length)
      length += count
    }
  }
}
