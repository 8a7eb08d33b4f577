import type { Bytes, HostFiles } from '../../probe.ts'
import { given, keyed, type Limit, limitIn, NO_LIMIT, numberIn, smallestLimit } from './files.ts'
import type { Seat } from './where.ts'

/** What the memory of a cgroup is made of, in bytes. What its kernel does not tell is absent. */
export interface MemoryParts {
  readonly anonymousBytes?: number
  /** Files and shared memory. */
  readonly pageCacheBytes?: number
  readonly sharedBytes?: number
  readonly slabBytes?: number
  readonly slabUnreclaimableBytes?: number
  readonly dirtyBytes?: number
  readonly writebackBytes?: number
  readonly pageTablesBytes?: number
}

/** Memory of one cgroup and all below it, in bytes. What is not known or not limited is absent. */
export interface MemoryFigures {
  /** All that is charged to it, page cache included. */
  readonly currentBytes: number
  /** Current without the page cache that was not used lately, as the kubelet and `docker stats` count. */
  readonly workingSetBytes: number
  readonly parts: MemoryParts
  readonly swapBytes?: number
  /** The smallest limit up the path. */
  readonly limit?: Limit
  /** Of swap alone. */
  readonly swapLimit?: Limit
  /** Times that the limit was about to be passed and memory had to be taken back. */
  readonly limitHits?: number
  /** Times that its `memory.high` was passed and its tasks were slowed down. */
  readonly highHits?: number
  /** Times that memory could not be had (an OOM killer may have been called). */
  readonly ooms?: number
  /** Processes that an OOM killer killed. */
  readonly oomKills?: number
}

/** Undefined where the cgroup counts no memory: at the root of v2, or where the controller is off. */
export function readMemory(files: HostFiles, seat: Seat): MemoryFigures | undefined {
  return seat.version === 2 ? readUnified(files, seat) : readLegacy(files, seat)
}

/** Kernel doc admin-guide/cgroup-v2, "Memory Interface Files". */
function readUnified(files: HostFiles, { folder, levels }: Seat): MemoryFigures | undefined {
  const currentBytes = numberIn(files, `${folder}/memory.current`)
  if (currentBytes === undefined) return undefined
  const { inactive = 0, ...parts } = unifiedParts(files.optional(`${folder}/memory.stat`))
  const events = keyed(files.optional(`${folder}/memory.events`), ['high', 'max', 'oom', 'oom_kill'])
  return {
    currentBytes,
    workingSetBytes: Math.max(0, currentBytes - inactive),
    parts,
    ...given({
      swapBytes: numberIn(files, `${folder}/memory.swap.current`),
      limit: smallestLimit(levels, (level) => limitIn(files, `${level}/memory.max`)),
      swapLimit: smallestLimit(levels, (level) => limitIn(files, `${level}/memory.swap.max`)),
      limitHits: events.max,
      highHits: events.high,
      ooms: events.oom,
      oomKills: events.oom_kill,
    }),
  }
}

function unifiedParts(bytes: Bytes | undefined) {
  const stat = keyed(bytes, [
    'anon',
    'file',
    'shmem',
    'slab',
    'slab_unreclaimable',
    'file_dirty',
    'file_writeback',
    'pagetables',
    'inactive_file',
  ])
  return given({
    anonymousBytes: stat.anon,
    pageCacheBytes: stat.file,
    sharedBytes: stat.shmem,
    slabBytes: stat.slab,
    slabUnreclaimableBytes: stat.slab_unreclaimable,
    dirtyBytes: stat.file_dirty,
    writebackBytes: stat.file_writeback,
    pageTablesBytes: stat.pagetables,
    inactive: stat.inactive_file,
  })
}

/** Kernel doc admin-guide/cgroup-v1/memory. */
function readLegacy(files: HostFiles, { folder, levels }: Seat): MemoryFigures | undefined {
  const currentBytes = numberIn(files, `${folder}/memory.usage_in_bytes`)
  if (currentBytes === undefined) return undefined
  const { inactive = 0, swapBytes, hierarchical, ...parts } = legacyParts(files.optional(`${folder}/memory.stat`))
  const limit = legacyLimit(files, folder, levels, hierarchical)
  return {
    currentBytes,
    workingSetBytes: Math.max(0, currentBytes - inactive),
    parts,
    ...given({
      swapBytes,
      limit,
      swapLimit: legacySwapLimit(files, levels, limit),
      limitHits: numberIn(files, `${folder}/memory.failcnt`),
      // Since Linux 4.13.
      oomKills: keyed(files.optional(`${folder}/memory.oom_control`), ['oom_kill']).oom_kill,
    }),
  }
}

/** Figures without `total_` are without the cgroups below. */
function legacyParts(bytes: Bytes | undefined) {
  const stat = keyed(bytes, [
    'hierarchical_memory_limit',
    'total_cache',
    'total_rss',
    'total_shmem',
    'total_dirty',
    'total_writeback',
    'total_swap',
    'total_inactive_file',
  ])
  return given({
    anonymousBytes: stat.total_rss,
    pageCacheBytes: stat.total_cache,
    sharedBytes: stat.total_shmem,
    dirtyBytes: stat.total_dirty,
    writebackBytes: stat.total_writeback,
    swapBytes: stat.total_swap,
    inactive: stat.total_inactive_file,
    hierarchical: stat.hierarchical_memory_limit,
  })
}

/** memory.stat tells the limits of those above too, even where a container cannot see them; such a one counts at the uppermost folder seen. */
function legacyLimit(
  files: HostFiles,
  folder: string,
  levels: readonly string[],
  hierarchical = Number.POSITIVE_INFINITY,
): Limit | undefined {
  const seen = smallestLimit(levels, (level) => limitIn(files, `${level}/memory.limit_in_bytes`))
  if (hierarchical >= NO_LIMIT || hierarchical >= (seen?.value ?? Number.POSITIVE_INFINITY)) return seen
  return { value: hierarchical, folder: levels.at(-1) ?? folder }
}

/** v1 limits memory and swap together: what is left of that for swap when the memory is used up. */
function legacySwapLimit(files: HostFiles, levels: readonly string[], limit: Limit | undefined): Limit | undefined {
  const both = smallestLimit(levels, (level) => limitIn(files, `${level}/memory.memsw.limit_in_bytes`))
  if (both === undefined || limit === undefined) return undefined
  return { value: Math.max(0, both.value - limit.value), folder: both.folder }
}
