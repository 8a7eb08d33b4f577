import type { Values } from '../../../model/sample.ts'
import type { HostFiles } from '../../probe.ts'
import type { MemoryFigures, MemoryParts } from './memory.ts'
import { ownCgroup, type QuotaModes } from './own.ts'

const PARTS: readonly (readonly [keyof MemoryParts, string])[] = [
  ['anonymousBytes', 'memory_anonymous_bytes'],
  ['pageCacheBytes', 'memory_page_cache_bytes'],
  ['sharedBytes', 'memory_shared_bytes'],
  ['slabBytes', 'memory_slab_bytes'],
  ['slabUnreclaimableBytes', 'memory_slab_unreclaimable_bytes'],
  ['dirtyBytes', 'memory_dirty_bytes'],
  ['writebackBytes', 'memory_writeback_bytes'],
  ['pageTablesBytes', 'memory_page_tables_bytes'],
]

/** What a probe wrote, not passed on yet. */
class Held implements Values {
  readonly gauges = new Map<string, number>()
  readonly counters = new Map<string, number>()
  readonly states = new Map<string, string>()

  gauge(series: string, value: number): void {
    this.gauges.set(series, value)
  }

  counter(series: string, value: number): void {
    this.counters.set(series, value)
  }

  state(series: string, value: string): void {
    this.states.set(series, value)
  }

  /** All but the numbers that `replaced` names. */
  pass(out: Values, replaced: (series: string) => boolean): void {
    for (const [series, value] of this.gauges) if (!replaced(series)) out.gauge(series, value)
    for (const [series, value] of this.counters) if (!replaced(series)) out.counter(series, value)
    for (const [series, value] of this.states) out.state(series, value)
  }
}

/**
 * Lets `parse` write the machine's memory; in a container with a limit `memory_*` are the container's instead, and `swap_*` where that is
 * limited too: what the machine has beyond that is nothing to the programs in it.
 */
export function memoryWithin(files: HostFiles, out: Values, parse: (out: Values) => void): void {
  const container = ownCgroup(files).memory()
  if (container === undefined) {
    parse(out)
    return
  }
  const machine = new Held()
  parse(machine)
  // A limit that is not below what the machine has changes nothing.
  const smaller = (limit: number | undefined, series: string) =>
    limit !== undefined && limit < (machine.gauges.get(series) ?? 0) ? limit : undefined
  const total = smaller(container.limit?.value, 'memory_total_bytes')
  const swap = smaller(container.swapLimit?.value, 'swap_total_bytes')
  const replaced = (series: string) =>
    (total !== undefined && series.startsWith('memory_')) || (swap !== undefined && series.startsWith('swap_'))
  machine.pass(out, replaced)
  if (total !== undefined) writeMemory(container, total, out)
  if (swap !== undefined && container.swapBytes !== undefined) writeSwap(container.swapBytes, swap, out)
}

/** Used is the working set; free is what the limit leaves, available that and the page cache that was not used lately. */
function writeMemory(container: MemoryFigures, total: number, out: Values): void {
  const { currentBytes, workingSetBytes, parts } = container
  const used = Math.min(total, workingSetBytes)
  out.gauge('memory_total_bytes', total)
  out.gauge('memory_used_bytes', used)
  out.gauge('memory_available_bytes', total - used)
  out.gauge('memory_free_bytes', Math.max(0, total - currentBytes))
  if (total > 0) out.gauge('memory_used_ratio', used / total)
  if (parts.pageCacheBytes !== undefined)
    out.gauge('memory_cached_bytes', Math.max(0, parts.pageCacheBytes - (parts.sharedBytes ?? 0)))
  for (const [part, series] of PARTS) {
    const value = parts[part]
    if (value !== undefined) out.gauge(series, value)
  }
}

/** No swap at all has no ratio. */
function writeSwap(usedBytes: number, total: number, out: Values): void {
  const used = Math.min(total, usedBytes)
  out.gauge('swap_total_bytes', total)
  out.gauge('swap_used_bytes', used)
  if (total > 0) out.gauge('swap_used_ratio', used / total)
}

/**
 * Lets `parse` write the machine's processor time; in a container with a quota below its cores the modes (`cpu_*_seconds_total`) are
 * the container's, so that all shares are of the quota. `core_*` stay the machine's.
 */
export function cpuWithin(files: HostFiles, out: Values, parse: (out: Values) => void): void {
  const container = ownCgroup(files).modes()
  if (container === undefined) {
    parse(out)
    return
  }
  const machine = new Held()
  parse(machine)
  const cores = [...machine.counters.keys()].filter((series) => series.startsWith('core_seconds_total{')).length
  const holds = container.cores < cores
  machine.pass(out, (series) => holds && /^cpu_\w+_seconds_total$/.test(series))
  if (holds) writeModes(container, out)
}

/** A cgroup's time is a program's or the kernel's; what it lost to disks, interrupts and the hypervisor nobody counts. */
function writeModes({ userSeconds, systemSeconds, idleSeconds }: QuotaModes, out: Values): void {
  out.counter('cpu_user_seconds_total', userSeconds)
  out.counter('cpu_system_seconds_total', systemSeconds)
  out.counter('cpu_idle_seconds_total', idleSeconds)
}
