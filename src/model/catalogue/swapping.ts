import { type Metric, sourced } from '../metric.ts'
import { bytes, counter, rate } from './entries.ts'

/** Pages on the move and compressed memory by `device`. Sources: /proc/vmstat, proc_vmstat(5); kernel doc admin-guide/blockdev/zram. */
export const swappingMetrics: readonly Metric[] = [
  ...sourced('/proc/vmstat, pswpin', [
    counter('swap_in_bytes_total', 'memory read back from swap', 'bytes'),
    rate('swap_in_bytes_per_second', 'memory read back from swap', 'bytes_per_second', 'swap_in_bytes_total'),
  ]),
  ...sourced('/proc/vmstat, pswpout', [
    counter('swap_out_bytes_total', 'memory written to swap', 'bytes'),
    rate('swap_out_bytes_per_second', 'memory written to swap', 'bytes_per_second', 'swap_out_bytes_total'),
  ]),
  ...sourced('/proc/vmstat, pgfault', [
    counter('memory_faults_total', 'page faults of any kind', 'count'),
    rate('memory_faults_per_second', 'page faults of any kind', 'per_second', 'memory_faults_total'),
  ]),
  ...sourced('/proc/vmstat, pgmajfault', [
    counter('memory_major_faults_total', 'page faults that had to read from a disk', 'count'),
    rate(
      'memory_major_faults_per_second',
      'page faults that had to read from a disk',
      'per_second',
      'memory_major_faults_total',
    ),
  ]),
  ...sourced('/proc/vmstat, oom_kill', [
    counter('oom_kills_total', 'processes the kernel killed for want of memory', 'count'),
  ]),
  ...sourced('/sys/block/zramN/mm_stat, orig_data_size', [
    bytes('zram_stored_bytes', 'what is stored in the compressed memory, at its full size'),
  ]),
  ...sourced('/sys/block/zramN/mm_stat, mem_used_total', [
    bytes('zram_used_bytes', 'memory the compressed memory takes'),
  ]),
]
