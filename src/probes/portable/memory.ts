import { freemem, totalmem } from 'node:os'
import type { Systeminformation } from 'systeminformation'
import type { Values } from '../../model/sample.ts'
import type { Probe, SlowProbe } from '../probe.ts'

const MEMORY_SERIES = [
  'memory_total_bytes',
  'memory_used_bytes',
  'memory_available_bytes',
  'memory_used_ratio',
] as const
const SWAP_SERIES = ['swap_total_bytes', 'swap_used_bytes', 'swap_used_ratio'] as const

/**
 * Memory and swap. Source: `mem()` of systeminformation (/proc/meminfo, vm_stat and sysctl on macOS). What Node calls free on macOS holds
 * none of what can be given up, so that it is not used there.
 */
export const memory: SlowProbe = {
  name: 'memory',
  everyMs: 2000,
  deadlineMs: 5000,
  series: [...MEMORY_SERIES, 'memory_free_bytes', 'memory_cached_bytes', ...SWAP_SERIES],
  asksMachine: true,
  measure: async (_context, out) => {
    const { mem } = await import('systeminformation')
    writeMemory(await mem(), process.platform, out)
  },
}

/** Memory of Windows: Node asks the system itself (GlobalMemoryStatusEx). */
export const windowsMemory: Probe = {
  name: 'memory',
  everyMs: 1000,
  series: MEMORY_SERIES,
  read: (_files, out) => writeUse(totalmem(), freemem(), out),
}

/** Swap of Windows costs a PowerShell. */
export const windowsSwap: SlowProbe = {
  name: 'swap',
  everyMs: 30_000,
  deadlineMs: 20_000,
  series: SWAP_SERIES,
  asksMachine: true,
  measure: async (_context, out) => {
    const { mem } = await import('systeminformation')
    writeSwap(await mem(), out)
  },
}

/** As the procfs probe counts them; `slab` as a whole cannot be given up, what of it can be is told on Linux alone. */
export function writeMemory(
  data: Pick<
    Systeminformation.MemData,
    'total' | 'free' | 'available' | 'buffers' | 'cached' | 'reclaimable' | 'buffcache' | 'swaptotal' | 'swapused'
  >,
  platform: NodeJS.Platform,
  out: Values,
): void {
  writeUse(data.total, data.available, out)
  out.gauge('memory_free_bytes', data.free)
  const cached = platform === 'linux' ? data.buffers + data.cached + data.reclaimable : data.buffcache
  if (cached >= 0) out.gauge('memory_cached_bytes', cached)
  // Of the BSDs the library knows no swap, and says 0.
  if (platform === 'linux' || platform === 'darwin') writeSwap(data, out)
}

function writeUse(total: number, available: number, out: Values): void {
  if (!(total > 0) || !(available >= 0)) throw new Error('the system does not tell how much memory there is')
  const used = total - Math.min(total, available)
  out.gauge('memory_total_bytes', total)
  out.gauge('memory_available_bytes', total - used)
  out.gauge('memory_used_bytes', used)
  out.gauge('memory_used_ratio', used / total)
}

function writeSwap({ swaptotal, swapused }: Pick<Systeminformation.MemData, 'swaptotal' | 'swapused'>, out: Values) {
  if (!(swaptotal >= 0) || !(swapused >= 0)) return
  out.gauge('swap_total_bytes', swaptotal)
  out.gauge('swap_used_bytes', swapused)
  if (swaptotal > 0) out.gauge('swap_used_ratio', swapused / swaptotal)
}
