import type { ProcessField, SortKey } from '../../model/processes.ts'
import { type Column, layoutColumns, type Placed } from '../paint/table.ts'
import type { ProcessesView } from '../views.ts'

interface Known extends Column<ProcessField> {
  /** For choosing columns and what to sort by. */
  readonly help: string
}

const right = { align: 'right' } as const
const column = (
  id: ProcessField,
  label: string,
  width: number,
  priority: number,
  help: string,
  more: Partial<Known> = {},
) => [id, { id, label, width, priority, help, ...more }] as const

/**
 * Every column there is. CPU is of one core, as htop and top show it. Pids have up to seven digits (pid_max). Numbers take the width of
 * the largest they can be, so that columns never move with values.
 */
export const PROCESS_COLUMNS = Object.fromEntries([
  column('pid', 'PID', 7, 90, 'process id', right),
  column('ppid', 'PPID', 7, 2, 'id of who started it', right),
  column('user', 'USER', 8, 40, 'whose it is', { most: 9 }),
  column('priority', 'PRI', 4, 2, 'priority as the kernel tells it', right),
  column('nice', 'NI', 3, 3, 'how willing to wait: -20 first, 19 last', right),
  column('io_class', 'IO', 13, 2, 'I/O scheduling class and level'),
  column('state', 'S', 1, 36, 'R runs, S sleeps, D waits for a disk, Z ended, T stopped', { gap: 1 }),
  column('threads', 'THR', 5, 5, 'threads', right),
  column('cpu', 'CPU %', 5, 95, 'time of one core since the last scan', right),
  column('history', 'LAST MIN', 8, 30, 'cpu over the last minute'),
  column('cpu_user', 'USER %', 6, 4, 'of that, in the program', right),
  column('cpu_system', 'SYS %', 5, 4, 'of that, in the kernel', right),
  column('wait_cpu', 'WAIT %', 6, 12, 'time it could run but waited for a core', right),
  column('wait_io', 'WAIT IO', 7, 11, 'time it waited for disks', right),
  column('memory', 'MEM', 8, 50, 'resident memory', right),
  column('shared', 'SHARED', 8, 4, 'of that, files and what others have too', right),
  column('proportional', 'PSS', 8, 4, 'its share of the memory it uses with others', right),
  column('swap', 'SWAP', 8, 4, 'swapped out', right),
  column('faults', 'FAULTS', 7, 2, 'page faults a second', right),
  column('major_faults', 'MAJOR', 6, 2, 'page faults a second that read a disk', right),
  column('read', 'READ/S', 8, 22, 'read from disks a second', right),
  column('write', 'WRITE/S', 8, 35, 'written to disks a second', right),
  column('files', 'FILES', 6, 8, 'open file handles', right),
  column('time', 'TIME', 9, 14, 'cpu time since it started', right),
  column('time_user', 'TIME USR', 9, 2, 'cpu time in the program', right),
  column('time_system', 'TIME SYS', 9, 2, 'cpu time in the kernel', right),
  column('started', 'STARTED', 9, 4, 'when it was started', right),
  column('unit', 'UNIT', 14, 9, 'systemd unit', { most: 20 }),
  column('container', 'CONTAINER', 12, 9, 'container', { most: 16 }),
  column('cgroup', 'CGROUP', 16, 2, 'control group', { most: 40 }),
  column('name', 'NAME', 15, 6, 'the short name'),
  column('command', 'COMMAND', 22, 100, 'program and arguments', { flex: 30 }),
]) as unknown as Readonly<Record<ProcessField, Known>>

const HOME: readonly ProcessField[] = [
  'pid',
  'user',
  'cpu',
  'history',
  'memory',
  'read',
  'write',
  'time',
  'state',
  'command',
]
const WIDE: readonly ProcessField[] = [
  ...(['pid', 'user', 'cpu', 'history', 'memory', 'read', 'write', 'wait_io', 'threads', 'files'] as const),
  ...(['time', 'state', 'unit', 'command'] as const),
]
const FULL: readonly ProcessField[] = [
  ...(['pid', 'ppid', 'user', 'cpu', 'history', 'memory', 'shared', 'read', 'write', 'wait_cpu', 'wait_io'] as const),
  ...(['threads', 'files', 'nice', 'started', 'time', 'state', 'unit', 'command'] as const),
]
const WIDE_FROM = 150

/** The columns of a content of some width, in order: those a person chose, else what is worth showing there. */
export function processColumns(
  view: Pick<ProcessesView, 'columns'>,
  width: number,
  full: boolean,
): readonly ProcessField[] {
  return view.columns ?? (full ? FULL : width >= WIDE_FROM ? WIDE : HOME)
}

/**
 * The columns that are shown and where. Scrolled sideways the first ones go, all but the pid, and the rest stand in order as far as they
 * fit; else the least important go until all fit.
 */
export function placedColumns(
  view: Pick<ProcessesView, 'columns' | 'shift'>,
  width: number,
  full: boolean,
): readonly Placed<ProcessField>[] {
  const ids = processColumns(view, width, full)
  const { shift } = view
  if (shift === 0)
    return layoutColumns(
      ids.map((id) => PROCESS_COLUMNS[id]),
      width,
    )
  const movable = ids.filter((id) => id !== 'pid')
  const rest = movable.slice(Math.min(shift, movable.length - 1))
  const kept = ids.includes('pid') ? ['pid' as const, ...rest] : rest
  return layoutColumns(
    kept.map((id, index) => ({ ...PROCESS_COLUMNS[id], priority: 1000 - index })),
    width,
  )
}

/** The column that shows what the table is sorted by. */
export function sortedColumn(sort: SortKey, shown: readonly ProcessField[]): ProcessField {
  return sort === 'name' && !shown.includes('name') ? 'command' : sort
}
