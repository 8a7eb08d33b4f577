import type { ProcessField, ProcessRow } from '../../model/processes.ts'

/** A process or a thread as the query engine sees it. */
export interface ProcessEntry {
  readonly pid: number
  /** A thread's is its process. */
  readonly ppid: number
  readonly startTicks: number
  readonly kernel: boolean
  /** User id where it was read, `null` where it cannot be: users are asked for by number too. */
  readonly uid?: number | null | undefined
  /** Counts as new, or has ended and is shown for some seconds more. */
  readonly mark: 'new' | 'ended' | undefined
  /** Bytes a second that children of it read from and wrote to storage which came and went between scans: they are in no row of their own. */
  readonly childTraffic?: { readonly read: number; readonly write: number } | undefined
  /** What is known of a field, in base units (text for what is text, Unix milliseconds for moments); undefined: not known. Reads nothing, so that thousands can be compared. */
  known(field: ProcessField): number | string | undefined
}

/**
 * The process table of a platform, as its last complete scan left it. It alone reads; the query engine (queries.ts) decides who and
 * what: the same engine serves procfs and portable tables.
 */
export interface ProcessTableView<Entry extends ProcessEntry = ProcessEntry> {
  /** Counts the complete scans; 0 before the first. */
  readonly scan: number
  /** Wall time of the scan. */
  readonly wallMs: number
  /** In order of appearance; another array when somebody came or went. Those marked as ended are among them. */
  readonly entries: readonly Entry[]
  /** Whether a field has to be read: all others are known of everybody after a scan. All may have to, unless told. */
  mustRead?(field: ProcessField): boolean
  /** Whether nothing is left to read of these fields for this scan. */
  complete(entry: Entry, fields: readonly ProcessField[]): boolean
  /** Reads what `complete` misses. What cannot be read stays unknown, and is complete. */
  read(entry: Entry, fields: readonly ProcessField[]): void
  /** Reads the threads of a process, as of now. */
  threads(entry: Entry): readonly Entry[]
  /** Somebody looks at it: it is to be read in every scan. */
  want(entry: Entry): void
  /** All that is known of it, as others see it; `place` and `count` are the engine's. */
  row(entry: Entry): ProcessRow
}
