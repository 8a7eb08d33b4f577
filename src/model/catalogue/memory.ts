import { type Metric, sourced } from '../metric.ts'
import { bytes, type Entry, ratio } from './entries.ts'

const from = (fields: string, entry: Entry) => sourced(`/proc/meminfo, ${fields}`, [entry])

/** Memory and swap. Source: /proc/meminfo, proc_meminfo(5). Used is what is not available (MemTotal − MemAvailable). */
export const memoryMetrics: readonly Metric[] = [
  ...from('MemTotal', bytes('memory_total_bytes', 'memory the kernel manages')),
  ...from('MemTotal − MemAvailable', bytes('memory_used_bytes', 'memory that is not available to new programs')),
  ...from('MemAvailable', bytes('memory_available_bytes', 'memory new programs could have without swapping')),
  ...from('MemFree', bytes('memory_free_bytes', 'memory nothing uses at all')),
  ...from(
    'Cached + Buffers + SReclaimable − Shmem',
    bytes('memory_cached_bytes', 'page cache, buffers and reclaimable slab'),
  ),
  ...from('1 − MemAvailable / MemTotal', ratio('memory_used_ratio', 'share of the memory that is used')),
  ...from('SwapTotal', bytes('swap_total_bytes', 'swap space there is')),
  ...from('SwapTotal − SwapFree', bytes('swap_used_bytes', 'swap space in use')),
  ...from('1 − SwapFree / SwapTotal', ratio('swap_used_ratio', 'share of the swap space in use')),
  ...from('AnonPages', bytes('memory_anonymous_bytes', 'memory of programs that no file stands behind')),
  ...from('Cached', bytes('memory_page_cache_bytes', 'contents of files, tmpfs and shared memory included')),
  ...from('Buffers', bytes('memory_buffers_bytes', 'blocks of disks that are no contents of files')),
  ...from('Shmem', bytes('memory_shared_bytes', 'tmpfs and shared memory')),
  ...from('Slab', bytes('memory_slab_bytes', 'data structures of the kernel')),
  ...from(
    'SUnreclaim',
    bytes('memory_slab_unreclaimable_bytes', 'data structures of the kernel that cannot be given up'),
  ),
  ...from('PageTables', bytes('memory_page_tables_bytes', 'tables that tell where memory is')),
  ...from('Dirty', bytes('memory_dirty_bytes', 'what waits to be written to disks')),
  ...from('Writeback', bytes('memory_writeback_bytes', 'what is being written to disks')),
  ...from('Committed_AS', bytes('memory_committed_bytes', 'memory that was promised to programs')),
  ...from(
    'CommitLimit',
    bytes('memory_commit_limit_bytes', 'memory that can be promised where overcommit is forbidden'),
  ),
  ...from('HugePages_Total × Hugepagesize', bytes('hugepages_total_bytes', 'memory set aside as huge pages')),
  ...from(
    '(HugePages_Total − HugePages_Free) × Hugepagesize',
    bytes('hugepages_used_bytes', 'huge pages in use, of those set aside'),
  ),
  ...from('Zswapped', bytes('zswap_stored_bytes', 'swap that is kept compressed in memory, at its full size')),
  ...from('Zswap', bytes('zswap_pool_bytes', 'memory the compressed swap takes')),
]
