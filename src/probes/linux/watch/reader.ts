import { closeSync, openSync, readdirSync, readlinkSync, readSync, statSync } from 'node:fs'
import type { Bytes } from '../../probe.ts'
import { failure } from '../processes/failure.ts'
import { withoutStacks } from '../processes/without-stacks.ts'

const FIRST_BUFFER = 16 * 1024
/** Command lines and environments end here; all other files are far smaller. */
const MOST_BYTES = 1024 * 1024

const FORBIDDEN: ReadonlySet<string> = new Set(['EACCES', 'EPERM'])

/** May not be read by us: proc(5), ptrace(2) "Ptrace access mode checking". */
export const REFUSED = 'refused'

/** What became of a look: the thing, nothing there (undefined), or not for us. */
export type Look<T> = T | undefined | typeof REFUSED

/** What a read comes to: of what the system refuses or does not have, that. */
export function look<T>(read: () => T): Look<T> {
  try {
    return withoutStacks(read)
  } catch (error) {
    failure(error)
    return FORBIDDEN.has((error as NodeJS.ErrnoException).code ?? '') ? REFUSED : undefined
  }
}

/** The value, where there is one. */
export function known<T>(looked: Look<T>): T | undefined {
  return looked === REFUSED ? undefined : looked
}

/**
 * Reads files of processes below `proc/` of a root. Nothing is kept open: a pid may be used again. While it reads, the pid stands in shared
 * memory: files of a process that is stuck in the kernel may hang.
 */
export class ProcessFiles {
  readonly proc: string
  private readonly marker: Int32Array | undefined
  private buffer = Buffer.allocUnsafe(FIRST_BUFFER)

  constructor(root: string, marker?: Int32Array) {
    this.proc = `${root.replace(/\/+$/, '')}/proc`
    this.marker = marker
  }

  /** At most 1 MB of a file, such as `task/12/stat`. Valid until the next read. */
  read(pid: number, name: string): Look<Bytes> {
    return this.marked(pid, () => {
      const descriptor = openSync(`${this.proc}/${pid}/${name}`, 'r')
      try {
        return this.readAll(descriptor)
      } finally {
        closeSync(descriptor)
      }
    })
  }

  /** What a link says, as the system has it. Following none, it hangs on no mount. */
  link(pid: number | 'self', name: string): Look<string> {
    return this.marked(pid === 'self' ? 0 : pid, () => readlinkSync(`${this.proc}/${pid}/${name}`))
  }

  list(pid: number, name: string): Look<string[]> {
    return this.marked(pid, () => readdirSync(`${this.proc}/${pid}/${name}`))
  }

  /** The size of a file, or of what a link of the kernel leads to: only for what cannot hang. */
  size(pid: number, name: string): Look<number> {
    return this.marked(pid, () => statSync(`${this.proc}/${pid}/${name}`).size)
  }

  private marked<T>(pid: number, read: () => T): Look<T> {
    const { marker } = this
    if (marker === undefined) return look(read)
    Atomics.store(marker, 0, pid)
    const looked = look(read)
    Atomics.store(marker, 0, 0)
    return looked
  }

  private readAll(descriptor: number): Bytes {
    let length = 0
    while (length < MOST_BYTES) {
      if (length === this.buffer.length) {
        const larger = Buffer.allocUnsafe(this.buffer.length * 2)
        this.buffer.copy(larger, 0, 0, length)
        this.buffer = larger
      }
      const count = readSync(descriptor, this.buffer, length, this.buffer.length - length, length)
      if (count === 0) break
      length += count
    }
    return this.buffer.subarray(0, length)
  }
}
