/**
 * What can be known of a process, in the order in which people read it: a column each, a sort key each (all but `history`), and a key of
 * the filter language each. Fields that cost a file of their own are read only while somebody wants them.
 */
export const PROCESS_FIELDS = [
  'pid',
  'ppid',
  'user',
  'priority',
  'nice',
  'io_class',
  'state',
  'threads',
  'cpu',
  'history',
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
  'started',
  'unit',
  'container',
  'cgroup',
  'name',
  'command',
] as const
export type ProcessField = (typeof PROCESS_FIELDS)[number]

export type SortKey = Exclude<ProcessField, 'history' | 'command'>
export const SORT_KEYS: readonly SortKey[] = PROCESS_FIELDS.filter(
  (field): field is SortKey => field !== 'history' && field !== 'command',
)

/** Where a row stands in a tree, or under its group or its process. */
export interface TreePlace {
  /** 0 for roots. */
  readonly depth: number
  /** For each level above (index 0: below the root), whether that branch goes on below this row: a line is drawn there. */
  readonly lines: readonly boolean[]
  /** The last of its siblings. */
  readonly last: boolean
  /** Rows below it, at any depth, folded away or not. */
  readonly below: number
  readonly folded: boolean
}

/**
 * One row of the process table in one scan. Text has passed text safety. What could not be read, or was not asked for, is absent; a number
 * that every row has but a platform does not tell is NaN.
 */
export interface ProcessRow {
  /** A thread has its own id as `pid` and its process' as `ppid`; a group is a sum of processes and has the pid 0. */
  readonly kind: 'process' | 'thread' | 'group'
  readonly pid: number
  readonly ppid: number
  /** comm: the kernel's short name (15 bytes). The group's name for a group. */
  readonly name: string
  /** Arguments joined by spaces; the name in brackets for kernel threads. */
  readonly command: string
  /** Absent where it could not be read. */
  readonly user?: string
  readonly uid?: number
  /** proc_pid_stat(5): R S D Z T t I … */
  readonly state: string
  readonly nice: number
  /** As the kernel tells it: 20 + nice, negative for real-time. */
  readonly priority?: number
  readonly threads: number
  /** CPU time since the last scan, of one core (0..cores). Absent in the first scan of a process. */
  readonly cpuRatio?: number
  readonly cpuUserRatio?: number
  readonly cpuSystemRatio?: number
  /** User and system time since it started, in seconds. */
  readonly cpuSeconds: number
  readonly userSeconds?: number
  readonly systemSeconds?: number
  /** Share of time its threads waited for a core though they could run, summed over them (run-queue delay, schedstat). */
  readonly waitCpuRatio?: number
  /** Share of time it waited for disks (delay accounting; absent where the kernel does not account). */
  readonly waitIoRatio?: number
  /** Resident memory. */
  readonly memoryBytes: number
  readonly sharedBytes?: number
  /** Its share of what it uses together with others (PSS). */
  readonly proportionalBytes?: number
  readonly swapBytes?: number
  readonly faultsPerSecond?: number
  readonly majorFaultsPerSecond?: number
  readonly readBytesPerSecond?: number
  readonly writeBytesPerSecond?: number
  /** Open file descriptors. */
  readonly files?: number
  readonly ioClass?: IoClass
  /** systemd's unit: `nginx.service`, `session-4.scope`. */
  readonly unit?: string
  /** Container's name or the first 12 characters of its id. */
  readonly container?: string
  /** The cgroup's path. */
  readonly cgroup?: string
  /** Unix milliseconds. */
  readonly startedMs: number
  /** Start time in clock ticks since boot: with the pid it names a process for good. */
  readonly startTicks: number
  readonly kernel: boolean
  /** CPU ratios of the last scans, oldest first, at most 30; for small charts. */
  readonly history: readonly number[]
  /** `new` for the first seconds of a process that started while healthtop looked, `ended` for some seconds after its end. */
  readonly mark?: 'new' | 'ended'
  readonly place?: TreePlace
  /** Processes that a group sums up. */
  readonly count?: number
}

/** I/O scheduling class and level, ioprio_set(2): `none`, `realtime 4`, `best-effort 4`, `idle`. */
export type IoClass = 'none' | 'idle' | `realtime ${number}` | `best-effort ${number}`

/** Names one process for good: a pid alone may be used again. */
export interface ProcessId {
  readonly pid: number
  readonly startTicks: number
}

/** `pid:startTicks`, a group's name, or `tid:startTicks` of a thread: names a row across answers (folding, tags). */
export function rowKey({
  kind,
  pid,
  startTicks,
  name,
}: Pick<ProcessRow, 'kind' | 'pid' | 'startTicks' | 'name'>): string {
  return kind === 'group' ? `group:${name}` : `${pid}:${startTicks}`
}

/** How rows are arranged: a flat list, by parent, or summed up by what they have in common. */
export const ARRANGEMENTS = ['list', 'tree', 'name', 'user', 'unit', 'container'] as const
export type Arrangement = (typeof ARRANGEMENTS)[number]

/** What rows of the process table somebody wants to see. */
export interface ProcessQuery {
  /** Answers carry it; answers to older queries are dropped. */
  readonly id: number
  readonly sort: SortKey
  readonly reverse: boolean
  /** The filter language (model/process-filter); empty for all. One with an error filters nothing and is told in the answer. */
  readonly filter: string
  readonly user?: string
  readonly pid?: number
  readonly kernelThreads: boolean
  /** Columns that can be seen: fields that cost a file are read for these only, and for the rows of the answer unless the sort or the filter needs them of all. */
  readonly columns: readonly ProcessField[]
  readonly arrange: Arrangement
  /** Row keys: branches of the tree that are folded; in groups those that are open. */
  readonly toggled: readonly string[]
  /** Row keys of processes whose threads stand below them. */
  readonly threadsOf: readonly string[]
  readonly offset: number
  readonly rows: number
  /** Keep this process' row in the answer: `followIndex` says where it stands. */
  readonly follow?: ProcessId
  /** Keep the order of the last answer (new rows at the end, ended ones out): somebody is moving. */
  readonly hold?: boolean
  /** Find without filtering: the next row, from this index in this direction (round the end), whose name or command has the text. */
  readonly find?: { readonly text: string; readonly from: number; readonly step: 1 | -1 }
}

/** Where a filter is wrong, as an index into its text. */
export interface FilterError {
  readonly at: number
  readonly length: number
  /** `expected a size such as 1GiB`. */
  readonly text: string
}

/** The answer to a query, from the last complete scan. */
export interface ProcessAnswer {
  readonly id: number
  readonly scan: number
  /** Wall time of the scan it comes from. */
  readonly wallMs: number
  /** All processes, kernel threads excluded unless asked for. */
  readonly total: number
  readonly running: number
  /** Rows there are to scroll through: what the filter leaves, and what the arrangement makes of it. */
  readonly matched: number
  /** Of those, the processes that have ended, which stand there for some seconds more; absent for none. */
  readonly ended?: number
  readonly offset: number
  readonly rows: readonly ProcessRow[]
  /** Index among the matched of the followed process. */
  readonly followIndex?: number
  /** The followed process' own row, wherever it stands. */
  readonly followRow?: ProcessRow
  /** Index of what `find` found; absent when nothing has the text. */
  readonly foundIndex?: number
  readonly filterError?: FilterError
  /** Not everything that it needs of all processes is read yet: a better answer to the same question follows. */
  readonly pending?: true
}

/** The processes worth naming, whatever the query: causes and history use only these. */
export interface Leaders {
  readonly cpu: readonly ProcessRow[]
  readonly memory: readonly ProcessRow[]
  /** By what they read from and wrote to disks; of those whose I/O may be read. */
  readonly read: readonly ProcessRow[]
  readonly write: readonly ProcessRow[]
  /** Processes that started, and that ended, since the scan before; the largest twenty of each. Empty after the first scan. */
  readonly started: readonly ProcessRow[]
  readonly ended: readonly ProcessRow[]
}

/** Everybody but the kernel's threads, by CPU: what queries differ from. */
export const PLAIN_QUERY: Omit<ProcessQuery, 'id'> = {
  sort: 'cpu',
  reverse: false,
  filter: '',
  kernelThreads: false,
  columns: [],
  arrange: 'list',
  toggled: [],
  threadsOf: [],
  offset: 0,
  rows: Number.MAX_SAFE_INTEGER,
}
