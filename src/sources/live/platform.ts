import type { Clock } from '../../lib/clock.ts'
import type { HostFacts, Listener } from '../../model/host.ts'
import type { Leaders, ProcessAnswer, ProcessField, ProcessQuery, ProcessRow } from '../../model/processes.ts'
import type { Sample } from '../../model/sample.ts'
import type { Spawn } from '../../probes/linux/space-child.ts'
import type { HostFiles } from '../../probes/probe.ts'
import type { ProcessEntry } from '../../probes/processes/entry.ts'
import type { WatchPlatform } from '../../probes/watch/platform.ts'

/** Where measurements come from: files of Linux, or whatever the system's own programs tell. */
export type Platform = 'procfs' | 'portable'

export interface HostOptions {
  readonly platform: Platform
  /** The folder below which `proc/`, `sys/`, `etc/` are; `/` for this machine, which is all that `portable` knows. */
  readonly root: string
  readonly clock: Clock
  readonly intervalMs?: number
  /** Starts the children that ask mounts which may hang. */
  readonly spawn: Spawn
}

/** What of a host is measured apart from its processes, with what that holds open. Who opens one must close it. */
export interface Host {
  readonly files: HostFiles
  /** Another object when more became known. */
  readonly facts: HostFacts
  /** Runs every probe that answers at once, whosever turn it is. Starts no programs. */
  quick(nowMono: number): Sample[]
  /** Runs the probes whose turn it is, and gives what `collect` gives. */
  due(nowMono: number): Sample[]
  /** Runs all probes, whosever turn it is, and gives what `collect` gives. */
  all(nowMono: number): Sample[]
  /** Samples of slow probes that were finished since. */
  collect(nowMono: number): Sample[]
  /** Resolves when no slow probe is waited for, at the latest after `waitMs`. */
  settled(waitMs: number): Promise<void>
  openScanner(options: ScanOptions): Scanner
  /** How processes that are watched are read. */
  openWatch(options: Pick<ScanOptions, 'reading'>): WatchPlatform
  /** What listens now. Throws or rejects with the system's error. */
  listen(): readonly Listener[] | Promise<readonly Listener[]>
  close(): void
}

export interface ScanOptions {
  /** Lets others work between two slices; setImmediate unless given. */
  readonly yield?: () => Promise<void>
  /** Where the pid that is being read stands (index 0), in shared memory; 0 between reads. */
  readonly reading?: Int32Array
  /** Pids that are left out: their files hang. */
  readonly skip?: ReadonlySet<number>
}

/** Scans the processes of a host and owns their table. Who opens one must close it. */
export interface Scanner {
  /** One scan. A scan that is asked for while another runs is that one. Rejects when it cannot be done. */
  scan(): Promise<void>
  /** Remembers what a client wants to see: who owns the table unless a number is given. */
  query(query: ProcessQuery, client?: number): void
  /** A client looks no more. */
  forget(client: number): void
  /** The answer to a client's last query from the last complete scan; undefined before the first of either. */
  answer(client?: number): ProcessAnswer | undefined
  /** Whether a process that was new in the scan before is there still: one that may be a server. */
  readonly newcomers: boolean
  /** The processes worth naming as of the last scan, whatever the query: see `Leaders`. */
  leaders(): Leaders
  /** Reads, in slices, what the last queries need of all processes and is not known yet. */
  fill(): Promise<void>
  /** The rows of those that live and pass the test; reads these fields of all first, and the columns of the rows alone. */
  rowsWhere(
    test: (entry: ProcessEntry) => boolean,
    fields: readonly ProcessField[],
    columns?: readonly ProcessField[],
  ): readonly ProcessRow[]
  close(): void
}
