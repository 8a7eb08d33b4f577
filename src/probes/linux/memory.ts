import { Cursor } from '../../lib/decimal.ts'
import type { Values } from '../../model/sample.ts'
import { demand } from '../decode.ts'
import type { Bytes, Probe } from '../probe.ts'

const FILE = 'proc/meminfo'
const WANTED = [
  'MemTotal',
  'MemFree',
  'MemAvailable',
  'Buffers',
  'Cached',
  'SReclaimable',
  'Shmem',
  'SwapTotal',
  'SwapFree',
] as const
type Field = (typeof WANTED)[number]

/** Memory and swap. Source: /proc/meminfo, proc_meminfo(5). */
export const memory: Probe = {
  name: 'memory',
  everyMs: 1000,
  series: [
    'memory_total_bytes',
    'memory_used_bytes',
    'memory_available_bytes',
    'memory_free_bytes',
    'memory_cached_bytes',
    'memory_used_ratio',
    'swap_total_bytes',
    'swap_used_bytes',
    'swap_used_ratio',
  ],
  read: (files, out) => parseMeminfo(files.read(FILE), out),
}

/** The wanted lines (`MemTotal:  16384256 kB`) in bytes; fields the kernel does not have are missing. */
function readFields(bytes: Bytes): Partial<Record<Field, number>> {
  const fields: Partial<Record<Field, number>> = {}
  const cursor = new Cursor(bytes)
  for (let found = 0; !cursor.done && found < WANTED.length; cursor.skipLine()) {
    const name = WANTED.find((field) => fields[field] === undefined && cursor.take(`${field}:`))
    if (name === undefined) continue
    fields[name] = demand(cursor.integer(), FILE, name, bytes, cursor.at) * 1024
    found++
  }
  return fields
}

/**
 * What free(1) shows: used is total without available, cached is page cache, buffers and reclaimable slab without shared memory
 * (tmpfs is counted in the page cache but cannot be dropped). Swap has no ratio where there is none.
 * Throws ParseError when MemTotal or MemFree is missing or a field is no number.
 */
export function parseMeminfo(bytes: Bytes, out: Values): void {
  const fields = readFields(bytes)
  const total = demand(fields.MemTotal ?? Number.NaN, FILE, 'MemTotal', bytes, 0)
  const free = demand(fields.MemFree ?? Number.NaN, FILE, 'MemFree', bytes, 0)
  const { Buffers = 0, Cached = 0, SReclaimable = 0, Shmem = 0, SwapTotal, SwapFree } = fields
  const cached = Math.max(0, Cached + Buffers + SReclaimable - Shmem)
  // Before Linux 3.14 there is no MemAvailable: free and cached is what free(1) called available then. It is a little too much, since
  // not all of the cache can be given up.
  const available = Math.min(total, fields.MemAvailable ?? free + cached)
  out.gauge('memory_total_bytes', total)
  out.gauge('memory_free_bytes', free)
  out.gauge('memory_cached_bytes', cached)
  out.gauge('memory_available_bytes', available)
  out.gauge('memory_used_bytes', total - available)
  if (total > 0) out.gauge('memory_used_ratio', (total - available) / total)
  if (SwapTotal === undefined || SwapFree === undefined) return
  out.gauge('swap_total_bytes', SwapTotal)
  out.gauge('swap_used_bytes', SwapTotal - SwapFree)
  if (SwapTotal > 0) out.gauge('swap_used_ratio', (SwapTotal - SwapFree) / SwapTotal)
}
