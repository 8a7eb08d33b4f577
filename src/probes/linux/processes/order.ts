import type { SortKey } from '../../../model/processes.ts'
import type { Process } from './process.ts'

/** Negative when `a` comes first. */
export type Compare = (a: Process, b: Process) => number

/** More rows than this are sorted whole: inserting one by one would cost more. */
const INSERTION_LIMIT = 256

/** As htop orders states: what runs or is stuck comes before what sleeps. */
const STATES = 'RDTtZXIS'
const DESCENDING: ReadonlySet<SortKey> = new Set<SortKey>(['cpu', 'memory', 'time', 'threads'])

function compareText(a: string | undefined, b: string | undefined): number {
  if (a === b) return 0
  if (a === undefined) return 1
  if (b === undefined) return -1
  return a < b ? -1 : 1
}

function stateRank(process: Process): number {
  const rank = STATES.indexOf(String.fromCharCode(process.state))
  return rank < 0 ? STATES.length : rank
}

function ascending(key: SortKey, userName: (process: Process) => string | undefined): Compare {
  switch (key) {
    case 'cpu':
      return (a, b) => (a.cpuRatio || 0) - (b.cpuRatio || 0)
    case 'memory':
      return (a, b) => a.residentPages - b.residentPages
    case 'time':
      return (a, b) => a.ticks - b.ticks
    case 'pid':
      return () => 0
    case 'user':
      return (a, b) => compareText(userName(a), userName(b))
    case 'name':
      return (a, b) => compareText(a.name, b.name)
    case 'state':
      return (a, b) => stateRank(a) - stateRank(b)
    case 'threads':
      return (a, b) => a.threads - b.threads
    case 'nice':
      return (a, b) => a.nice - b.nice
    case 'started':
      return (a, b) => a.startTicks - b.startTicks
  }
}

/**
 * The order of a sort key: CPU, memory, time and threads begin with the largest, all else with the smallest; `reverse` turns that
 * round. Equal ones stand by pid, smallest first (a sort by pid turns round whole). A user that is not known comes after all names.
 */
export function orderBy(
  key: SortKey,
  reverse: boolean,
  userName: (process: Process) => string | undefined = () => undefined,
): Compare {
  const sign = DESCENDING.has(key) !== reverse ? -1 : 1
  if (key === 'pid') return (a, b) => sign * (a.pid - b.pid)
  const compare = ascending(key, userName)
  return (a, b) => sign * compare(a, b) || a.pid - b.pid
}

/** The first `count` of `processes` in order, without sorting the rest. */
export function first(processes: readonly Process[], count: number, compare: Compare): Process[] {
  if (count > INSERTION_LIMIT) return [...processes].sort(compare).slice(0, count)
  const top: Process[] = []
  if (count <= 0) return top
  for (const process of processes) {
    const last = top.length === count ? top[count - 1] : undefined
    if (last !== undefined && compare(process, last) >= 0) continue
    if (top.length === count) top.pop()
    let low = 0
    let high = top.length
    while (low < high) {
      const middle = (low + high) >>> 1
      if (compare(process, top[middle] as Process) < 0) high = middle
      else low = middle + 1
    }
    top.splice(low, 0, process)
  }
  return top
}
