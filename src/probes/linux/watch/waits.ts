import { parseSchedstat } from '../processes/schedstat.ts'
import { known, type ProcessFiles } from './reader.ts'
import { parseTaskStat } from './stat.ts'
import { parseSwitches } from './status.ts'

const NANOSECONDS = 1e9
/** Three files of a thread take about 30 µs: so many are read in one tick, the others in their turn. */
const THREADS_A_TICK = 64

/** What a process' threads waited for, and how often they were switched. The kernel counts these for each thread alone. */
export interface Waits {
  /** Undefined where the kernel does not count, as what follows. */
  readonly voluntary: number | undefined
  readonly forced: number | undefined
  /** Seconds on run queues. */
  readonly cpuSeconds: number | undefined
  /** Clock ticks waiting for disks. */
  readonly diskTicks: number
}

interface Counts {
  voluntary: number
  forced: number
  delay: number
  ran: number
  disk: number
}

const NOTHING: Readonly<Counts> = { voluntary: 0, forced: 0, delay: 0, ran: 0, disk: 0 }

/**
 * Sums counters of the threads of one process. Of a process with more than 64 threads some are read at a time; a thread that ended keeps
 * what it had when it was last read, so that the sums never fall.
 */
export class ThreadWaits {
  private readonly files: ProcessFiles
  private readonly pid: number
  private readonly sums: Counts = { ...NOTHING }
  private readonly threads = new Map<string, Counts>()
  /** There from the beginning, but not read yet: what they did before is where they start from. */
  private unread = new Set<string>()
  private turn = 0
  private switched = false

  constructor(files: ProcessFiles, pid: number) {
    this.files = files
    this.pid = pid
  }

  /** Undefined when its threads may not be listed. */
  read(threads: number): Waits | undefined {
    const ids = threads === 1 ? [String(this.pid)] : known(this.files.list(this.pid, 'task'))
    if (ids === undefined) return undefined
    if (this.threads.size > ids.length) this.forget(new Set(ids))
    if (this.threads.size === 0) this.unread = new Set(ids.slice(THREADS_A_TICK))
    const count = Math.min(ids.length, THREADS_A_TICK)
    for (let index = 0; index < count; index++) this.readThread(ids[(this.turn + index) % ids.length] as string)
    this.turn = (this.turn + count) % Math.max(1, ids.length)
    const { voluntary, forced, delay, ran, disk } = this.sums
    // A kernel that does not count writes zeros.
    const switches = this.switched ? { voluntary, forced } : { voluntary: undefined, forced: undefined }
    return { ...switches, cpuSeconds: ran > 0 ? delay / NANOSECONDS : undefined, diskTicks: disk }
  }

  private readThread(id: string): void {
    const folder = `task/${id}`
    const { files, pid } = this
    const status = known(files.read(pid, `${folder}/status`))
    const switches = status && parseSwitches(status)
    if (switches !== undefined) this.switched = true
    const schedstat = known(files.read(pid, `${folder}/schedstat`))
    const times = schedstat && parseSchedstat(schedstat)
    const line = known(files.read(pid, `${folder}/stat`))
    const stat = line && parseTaskStat(line)
    const before = this.threads.get(id)
    const now: Counts = {
      voluntary: switches?.voluntary ?? before?.voluntary ?? 0,
      forced: switches?.forced ?? before?.forced ?? 0,
      delay: times?.waited ?? before?.delay ?? 0,
      ran: times?.ran ?? before?.ran ?? 0,
      disk: stat?.blockedTicks ?? before?.disk ?? 0,
    }
    this.threads.set(id, now)
    if (this.unread.delete(id)) return
    for (const name of Object.keys(now) as (keyof Counts)[]) {
      // The id of a thread may be used again: what fell starts from nothing.
      const from = before === undefined || now[name] < before[name] ? 0 : before[name]
      this.sums[name] += now[name] - from
    }
  }

  private forget(there: ReadonlySet<string>): void {
    for (const id of this.threads.keys()) if (!there.has(id)) this.threads.delete(id)
  }
}
