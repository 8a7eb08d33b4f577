import { type Metric, sourced } from '../metric.ts'
import { counter, gauge, quotient, rate } from './entries.ts'

/** Names of the fields as the kernel doc admin-guide/iostats numbers them. */
const diskstats = (fields: string) => `/proc/diskstats, ${fields} (kernel doc admin-guide/iostats)`

/** Space by `mount`, traffic by `device`. */
export const diskMetrics: readonly Metric[] = [
  ...sourced('statfs(2), f_blocks × f_bsize', [gauge('disk_total_bytes', 'size of the file system', 'bytes')]),
  ...sourced('statfs(2), (f_blocks − f_bfree) × f_bsize', [gauge('disk_used_bytes', 'space in use', 'bytes')]),
  ...sourced('statfs(2), f_bavail × f_bsize', [
    gauge('disk_available_bytes', 'space left to people who are not root', 'bytes'),
  ]),
  ...sourced('statfs(2), used of used and f_bavail', [
    gauge('disk_used_ratio', 'used of used and available, as df counts', 'ratio'),
  ]),
  ...sourced('statfs(2), f_files and f_ffree', [
    gauge('disk_inodes_used_ratio', 'share of the inodes in use', 'ratio'),
  ]),
  ...sourced(diskstats('field 3, sectors read × 512'), [
    counter('disk_read_bytes_total', 'bytes read from the device', 'bytes'),
    rate(
      'disk_read_bytes_per_second',
      'bytes read from the device a second',
      'bytes_per_second',
      'disk_read_bytes_total',
    ),
  ]),
  ...sourced(diskstats('field 7, sectors written × 512'), [
    counter('disk_written_bytes_total', 'bytes written to the device', 'bytes'),
    rate(
      'disk_write_bytes_per_second',
      'bytes written to the device a second',
      'bytes_per_second',
      'disk_written_bytes_total',
    ),
  ]),
  ...sourced(diskstats('field 1, reads completed'), [
    counter('disk_reads_total', 'reads the device completed'),
    rate('disk_reads_per_second', 'reads the device completed a second', 'per_second', 'disk_reads_total'),
  ]),
  ...sourced(diskstats('field 5, writes completed'), [
    counter('disk_writes_total', 'writes the device completed'),
    rate('disk_writes_per_second', 'writes the device completed a second', 'per_second', 'disk_writes_total'),
  ]),
  ...sourced(diskstats('field 4, milliseconds spent reading'), [
    counter('disk_read_seconds_total', 'time reads took, all added up', 'seconds'),
  ]),
  ...sourced(diskstats('field 8, milliseconds spent writing'), [
    counter('disk_write_seconds_total', 'time writes took, all added up', 'seconds'),
  ]),
  ...sourced(`${diskstats('field 4 by field 1')}, r_await of iostat(1)`, [
    quotient(
      'disk_read_latency_seconds',
      'time a read took from its request to its end; nothing while nothing is read',
      'seconds',
      'disk_read_seconds_total',
      'disk_reads_total',
    ),
  ]),
  ...sourced(`${diskstats('field 8 by field 5')}, w_await of iostat(1)`, [
    quotient(
      'disk_write_latency_seconds',
      'time a write took from its request to its end; nothing while nothing is written',
      'seconds',
      'disk_write_seconds_total',
      'disk_writes_total',
    ),
  ]),
  ...sourced(`${diskstats('field 10, milliseconds spent doing I/O')}, %util of iostat(1)`, [
    counter('disk_busy_seconds_total', 'time in which the device had work', 'seconds'),
    {
      name: 'disk_busy_ratio',
      help: 'share of time in which the device had work',
      unit: 'ratio',
      bounds: { min: 0, max: 1 },
      derivation: { kind: 'rate', of: 'disk_busy_seconds_total' },
    },
  ]),
  ...sourced(`${diskstats('field 11, weighted milliseconds spent doing I/O')}, aqu-sz of iostat(1)`, [
    counter('disk_queue_seconds_total', 'time requests waited and were served, all added up', 'seconds'),
    rate('disk_queue_length', 'requests that waited or were served, on average', 'count', 'disk_queue_seconds_total'),
  ]),
]
