import { Cursor } from '../../lib/decimal.ts'
import { demand } from '../decode.ts'
import type { Bytes } from '../probe.ts'

export const MEMINFO = 'proc/meminfo'

const WANTED = [
  'MemTotal',
  'MemFree',
  'MemAvailable',
  'Buffers',
  'Cached',
  'SwapTotal',
  'SwapFree',
  'Zswap',
  'Zswapped',
  'Dirty',
  'Writeback',
  'AnonPages',
  'Shmem',
  'Slab',
  'SReclaimable',
  'SUnreclaim',
  'PageTables',
  'CommitLimit',
  'Committed_AS',
  'HugePages_Total',
  'HugePages_Free',
  'Hugepagesize',
] as const
type Field = (typeof WANTED)[number]

/** Bytes, and for `HugePages_…` pages, by the kernel's own names. Those that this kernel does not have are missing. */
export type MemoryFields = Partial<Record<Field, number>>

/** Wanted lines by their first letter: of the fifty there are half are passed at a glance. */
const byLetter: (readonly { readonly name: Field; readonly head: string; readonly factor: number }[] | undefined)[] = []
for (const name of WANTED) {
  const letter = name.charCodeAt(0)
  const line = { name, head: `${name}:`, factor: name.startsWith('HugePages_') ? 1 : 1024 }
  byLetter[letter] = [...(byLetter[letter] ?? []), line]
}

/**
 * The wanted lines (`MemTotal:  16384256 kB`, `HugePages_Total:  0`). Throws ParseError with the field that is no number.
 * Source: /proc/meminfo, proc_meminfo(5).
 */
export function readMemoryFields(bytes: Bytes): MemoryFields {
  const fields: MemoryFields = {}
  const cursor = new Cursor(bytes)
  for (let found = 0; !cursor.done && found < WANTED.length; cursor.skipLine()) {
    const line = byLetter[bytes[cursor.at] as number]?.find(({ head }) => cursor.take(head))
    if (line === undefined) continue
    fields[line.name] = demand(cursor.integer(), MEMINFO, line.name, bytes, cursor.at) * line.factor
    found++
  }
  return fields
}
