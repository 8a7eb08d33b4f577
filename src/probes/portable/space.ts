import type { Systeminformation } from 'systeminformation'
import { safeText } from '../../lib/text.ts'
import type { Values } from '../../model/sample.ts'
import { seriesKey } from '../../model/series.ts'
import type { SlowProbe } from '../probe.ts'

/** Types that have no space of their own, or are full by nature. */
const NO_SPACE = /^(devfs|devtmpfs|autofs|nullfs|fdescfs|procfs|linprocfs|squashfs|iso9660|cd9660|udf|.*tmpfs)$/i

/** Single files that container engines mount over those of the image, as df lists them. */
const SINGLE_FILE = /^\/etc\/(hosts|hostname|resolv\.conf)$|^\/dev\/termination-log$/

/** APFS volumes that the system keeps for itself; the data of people is on the one left out here. */
const SYSTEM_VOLUME = /^\/System\/Volumes\/(?!Data$)/

/**
 * Space of the mounted file systems. Source: `fsSize()` of systeminformation: df(1), and Win32_LogicalDisk. A mount that hangs makes df
 * hang: then all of this fails at the deadline, and is not begun again before df came back.
 */
export const space: SlowProbe = {
  name: 'space',
  everyMs: process.platform === 'win32' ? 30_000 : 10_000,
  deadlineMs: process.platform === 'win32' ? 20_000 : 5000,
  series: ['disk_total_bytes', 'disk_used_bytes', 'disk_available_bytes', 'disk_used_ratio'],
  asksMachine: true,
  measure: async (_context, out) => {
    const { fsSize } = await import('systeminformation')
    writeSpace(await fsSize(), out)
  },
}

/** Each device once (the others are bind mounts or subvolumes of it: the one with the shortest path stands for all). */
export function writeSpace(mounts: readonly Systeminformation.FsSizeData[], out: Values): void {
  const devices = new Set<string>()
  for (const { fs, mount, type, size, used, available } of mounts.filter(hasSpace).sort(shortestFirst)) {
    if (devices.has(fs)) continue
    if (type !== 'overlay') devices.add(fs)
    const labels = { mount: safeText(mount) }
    out.state(seriesKey('mount', { device: safeText(fs, 256), type: safeText(type, 32), ...labels }), 'ok')
    out.gauge(seriesKey('disk_total_bytes', labels), size)
    out.gauge(seriesKey('disk_used_bytes', labels), used)
    out.gauge(seriesKey('disk_available_bytes', labels), available)
    if (used + available > 0) out.gauge(seriesKey('disk_used_ratio', labels), used / (used + available))
  }
}

function hasSpace({ mount, type, size, fs }: Systeminformation.FsSizeData): boolean {
  if (!(size > 0) || NO_SPACE.test(type) || fs === 'devfs' || fs.startsWith('map ')) return false
  return !SINGLE_FILE.test(mount) && !SYSTEM_VOLUME.test(mount) && (type !== 'overlay' || mount === '/')
}

function shortestFirst(a: Systeminformation.FsSizeData, b: Systeminformation.FsSizeData): number {
  return a.mount.length - b.mount.length || (a.mount < b.mount ? -1 : 1)
}
