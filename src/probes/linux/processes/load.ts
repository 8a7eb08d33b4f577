import { Cursor } from '../../../lib/decimal.ts'

/** What /proc/stat says that a scan needs. */
export interface HostLoad {
  /** user + nice + system of all cores, in clock ticks since boot. */
  readonly busyTicks: number
  /** Forks and clones since boot. */
  readonly forks: number
  /** Tasks that wait for a disk now. */
  readonly blocked: number
}

/** Parses /proc/stat, proc_stat(5). What is missing is NaN. */
export function parseHostLoad(bytes: Uint8Array, length: number): HostLoad {
  const cursor = new Cursor(bytes, 0, length)
  let busyTicks = Number.NaN
  let forks = Number.NaN
  let blocked = Number.NaN
  while (!cursor.done) {
    if (cursor.take('cpu ')) busyTicks = cursor.integer() + cursor.integer() + cursor.integer()
    else if (cursor.take('processes ')) forks = cursor.integer()
    else if (cursor.take('procs_blocked ')) blocked = cursor.integer()
    cursor.skipLine()
  }
  return { busyTicks, forks, blocked }
}
