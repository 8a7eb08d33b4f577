import type { ProcessQuery } from '../model/processes.ts'
import { screenLayout } from './app-layout.ts'
import { placesOf } from './layout.ts'
import { placedColumns } from './panels/process-columns.ts'
import { listOf, type ViewState } from './state.ts'

/**
 * What of a question to the process table follows from what a person chose; which rows are seen is not its business. `width` is
 * that of the table's rows; undefined while it is not on the screen: then nothing is read for its columns.
 */
function queryOf(
  { processes, full }: ViewState,
  width: number | undefined,
): Omit<ProcessQuery, 'id' | 'offset' | 'rows' | 'hold'> {
  const { sort, reverse, filter, user, pid, kernelThreads, arrange, toggled, threadsOf, follow, finding } = processes
  return {
    sort,
    reverse,
    filter,
    ...(user === undefined ? {} : { user }),
    ...(pid === undefined ? {} : { pid }),
    kernelThreads,
    arrange,
    toggled,
    threadsOf,
    columns:
      width === undefined ? [] : placedColumns(processes, width, full === 'processes').map(({ column }) => column.id),
    ...(follow === undefined ? {} : { follow }),
    ...(finding === undefined ? {} : { find: finding }),
  }
}

/** The question for the rows that can be seen, and a page before and after: it is there when it is turned. */
export function seenQueryOf(state: ViewState): Omit<ProcessQuery, 'id' | 'hold'> {
  // As it will be painted: a key may just have opened the table, or another page.
  const layout = screenLayout(state)
  const place = placesOf(layout).get('processes')
  const page = Math.max(8, place?.rows ?? 0)
  const { offset } = listOf(state, 'processes')
  const first = Math.max(0, offset - page)
  return {
    ...queryOf(state, place && Math.max(0, place.columns - 2 * (layout.boxed ? 2 : 1))),
    offset: first,
    rows: offset - first + 2 * page,
  }
}
