import type { Values } from '../../model/sample.ts'
import { seriesKey } from '../../model/series.ts'
import type { SlowProbe } from '../probe.ts'

/** The library adds up all disks that have something mounted. */
const LABELS = { device: 'all' }
const READ = seriesKey('disk_read_bytes_total', LABELS)
const WRITTEN = seriesKey('disk_written_bytes_total', LABELS)

/** Traffic of all disks together. Source: `fsStats()` of systeminformation (lsblk and /proc/diskstats, ioreg on macOS); Windows and BSD tell nothing. */
export const diskio: SlowProbe = {
  name: 'diskio',
  everyMs: 5000,
  deadlineMs: 5000,
  series: ['disk_read_bytes_total', 'disk_written_bytes_total'],
  asksMachine: true,
  measure: async (_context, out) => {
    const { fsStats } = await import('systeminformation')
    writeTraffic(await fsStats(), out)
  },
}

/** Bytes since the start. What could not be asked is null there, or all zero: a machine without any reads has no disks. */
export function writeTraffic(traffic: { readonly rx: number; readonly wx: number } | null, out: Values): void {
  if (traffic === null || traffic.rx + traffic.wx === 0) return
  out.counter(READ, traffic.rx)
  out.counter(WRITTEN, traffic.wx)
}
