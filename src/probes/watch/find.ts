import type { ProcessField, ProcessRow } from '../../model/processes.ts'
import type { ProcessEntry } from '../processes/entry.ts'

/** Finds processes in the last complete scan, which knows these fields of all: `rowsWhere` of the query engine. */
export type FindRows = (
  test: (entry: ProcessEntry) => boolean,
  fields: readonly ProcessField[],
) => readonly ProcessRow[]
