import type { Clock } from '../../../lib/clock.ts'
import type { TableContext } from './context.ts'
import { Process, readDelay } from './process.ts'
import type { ProcessReader } from './reader.ts'
import { StatReading } from './stat.ts'

/** Scans without anybody asking for its threads after which those of a process are forgotten. */
const FORGET_SCANS = 3

interface Remembered {
  scan: number
  threads: readonly Process[]
}

/** The threads of the processes somebody looks into: read once a scan, and remembered from scan to scan for their rates. */
export class Threads {
  private readonly reader: ProcessReader
  private readonly context: TableContext
  private readonly clock: Clock
  private readonly remembered = new Map<Process, Remembered>()
  private readonly reading = new StatReading()

  constructor(reader: ProcessReader, context: TableContext, clock: Clock) {
    this.reader = reader
    this.context = context
    this.clock = clock
  }

  /** The threads of a process, oldest first: those that could be read. None of one that ended. */
  of(process: Process): readonly Process[] {
    if (process.ended || process.owner !== undefined) return []
    const { scan } = this.context
    const before = this.remembered.get(process)
    if (before?.scan === scan) return before.threads
    const threads = this.read(process, new Map(before?.threads.map((thread) => [thread.pid, thread])))
    this.remembered.set(process, { scan, threads })
    return threads
  }

  /** A scan is complete: what nobody asks for any more is forgotten. */
  forget(): void {
    for (const [process, { scan }] of this.remembered) {
      if (process.ended || this.context.scan - scan >= FORGET_SCANS) this.remembered.delete(process)
    }
  }

  private read(process: Process, known: ReadonlyMap<number, Process>): Process[] {
    const threads: Process[] = []
    for (const id of this.reader.threads(process.pid) ?? []) {
      const thread = this.readOne(process, id, known.get(id))
      if (thread !== undefined) threads.push(thread)
    }
    return threads
  }

  private readOne(owner: Process, id: number, known: Process | undefined): Process | undefined {
    const { reading, context } = this
    const { buffer } = this.reader
    if (!this.reader.threadStat(owner.pid, id, reading)) return undefined
    const { scan } = context
    const atMs = this.clock.monoMs()
    const comm = () => buffer.toString('latin1', reading.commStart, reading.commEnd)
    const same = known?.startTicks === reading.startTicks ? known : undefined
    const thread = same ?? new Process(reading, comm(), context, { slot: id, scan, atMs, owner })
    if (!thread.isUnchanged(reading, buffer)) thread.rename(comm())
    thread.update(reading, readDelay(buffer, reading, context), atMs, scan, false)
    return thread
  }
}
