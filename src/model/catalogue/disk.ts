import type { Metric } from '../metric.ts'

const gauge = (name: string, help: string, unit: 'bytes' | 'ratio'): Metric => ({
  name,
  help,
  unit,
  bounds: unit === 'ratio' ? { min: 0, max: 1 } : { min: 0 },
  derivation: { kind: 'gauge' },
})
const counter = (name: string, help: string, unit: Metric['unit']): Metric => ({
  name,
  help,
  unit,
  derivation: { kind: 'counter' },
})

/** Space by `mount`, traffic by `device`. Sources: statvfs(3) (used as df counts it), /proc/diskstats, kernel doc admin-guide/iostats. */
export const diskMetrics: readonly Metric[] = [
  gauge('disk_total_bytes', 'size of the file system', 'bytes'),
  gauge('disk_used_bytes', 'space in use', 'bytes'),
  gauge('disk_available_bytes', 'space left to people who are not root', 'bytes'),
  gauge('disk_used_ratio', 'used of used and available, as df counts', 'ratio'),
  gauge('disk_inodes_used_ratio', 'share of the inodes in use', 'ratio'),
  counter('disk_read_bytes_total', 'bytes read from the device', 'bytes'),
  counter('disk_written_bytes_total', 'bytes written to the device', 'bytes'),
  counter('disk_busy_seconds_total', 'time in which the device had work', 'seconds'),
  {
    name: 'disk_read_bytes_per_second',
    help: 'bytes read from the device a second',
    unit: 'bytes_per_second',
    bounds: { min: 0 },
    derivation: { kind: 'rate', of: 'disk_read_bytes_total' },
  },
  {
    name: 'disk_write_bytes_per_second',
    help: 'bytes written to the device a second',
    unit: 'bytes_per_second',
    bounds: { min: 0 },
    derivation: { kind: 'rate', of: 'disk_written_bytes_total' },
  },
  {
    name: 'disk_busy_ratio',
    help: 'share of time in which the device had work',
    unit: 'ratio',
    bounds: { min: 0, max: 1 },
    derivation: { kind: 'rate', of: 'disk_busy_seconds_total' },
  },
]
