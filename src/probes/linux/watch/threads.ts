import type { ThreadDetail } from '../../../model/watch.ts'
import { known, type ProcessFiles } from './reader.ts'
import { parseTaskStat } from './stat.ts'

/** 9 µs each. */
const MOST_THREADS = 1000

/** Reads the threads of one process; CPU is that since the reading before. */
export class Threads {
  private readonly files: ProcessFiles
  private readonly pid: number
  private readonly ticksPerSecond: number
  private before = new Map<string, number>()
  private beforeMs = Number.NaN

  constructor(files: ProcessFiles, pid: number, ticksPerSecond: number) {
    this.files = files
    this.pid = pid
    this.ticksPerSecond = ticksPerSecond
  }

  /** In the order in which they were made; at most 1000. */
  read(monoMs: number): readonly ThreadDetail[] | undefined {
    const ids = known(this.files.list(this.pid, 'task'))
    if (ids === undefined) return undefined
    const now = new Map<string, number>()
    const seconds = (monoMs - this.beforeMs) / 1000
    const threads: ThreadDetail[] = []
    for (const id of ids.sort((a, b) => Number(a) - Number(b)).slice(0, MOST_THREADS)) {
      const bytes = known(this.files.read(this.pid, `task/${id}/stat`))
      const stat = bytes && parseTaskStat(bytes)
      if (stat === undefined) continue
      const cpuSeconds = (stat.userTicks + stat.systemTicks) / this.ticksPerSecond
      // The id of a thread may be used again.
      const key = `${id}:${stat.startTicks}`
      const before = this.before.get(key)
      now.set(key, cpuSeconds)
      threads.push({
        tid: stat.id,
        name: stat.name,
        state: stat.state,
        cpuSeconds,
        ...(stat.core !== undefined && { core: stat.core }),
        ...(before !== undefined && seconds > 0 && { cpuRatio: (cpuSeconds - before) / seconds }),
      })
    }
    this.before = now
    this.beforeMs = monoMs
    return threads
  }
}
