import type { SortKey } from '../../model/processes.ts'
import type { ProcessEntry } from './entry.ts'

/** Compares two indices of one array of entries: negative when `a` comes first. Never 0 for two different ones. */
export type Compare = (a: number, b: number) => number

/** More rows than this are sorted whole: inserting one by one would cost more. */
const INSERTION_LIMIT = 256
/** As htop orders states: what runs or is stuck comes before what sleeps. */
const STATES = 'RDTtZXIS'

const DESCENDING: ReadonlySet<SortKey> = new Set<SortKey>([
  'threads',
  'cpu',
  'cpu_user',
  'cpu_system',
  'wait_cpu',
  'wait_io',
  'memory',
  'shared',
  'proportional',
  'swap',
  'faults',
  'major_faults',
  'read',
  'write',
  'files',
  'time',
  'time_user',
  'time_system',
])
const TEXTS: ReadonlySet<SortKey> = new Set<SortKey>(['user', 'unit', 'container', 'cgroup', 'name'])
/** A share of CPU is not known in a process' first scan: it counts as none, so that a list by CPU is whole from the start. */
const NONE_UNTIL_KNOWN: ReadonlySet<SortKey> = new Set<SortKey>(['cpu', 'cpu_user', 'cpu_system'])

function stateRank(state: string): number {
  const rank = STATES.indexOf(state)
  return rank < 0 ? STATES.length : rank
}

/** The order in which the kernel serves I/O classes, ioprio_set(2); none is treated as best-effort 4. */
function classRank(name: string): number {
  const level = Number(name.slice(name.indexOf(' ') + 1))
  if (name.startsWith('realtime')) return level
  if (name.startsWith('best-effort')) return 10 + level
  return name === 'none' ? 14 : 20
}

/** What of an entry is compared: NaN for what is not known. */
function rank(entry: ProcessEntry, key: SortKey): number {
  const value = entry.known(key)
  if (typeof value === 'number') return value
  if (value === undefined) return NONE_UNTIL_KNOWN.has(key) ? 0 : Number.NaN
  return key === 'state' ? stateRank(value) : classRank(value)
}

function byNumber(entries: readonly ProcessEntry[], key: SortKey, sign: number): Compare {
  const ranks = new Float64Array(entries.length)
  for (let index = 0; index < ranks.length; index++) ranks[index] = rank(entries[index] as ProcessEntry, key)
  return (a, b) => {
    const one = ranks[a] as number
    const other = ranks[b] as number
    if (one < other) return -sign
    if (one > other) return sign
    if (one === other) return 0
    return Number(Number.isNaN(one)) - Number(Number.isNaN(other))
  }
}

function byText(entries: readonly ProcessEntry[], key: SortKey, sign: number): Compare {
  const texts = entries.map((entry) => {
    const value = entry.known(key)
    return value === undefined || value === '' ? undefined : String(value)
  })
  return (a, b) => {
    const one = texts[a]
    const other = texts[b]
    if (one === other) return 0
    if (one === undefined) return 1
    if (other === undefined) return -1
    return one < other ? -sign : sign
  }
}

/**
 * The order of a sort key: what is used (CPU, memory, traffic, time, threads, files) begins with the largest, all else with the
 * smallest; `reverse` turns that round. What is not known stands at the end either way. Equal ones stand by pid, smallest first
 * (a sort by pid turns round whole), and after that as they came.
 */
export function orderBy(entries: readonly ProcessEntry[], key: SortKey, reverse: boolean): Compare {
  const sign = DESCENDING.has(key) !== reverse ? -1 : 1
  const compare = TEXTS.has(key) ? byText(entries, key, sign) : byNumber(entries, key, sign)
  const pids = new Float64Array(entries.length)
  for (let index = 0; index < pids.length; index++) pids[index] = (entries[index] as ProcessEntry).pid
  return (a, b) => compare(a, b) || (pids[a] as number) - (pids[b] as number) || a - b
}

/** All indices below `length` in order. */
export function sorted(length: number, compare: Compare): Uint32Array {
  const order = new Uint32Array(length)
  for (let index = 0; index < length; index++) order[index] = index
  return order.sort(compare)
}

/** The first `count` indices below `length` in order, without sorting the rest. */
export function first(length: number, count: number, compare: Compare): Uint32Array {
  if (count > INSERTION_LIMIT) return sorted(length, compare).subarray(0, count)
  const top: number[] = []
  for (let index = 0; index < length && count > 0; index++) {
    const last = top.length === count ? top[count - 1] : undefined
    if (last !== undefined && compare(index, last) >= 0) continue
    if (top.length === count) top.pop()
    let low = 0
    let high = top.length
    while (low < high) {
      const middle = (low + high) >>> 1
      if (compare(index, top[middle] as number) < 0) high = middle
      else low = middle + 1
    }
    top.splice(low, 0, index)
  }
  return Uint32Array.from(top)
}
