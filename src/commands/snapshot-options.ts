import { parseFilter } from '../model/process-filter/parse.ts'
import { PLAIN_QUERY, type ProcessField, type ProcessQuery, SORT_KEYS } from '../model/processes.ts'
import { type Options, oneOf, UsageError } from './options.ts'

export const FORMATS = ['table', 'json', 'csv'] as const
export type Format = (typeof FORMATS)[number]

/** Options of `snapshot` as commander gives them. */
export interface RawSnapshotOptions {
  readonly format?: string
  readonly sort?: string
  readonly top?: string
  readonly watch?: boolean
}

export interface SnapshotOptions {
  readonly format: Format
  /** Which processes, and how many of them. */
  readonly query: Omit<ProcessQuery, 'id'>
  /** One snapshot an interval, until somebody ends it. */
  readonly watch: boolean
}

/** Columns a table shows at all times; JSON and CSV are given whatever is cheap. */
const TABLE_FIELDS: readonly ProcessField[] = ['read', 'write']
const CHEAP_FIELDS: readonly ProcessField[] = [
  'read',
  'write',
  'shared',
  'files',
  'wait_cpu',
  'cgroup',
  'unit',
  'container',
]
const TABLE_ROWS = 10

/** Checks what was said of a snapshot. Throws UsageError. */
export function checkSnapshot(raw: RawSnapshotOptions, { filter, user, pid }: Options): SnapshotOptions {
  const watch = raw.watch ?? false
  // One line an interval is for programs; a person who wants tables says so.
  const format = oneOf('--format', raw.format ?? (watch ? 'json' : 'table'), FORMATS)
  const sort = oneOf('--sort', raw.sort ?? 'cpu', SORT_KEYS)
  const parsed = parseFilter(filter)
  if ('error' in parsed)
    throw new UsageError(`--filter: ${parsed.error.text}, at character ${parsed.error.at + 1} of "${filter}"`)
  if (raw.top !== undefined && !/^\d{1,9}$/.test(raw.top))
    throw new UsageError(`--top: expected a number of processes such as 10, got "${raw.top}"`)
  const rows = raw.top === undefined ? (format === 'table' ? TABLE_ROWS : PLAIN_QUERY.rows) : Number(raw.top)
  return {
    format,
    watch,
    query: {
      ...PLAIN_QUERY,
      sort,
      // Our own command line has the text of the filter in it.
      filter: filter.trim() === '' ? '' : `(${filter}) !pid:${process.pid}`,
      ...(user === undefined ? {} : { user }),
      ...(pid === undefined ? {} : { pid }),
      columns: [...new Set([...(format === 'table' ? TABLE_FIELDS : CHEAP_FIELDS), sort])],
      rows,
    },
  }
}
