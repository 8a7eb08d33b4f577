import type { Filter } from '../../model/process-filter/parse.ts'
import type { ProcessField, ProcessQuery } from '../../model/processes.ts'
import { SUMMED } from './group.ts'

/** Fields that a query needs of all processes: what it sorts, filters, searches and sums up. All others are read for the rows in sight only. */
export function neededOfAll(query: ProcessQuery, filter: Filter | undefined): readonly ProcessField[] {
  const needs = new Set<ProcessField>([query.sort, ...(filter?.needs ?? [])])
  if (query.user !== undefined) needs.add('user')
  if (query.find !== undefined) needs.add('name').add('command')
  if (query.arrange !== 'list' && query.arrange !== 'tree') {
    needs.add(query.arrange)
    for (const column of query.columns) if (SUMMED.has(column)) needs.add(column)
  }
  return [...needs].sort()
}
