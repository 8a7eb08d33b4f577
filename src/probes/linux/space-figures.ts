import { Cursor } from '../../lib/decimal.ts'
import { unescapeMount } from '../../lib/mountinfo.ts'
import { decode } from '../decode.ts'
import type { Bytes } from '../probe.ts'

/** The figures of statfs(2): blocks of `blockBytes`, counts of inodes (0 where the file system has no fixed number of them). */
export interface Space {
  readonly blockBytes: number
  readonly blocks: number
  readonly free: number
  /** Free to people who are not root. */
  readonly available: number
  readonly files: number
  readonly filesFree: number
}

/** `denied`: nobody here may (or can) ask, so nothing is known. `dead`: it answers with an error, or not in time. */
export type SpaceAnswer = Space | 'denied' | 'dead'

/** `4096 65536 12000 9000 16384 12034` → figures in the order of `Space`; undefined when one of the six is no number. */
export function parseSpace(cursor: Cursor): Space | undefined {
  const space = {
    blockBytes: cursor.integer(),
    blocks: cursor.integer(),
    free: cursor.integer(),
    available: cursor.integer(),
    files: cursor.integer(),
    filesFree: cursor.integer(),
  }
  return Object.values(space).some(Number.isNaN) ? undefined : space
}

/**
 * Figures of a recorded tree, which has no file systems to ask. One line a mount: its path with the octal escapes of /proc/mounts, then
 * the six figures; a line without them (`/mnt/nas -`) is a mount that does not answer.
 */
export function parseRecordedSpace(bytes: Bytes): Map<string, SpaceAnswer> {
  const result = new Map<string, SpaceAnswer>()
  const cursor = new Cursor(bytes)
  for (; !cursor.done; cursor.skipLine()) {
    const path = unescapeMount(decode(cursor.wordBytes()))
    if (path.startsWith('/')) result.set(path, parseSpace(cursor) ?? 'dead')
  }
  return result
}
