import { availableParallelism } from 'node:os'
import { Cursor } from '../../../lib/decimal.ts'
import { readOptional } from './target.ts'

const COMMA = ','
const DASH = '-'

/**
 * Numbers of a list as the kernel writes it: `0-3,6`, cpuset(7) list format. Stops at what is none.
 */
export function parseCores(bytes: Uint8Array, at = 0): number[] {
  const cursor = new Cursor(bytes, at)
  const cores: number[] = []
  do {
    const first = cursor.integer()
    const last = cursor.take(DASH) ? cursor.integer() : first
    if (Number.isNaN(first) || Number.isNaN(last)) break
    for (let core = first; core <= last; core++) cores.push(core)
  } while (cursor.take(COMMA))
  return cores
}

/** Cores of this machine that are switched on: /sys/devices/system/cpu/online (kernel doc, admin-guide/cputopology). */
export function coresOf(root: string): number[] {
  const online = readOptional(`${root}/sys/devices/system/cpu/online`)
  const cores = online === undefined ? [] : parseCores(online)
  return cores.length > 0 ? cores : Array.from({ length: availableParallelism() }, (_, core) => core)
}
