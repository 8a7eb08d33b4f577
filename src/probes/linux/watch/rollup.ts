import type { MemoryDetail } from '../../../model/watch.ts'
import type { Bytes } from '../../probe.ts'
import { fieldsOf } from './fields.ts'

const KIB = 1024

/** What a process' memory is made of. Source: /proc/PID/smaps_rollup, kernel doc filesystems/proc; kibibytes. */
export function parseRollup(bytes: Bytes): MemoryDetail {
  const fields = fieldsOf(bytes)
  const sum = (...names: readonly string[]) => {
    const values = names.map((name) => fields[name])
    return values.every((value) => value !== undefined) ? values.reduce((a, b) => a + b, 0) * KIB : undefined
  }
  const detail = {
    proportionalBytes: sum('Pss'),
    privateBytes: sum('Private_Clean', 'Private_Dirty'),
    sharedBytes: sum('Shared_Clean', 'Shared_Dirty'),
    swapBytes: sum('Swap'),
    anonymousBytes: sum('Anonymous'),
  }
  return Object.fromEntries(Object.entries(detail).filter(([, value]) => value !== undefined))
}
