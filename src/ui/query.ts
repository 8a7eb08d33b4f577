import type { ProcessQuery } from '../model/processes.ts'
import { placedColumns } from './panels/process-columns.ts'
import type { ViewState } from './state.ts'

/**
 * What of a question to the process table follows from what a person chose; which rows are seen is not its business. `width` is
 * that of the table's rows; undefined while it is not on the screen: then nothing is read for its columns.
 */
export function queryOf(
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
