import { Cursor } from '../../../lib/decimal.ts'

const KIB = 1024

/** Shared resident pages from /proc/PID/statm, proc_pid_statm(5): its third number. NaN if there is none. */
export function parseSharedPages(bytes: Uint8Array): number {
  const cursor = new Cursor(bytes)
  cursor.skipWords(2)
  return cursor.integer()
}

/** The number of kB behind the first line that begins with `name`, in bytes; NaN if there is no such line. */
function lineBytes(bytes: Uint8Array, name: string): number {
  const cursor = new Cursor(bytes)
  while (!cursor.done) {
    if (cursor.take(name)) return cursor.integer() * KIB
    cursor.skipLine()
  }
  return Number.NaN
}

/**
 * Proportional share of memory (Pss) and what lies in swap of its own (Swap) from /proc/PID/smaps_rollup, proc_pid_smaps(5), in
 * bytes. NaN for what is not there.
 */
export function parseRollup(bytes: Uint8Array): { proportional: number; swap: number } {
  return { proportional: lineBytes(bytes, 'Pss:'), swap: lineBytes(bytes, 'Swap:') }
}

/** Swapped memory from /proc/PID/status, proc_pid_status(5): VmSwap, in bytes. NaN for kernel threads and zombies, which have none. */
export function parseSwap(bytes: Uint8Array): number {
  return lineBytes(bytes, 'VmSwap:')
}
