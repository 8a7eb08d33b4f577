import type { ProcessQuery } from '../../../model/processes.ts'
import { type Compare, first } from './order.ts'
import type { Process } from './process.ts'

/** What a query picks out of the table. */
export interface Selection {
  readonly total: number
  readonly matched: number
  /** Where the rows begin; less than asked for when the list ends before. */
  readonly offset: number
  readonly rows: readonly Process[]
  readonly followIndex?: number
  readonly followed?: Process
}

/** Who may match a query; `user` is asked only when the query names one. */
export function matcher(
  query: ProcessQuery,
  user: (process: Process) => string | undefined,
): (process: Process) => boolean {
  const filter = query.filter.toLowerCase()
  return (process) =>
    (query.kernelThreads || !process.kernel) &&
    (query.pid === undefined || process.pid === query.pid) &&
    (query.user === undefined || user(process) === query.user || String(process.uid) === query.user) &&
    (filter === '' || process.searched.includes(filter))
}

function place(matched: readonly Process[], process: Process, compare: Compare | undefined): number {
  if (compare === undefined) return matched.indexOf(process)
  let before = 0
  let there = false
  for (const other of matched) {
    if (other === process) there = true
    else if (compare(other, process) < 0) before++
  }
  return there ? before : -1
}

/**
 * Filters, orders and cuts. Without `compare` the processes stand in order already. Only as many rows as are wanted are put in
 * order; the place of the followed process is counted, not sorted for.
 */
export function select(
  processes: readonly Process[],
  query: ProcessQuery,
  matches: (process: Process) => boolean,
  compare: Compare | undefined,
): Selection {
  const matched = processes.filter(matches)
  const total = query.kernelThreads ? processes.length : processes.filter((process) => !process.kernel).length
  const offset = Math.max(0, Math.min(query.offset, matched.length - query.rows))
  const end = Math.min(matched.length, offset + query.rows)
  const rows = (compare === undefined ? matched : first(matched, end, compare)).slice(offset, end)
  const { follow } = query
  const followed =
    follow && processes.find(({ pid, startTicks }) => pid === follow.pid && startTicks === follow.startTicks)
  if (followed === undefined) return { total, matched: matched.length, offset, rows }
  const followIndex = place(matched, followed, compare)
  return { total, matched: matched.length, offset, rows, followed, ...(followIndex >= 0 && { followIndex }) }
}
