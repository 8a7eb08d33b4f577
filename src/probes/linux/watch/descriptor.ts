import { Cursor } from '../../../lib/decimal.ts'
import type { OpenFile } from '../../../model/watch.ts'
import { decode } from '../../decode.ts'
import type { Bytes } from '../../probe.ts'

/** open(2): the lowest two bits say how it was opened. */
const ACCESS_MODE = 3
const MODES: readonly OpenFile['mode'][] = ['read', 'write', 'both']
const O_DIRECTORY = 0o200000

/** What /proc/PID/fdinfo/FD says of an open file. */
export interface DescriptorInfo {
  readonly position: number
  readonly mode: OpenFile['mode']
  readonly folder: boolean
  /** Id of the mount it was opened on, as in mountinfo. */
  readonly mount: number
}

/** Undefined when a field is missing. Flags are octal. Source: proc_pid_fdinfo(5). */
export function parseDescriptor(bytes: Bytes): DescriptorInfo | undefined {
  const cursor = new Cursor(bytes)
  let position = Number.NaN
  let flags = Number.NaN
  let mount = Number.NaN
  for (; !cursor.done; cursor.skipLine()) {
    if (cursor.take('pos:')) position = cursor.integer()
    else if (cursor.take('flags:')) flags = Number.parseInt(cursor.word(), 8)
    else if (cursor.take('mnt_id:')) mount = cursor.integer()
  }
  const mode = MODES[flags & ACCESS_MODE]
  if (mode === undefined || Number.isNaN(position + flags + mount)) return undefined
  return { position, mode, folder: (flags & O_DIRECTORY) !== 0, mount }
}

const DELETED = ' (deleted)'
const DEVICE = /^\/dev\/(?!shm\/|mqueue\/|hugepages\/)/

/** Kind of what a link in /proc/PID/fd leads to, proc_pid_fd(5): `socket:[1]`, `pipe:[2]`, `anon_inode:[eventpoll]`, or a path. */
export function kindOf(link: string): string {
  if (link.startsWith('socket:')) return 'socket'
  if (link.startsWith('pipe:')) return 'pipe'
  if (link.startsWith('anon_inode:')) return 'event'
  if (!link.startsWith('/')) return 'other'
  return DEVICE.test(link) ? 'device' : 'file'
}

/** A path without the kernel's mark of a deleted file, and whether it had one. */
export function undeleted(link: string): { readonly path: string; readonly deleted: boolean } {
  const deleted = link.startsWith('/') && link.endsWith(DELETED)
  return { path: deleted ? link.slice(0, -DELETED.length) : link, deleted }
}

/** Types of file systems by the id of their mount. Source: /proc/PID/mountinfo, proc_pid_mountinfo(5). */
export function parseMountTypes(bytes: Bytes): Map<number, string> {
  const types = new Map<number, string>()
  const cursor = new Cursor(bytes)
  for (; !cursor.done; cursor.skipLine()) {
    const id = cursor.integer()
    let word = cursor.word()
    while (word !== '-' && word !== '') word = cursor.word()
    const type = decode(cursor.wordBytes())
    if (!Number.isNaN(id) && type !== '') types.set(id, type)
  }
  return types
}
