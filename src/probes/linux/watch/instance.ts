import type { ProcessRow } from '../../../model/processes.ts'
import { Paced } from '../../watch/paced.ts'
import type { Figures } from '../../watch/platform.ts'
import { openFilesLimit, parseLimits } from './limits.ts'
import { known, type ProcessFiles } from './reader.ts'
import { parseRollup } from './rollup.ts'
import { parseTaskStat, type TaskStat } from './stat.ts'
import { parseStatus } from './status.ts'
import { Storage } from './storage.ts'
import { ThreadWaits } from './waits.ts'

/** Walking all pages of a process is the dearest of all: 40 µs for a small one, a tenth of a second for tens of gigabytes. */
const PROPORTIONAL_MS = 10_000
const LIMITS_MS = 10_000
const FILES_MS = 1000
const ZOMBIE = 'Z'

/** What a reading needs to know of the machine. */
export interface InstanceContext {
  readonly files: ProcessFiles
  readonly ticksPerSecond: number
  readonly pageBytes: number
  /** Whether the kernel keeps how long tasks wait for disks. */
  readonly delays: boolean
  /** Whether the size of a `fd` folder is how many files are open (since Linux 6.2). */
  readonly sizedFolders: boolean
  readonly now: () => number
}

/** Reads the figures of one instance, again and again; what costs more is read more seldom and kept. */
export class Instance {
  private readonly context: InstanceContext
  private readonly row: ProcessRow
  private readonly waits: ThreadWaits
  private readonly storage: Storage
  private readonly proportional: Paced<number | null>
  private readonly limit: Paced<number | null>
  private readonly open: Paced<number | null>

  constructor(context: InstanceContext, row: ProcessRow) {
    const { files, now } = context
    this.context = context
    this.row = row
    this.waits = new ThreadWaits(files, row.pid)
    this.storage = new Storage(files, row.pid)
    this.proportional = new Paced(PROPORTIONAL_MS, now)
    this.limit = new Paced(LIMITS_MS, now)
    this.open = new Paced(FILES_MS, now)
  }

  /** Its line of stat; undefined when it has ended, and when its pid is another's. */
  stat(): TaskStat | undefined {
    const bytes = known(this.context.files.read(this.row.pid, 'stat'))
    const stat = bytes && parseTaskStat(bytes)
    return stat?.startTicks === this.row.startTicks ? stat : undefined
  }

  /** Undefined when it has ended. Of a zombie nothing but its CPU is left. */
  figures(): Figures | undefined {
    const { files, ticksPerSecond, pageBytes } = this.context
    const { pid } = this.row
    const stat = this.stat()
    if (stat === undefined) return undefined
    const user = stat.userTicks / ticksPerSecond
    const system = stat.systemTicks / ticksPerSecond
    const counters: Record<string, number> = {
      process_cpu_seconds_total: user + system,
      process_cpu_user_seconds_total: user,
      process_cpu_system_seconds_total: system,
      process_faults_total: stat.faults,
      process_major_faults_total: stat.majorFaults,
    }
    if (stat.state === ZOMBIE) return { counters, gauges: {} }
    const gauges: Record<string, number> = {
      process_memory_bytes: stat.residentPages * pageBytes,
      process_threads: stat.threads,
    }
    const storage = this.storage.read(stat)
    if (storage !== undefined) {
      counters.process_read_bytes_total = storage.read
      counters.process_written_bytes_total = storage.written
    }
    const status = known(files.read(pid, 'status'))
    const { residentBytes, swapBytes } = (status && parseStatus(status)) ?? {}
    // Since Linux 6.2 each core counts for itself: stat tells what has been folded together, status the sum.
    if (residentBytes !== undefined) gauges.process_memory_bytes = residentBytes
    if (swapBytes !== undefined) gauges.process_swap_bytes = swapBytes
    this.addWaits(stat, counters)
    this.addFiles(gauges)
    const proportional = this.proportional.get(() => this.readProportional())
    if (proportional !== null) gauges.process_memory_proportional_bytes = proportional
    return { counters, gauges }
  }

  private addWaits(stat: TaskStat, counters: Record<string, number>): void {
    const waits = this.waits.read(stat.threads)
    if (waits === undefined) return
    if (waits.voluntary !== undefined) counters.process_voluntary_context_switches_total = waits.voluntary
    if (waits.forced !== undefined) counters.process_forced_context_switches_total = waits.forced
    if (waits.cpuSeconds !== undefined) counters.process_wait_cpu_seconds_total = waits.cpuSeconds
    // Those made before it was turned on are never accounted; who is one shows with the first wait.
    if (this.context.delays || waits.diskTicks > 0) {
      counters.process_wait_io_seconds_total = waits.diskTicks / this.context.ticksPerSecond
    }
  }

  private addFiles(gauges: Record<string, number>): void {
    const open = this.open.get(() => this.countFiles())
    const limit = this.limit.get(() => this.readLimit())
    if (open !== null) gauges.process_files = open
    if (limit !== null) gauges.process_files_limit = limit
    if (open !== null && limit !== null && limit > 0) gauges.process_files_used_ratio = open / limit
  }

  private countFiles(): number | null {
    const { files, sizedFolders } = this.context
    const { pid } = this.row
    if (sizedFolders) return known(files.size(pid, 'fd')) ?? null
    return known(files.list(pid, 'fd'))?.length ?? null
  }

  private readLimit(): number | null {
    const bytes = known(this.context.files.read(this.row.pid, 'limits'))
    return (bytes && openFilesLimit(parseLimits(bytes))) ?? null
  }

  private readProportional(): number | null {
    const bytes = known(this.context.files.read(this.row.pid, 'smaps_rollup'))
    return (bytes && parseRollup(bytes).proportionalBytes) ?? null
  }
}
