import type { Values } from '../../model/sample.ts'
import { demand } from '../decode.ts'
import type { Bytes, Probe } from '../probe.ts'
import { memoryWithin } from './cgroup/stand-in.ts'
import { MEMINFO, type MemoryFields, readMemoryFields } from './meminfo.ts'

/** What the kernel tells and healthtop passes on as it is. */
const PARTS = [
  ['memory_buffers_bytes', 'Buffers'],
  ['memory_page_cache_bytes', 'Cached'],
  ['memory_slab_bytes', 'Slab'],
  ['memory_slab_unreclaimable_bytes', 'SUnreclaim'],
  ['memory_shared_bytes', 'Shmem'],
  ['memory_dirty_bytes', 'Dirty'],
  ['memory_writeback_bytes', 'Writeback'],
  ['memory_anonymous_bytes', 'AnonPages'],
  ['memory_page_tables_bytes', 'PageTables'],
  ['memory_committed_bytes', 'Committed_AS'],
  ['memory_commit_limit_bytes', 'CommitLimit'],
  ['zswap_pool_bytes', 'Zswap'],
  ['zswap_stored_bytes', 'Zswapped'],
] as const satisfies readonly (readonly [string, keyof MemoryFields])[]

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
    'hugepages_total_bytes',
    'hugepages_used_bytes',
    ...PARTS.map(([series]) => series),
  ],
  read: (files, out) => memoryWithin(files, out, (values) => parseMeminfo(files.read(MEMINFO), values)),
}

/**
 * What free(1) shows, and what memory is made of. Swap has no ratio where there is none. Throws ParseError when MemTotal or MemFree is
 * missing or a field is no number.
 */
export function parseMeminfo(bytes: Bytes, out: Values): void {
  const fields = readMemoryFields(bytes)
  const total = demand(fields.MemTotal ?? Number.NaN, MEMINFO, 'MemTotal', bytes, 0)
  const free = demand(fields.MemFree ?? Number.NaN, MEMINFO, 'MemFree', bytes, 0)
  writeUse(fields, total, free, out)
  writeSwap(fields, out)
  writeHugePages(fields, out)
  for (const [series, field] of PARTS) {
    const value = fields[field]
    if (value !== undefined) out.gauge(series, value)
  }
}

/**
 * Used is total without available, cached is page cache, buffers and reclaimable slab without shared memory (tmpfs is counted in the
 * page cache but cannot be dropped).
 */
function writeUse(fields: MemoryFields, total: number, free: number, out: Values): void {
  const { Buffers = 0, Cached = 0, SReclaimable = 0, Shmem = 0 } = fields
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
}

function writeSwap({ SwapTotal, SwapFree }: MemoryFields, out: Values): void {
  if (SwapTotal === undefined || SwapFree === undefined) return
  out.gauge('swap_total_bytes', SwapTotal)
  out.gauge('swap_used_bytes', SwapTotal - SwapFree)
  if (SwapTotal > 0) out.gauge('swap_used_ratio', (SwapTotal - SwapFree) / SwapTotal)
}

/** Of the usual size alone, as /proc/meminfo counts them; nothing where none were set aside. */
function writeHugePages(fields: MemoryFields, out: Values): void {
  const { HugePages_Total: pages = 0, HugePages_Free: free, Hugepagesize: size } = fields
  if (pages === 0 || free === undefined || size === undefined) return
  out.gauge('hugepages_total_bytes', pages * size)
  out.gauge('hugepages_used_bytes', (pages - free) * size)
}
