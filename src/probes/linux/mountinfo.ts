import { Cursor } from '../../lib/decimal.ts'
import { decode } from '../decode.ts'
import type { Bytes } from '../probe.ts'
import { unescapeMount } from './mounts.ts'

/** One line of mountinfo, as the system says it: nothing of it is safe to show. */
export interface MountInfo {
  /** The folder of the file system that is mounted here; `/` for all of it. */
  readonly root: string
  /** Where it is mounted. */
  readonly path: string
  readonly type: string
  /** Options of the file system itself, such as `cpu` and `cpuacct`, `hidepid=2`. */
  readonly options: readonly string[]
}

/**
 * The mounts of some types, in the order in which they were made: `36 35 98:0 /root /path rw,noatime master:1 - ext4 /dev/sda1 rw`, with
 * any number of optional fields before the dash. Lines that are cut short are left out. Source: /proc/PID/mountinfo,
 * proc_pid_mountinfo(5).
 */
export function parseMountinfo(bytes: Bytes, types: readonly string[]): MountInfo[] {
  const mounts: MountInfo[] = []
  const cursor = new Cursor(bytes)
  for (; !cursor.done; cursor.skipLine()) {
    cursor.skipWords(3)
    const root = cursor.wordBytes()
    const path = cursor.wordBytes()
    let word = cursor.word()
    while (word !== '-' && word !== '') word = cursor.word()
    const type = cursor.word()
    if (!types.includes(type)) continue
    cursor.skipWord()
    const options = cursor.word().split(',')
    mounts.push({ root: unescapeMount(decode(root)), path: unescapeMount(decode(path)), type, options })
  }
  return mounts
}
