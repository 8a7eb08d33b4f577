/** One process in one scan. Text has passed text safety. What could not be read is absent. */
export interface ProcessRow {
  readonly pid: number
  readonly ppid: number
  /** comm: the kernel's short name (15 bytes). */
  readonly name: string
  /** Arguments joined by spaces; the name in brackets for kernel threads. */
  readonly command: string
  /** Absent where it could not be read. */
  readonly user?: string
  readonly uid?: number
  /** proc_pid_stat(5): R S D Z T t I … */
  readonly state: string
  readonly nice: number
  readonly threads: number
  /** CPU time since the last scan, of one core (0..cores). Absent in the first scan of a process. */
  readonly cpuRatio?: number
  /** User and system time since it started, in seconds. */
  readonly cpuSeconds: number
  /** Resident memory. */
  readonly memoryBytes: number
  /** Unix milliseconds. */
  readonly startedMs: number
  /** Start time in clock ticks since boot: with the pid it names a process for good. */
  readonly startTicks: number
  readonly kernel: boolean
  /** CPU ratios of the last scans, oldest first, at most 30; for small charts. */
  readonly history: readonly number[]
}

export const SORT_KEYS = [
  'cpu',
  'memory',
  'time',
  'pid',
  'user',
  'name',
  'state',
  'threads',
  'nice',
  'started',
] as const
export type SortKey = (typeof SORT_KEYS)[number]

/** Names one process for good: a pid alone may be used again. */
export interface ProcessId {
  readonly pid: number
  readonly startTicks: number
}

/** What rows of the process table somebody wants to see. */
export interface ProcessQuery {
  /** Answers carry it; answers to older queries are dropped. */
  readonly id: number
  readonly sort: SortKey
  readonly reverse: boolean
  /** Case-insensitive substring of name or command; empty for all. */
  readonly filter: string
  readonly user?: string
  readonly pid?: number
  readonly kernelThreads: boolean
  readonly offset: number
  readonly rows: number
  /** Keep this process' row in the answer: `followIndex` says where it stands. */
  readonly follow?: ProcessId
  /** Keep the order of the last answer (new rows at the end, ended ones out): somebody is moving. */
  readonly hold?: boolean
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
  /** How many the filter leaves. */
  readonly matched: number
  readonly offset: number
  readonly rows: readonly ProcessRow[]
  /** Index among the matched of the followed process. */
  readonly followIndex?: number
  /** The followed process' own row, wherever it stands. */
  readonly followRow?: ProcessRow
}

/** The processes worth naming, whatever the query: causes and history use only these. */
export interface Leaders {
  readonly cpu: readonly ProcessRow[]
  readonly memory: readonly ProcessRow[]
}
