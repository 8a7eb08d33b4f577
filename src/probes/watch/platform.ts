import type { ProcessRow } from '../../model/processes.ts'
import type { ProcessDetail, WatchSection } from '../../model/watch.ts'

/** Counters and gauges of one instance by metric name, in base units. What may not be read, or is not known here, is absent. */
export interface Figures {
  readonly counters: Readonly<Record<string, number>>
  readonly gauges: Readonly<Record<string, number>>
}

/** What only the platform knows of a detail. */
export type PlatformDetail = Omit<ProcessDetail, 'id' | 'row' | 'family' | 'parent'>

/** How one platform reads processes that are watched. An instance is named by its row: pid and start time. */
export interface WatchPlatform {
  /** Figures are those of the moment; else those of the last scan. */
  readonly reads: boolean
  /** A new moment: what is shared by all instances is read once. */
  begin(): void
  /** Reads an instance; undefined when it has ended. */
  figures(row: ProcessRow): Figures | undefined
  /** Of all instances together, by metric name: what is no sum. */
  shared(instances: readonly ProcessRow[]): Readonly<Record<string, number>>
  /** Reads the detail of an instance, with the parts that somebody looks at; undefined when it has ended. */
  detail(row: ProcessRow, sections: ReadonlySet<WatchSection>): PlatformDetail | undefined
  /** An instance has ended since the moment before: why, where that can be told. What was kept for it is dropped. */
  ended(row: ProcessRow): string | undefined
  /** Drops all that is kept, and ends what runs. */
  close(): void
}

/** What a platform's table of processes tells of an instance, where nothing more can be asked. */
export const tableOnly: WatchPlatform = {
  reads: false,
  begin: () => {},
  figures: ({ cpuSeconds, memoryBytes, threads }) => ({
    counters: { process_cpu_seconds_total: cpuSeconds },
    gauges: { process_memory_bytes: memoryBytes, process_threads: threads },
  }),
  shared: () => ({}),
  detail: ({ command, user }) => ({
    arguments: command === '' ? [] : command.split(' '),
    ...(user !== undefined && { user }),
  }),
  ended: () => undefined,
  close: () => {},
}
