import type { SortKey } from '../../model/processes.ts'
import type { Column } from '../paint/table.ts'

export type ProcessColumn =
  | 'pid'
  | 'ppid'
  | 'user'
  | 'cpu'
  | 'history'
  | 'memory'
  | 'time'
  | 'threads'
  | 'nice'
  | 'state'
  | 'started'
  | 'command'

/** CPU is of one core, as htop and top show it; the label says `%` and the help says of what. Pids have up to seven digits (pid_max). */
const COLUMNS: Readonly<Record<ProcessColumn, Column<ProcessColumn>>> = {
  pid: { id: 'pid', label: 'PID', width: 7, align: 'right', priority: 90 },
  ppid: { id: 'ppid', label: 'PPID', width: 7, align: 'right', priority: 2 },
  user: { id: 'user', label: 'USER', width: 8, most: 9, priority: 40 },
  cpu: { id: 'cpu', label: 'CPU %', width: 5, align: 'right', priority: 95 },
  history: { id: 'history', label: 'LAST MIN', width: 8, priority: 30 },
  memory: { id: 'memory', label: 'MEM', width: 8, align: 'right', priority: 50 },
  time: { id: 'time', label: 'TIME', width: 9, align: 'right', priority: 10 },
  threads: { id: 'threads', label: 'THR', width: 5, align: 'right', priority: 5 },
  nice: { id: 'nice', label: 'NI', width: 3, align: 'right', priority: 3 },
  state: { id: 'state', label: 'S', width: 1, priority: 20, gap: 1 },
  started: { id: 'started', label: 'STARTED', width: 9, align: 'right', priority: 4 },
  command: { id: 'command', label: 'COMMAND', width: 22, flex: 30, priority: 100 },
}

const HOME: readonly ProcessColumn[] = ['pid', 'user', 'cpu', 'history', 'memory', 'time', 'state', 'command']
const WIDE: readonly ProcessColumn[] = [
  'pid',
  'user',
  'cpu',
  'history',
  'memory',
  'threads',
  'time',
  'state',
  'command',
]
const FULL: readonly ProcessColumn[] = [
  'pid',
  'ppid',
  'user',
  'cpu',
  'history',
  'memory',
  'threads',
  'nice',
  'started',
  'time',
  'state',
  'command',
]
const WIDE_FROM = 150

/** Columns worth showing in a content of some width. */
export function processColumns(columns: number, full: boolean): readonly Column<ProcessColumn>[] {
  const ids = full ? FULL : columns >= WIDE_FROM ? WIDE : HOME
  return ids.map((id) => COLUMNS[id])
}

/** The column that shows what the table is sorted by. */
export function sortedColumn(sort: SortKey): ProcessColumn {
  return sort === 'name' ? 'command' : sort
}
