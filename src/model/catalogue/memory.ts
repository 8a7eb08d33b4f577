import type { Metric } from '../metric.ts'

const bytes = (name: string, help: string): Metric => ({
  name,
  help,
  unit: 'bytes',
  bounds: { min: 0 },
  derivation: { kind: 'gauge' },
})
const ratio = (name: string, help: string): Metric => ({
  name,
  help,
  unit: 'ratio',
  bounds: { min: 0, max: 1 },
  derivation: { kind: 'gauge' },
})

/** Memory and swap. Source: /proc/meminfo, proc_meminfo(5). Used is what is not available (MemTotal − MemAvailable). */
export const memoryMetrics: readonly Metric[] = [
  bytes('memory_total_bytes', 'memory the kernel manages'),
  bytes('memory_used_bytes', 'memory that is not available to new programs'),
  bytes('memory_available_bytes', 'memory new programs could have without swapping'),
  bytes('memory_free_bytes', 'memory nothing uses at all'),
  bytes('memory_cached_bytes', 'page cache, buffers and reclaimable slab'),
  ratio('memory_used_ratio', 'share of the memory that is used'),
  bytes('swap_total_bytes', 'swap space there is'),
  bytes('swap_used_bytes', 'swap space in use'),
  ratio('swap_used_ratio', 'share of the swap space in use'),
]
