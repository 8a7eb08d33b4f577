import { cpus } from 'node:os'
import type { Clock } from '../../../lib/clock.ts'
import type { Leaders, ProcessAnswer, ProcessField, ProcessQuery, ProcessRow } from '../../../model/processes.ts'
import { ClientQueries } from '../../processes/client-queries.ts'
import { type List, withoutDescendants } from './listing.ts'
import type { PortableProcess } from './process.ts'
import { PortableTable } from './table.ts'
import { listUnix } from './unix.ts'
import { listWindows } from './windows.ts'

/**
 * A list that takes longer has failed, though it goes on: ps(1) hangs where the files of a process do. Less than what a worker may be silent for.
 */
const DEADLINE_MS = 4000

export interface PortableScannerOptions {
  readonly clock: Clock
  /** Lists the processes; the programs of this platform unless given. */
  readonly list?: List
  /** Whose descendants are left out; this process unless given. */
  readonly ownPid?: number
  /** Lets others work between two slices; setImmediate unless given. */
  readonly yield?: () => Promise<void>
}

function nextTurn(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve))
}

/** Scans the processes of any host by asking the platform's own programs. Whoever makes one must close it. */
export class PortableScanner {
  private readonly clock: Clock
  private readonly list: List
  private readonly ownPid: number
  private readonly pause: () => Promise<void>
  private readonly table = new PortableTable(process.platform === 'linux')
  private readonly queries: ClientQueries<PortableProcess>
  private readonly ending = new AbortController()
  private running: Promise<void> | undefined
  private late = false
  private closed = false

  constructor({ clock, list, ownPid = process.pid, yield: pause = nextTurn }: PortableScannerOptions) {
    this.clock = clock
    this.list = list ?? (process.platform === 'win32' ? listWindows(cpus().length) : listUnix(this.ending.signal))
    this.ownPid = ownPid
    this.pause = pause
    this.queries = new ClientQueries(this.table, clock)
  }

  /** One scan. Rejects when the list cannot be had, or not in time; it is not begun twice. */
  async scan(): Promise<void> {
    if (this.late) throw new Error('ps has not come back from its last turn')
    this.running ??= this.run().finally(() => {
      this.running = undefined
      this.late = false
    })
    let timer: NodeJS.Timeout | undefined
    const deadline = new Promise<never>((_, reject) => {
      timer = setTimeout(() => {
        this.late = true
        reject(new Error(`the processes were not listed within ${DEADLINE_MS / 1000} s`))
      }, DEADLINE_MS)
      timer.unref()
    })
    try {
      await Promise.race([this.running, deadline])
    } finally {
      clearTimeout(timer)
    }
  }

  /** Remembers what a client wants to see, this process unless told. */
  query(query: ProcessQuery, client?: number): void {
    this.queries.query(query, client)
  }

  /** A client looks no more. */
  forget(client: number): void {
    this.queries.forget(client)
  }

  /** The answer to a client's last query from the last complete scan; undefined before the first of either. */
  answer(client?: number): ProcessAnswer | undefined {
    return this.queries.answer(client)
  }

  /** Whether a process, not of the kernel, that was new in the scan before is there still. */
  get newcomers(): boolean {
    return this.table.newcomers
  }

  leaders(): Leaders {
    return this.queries.leaders()
  }

  /** Resolves when nothing is missing for the last query. */
  async fill(): Promise<void> {
    while (!this.closed && !this.queries.fill()) await this.pause()
  }

  rowsWhere(
    test: (entry: PortableProcess) => boolean,
    fields: readonly ProcessField[],
    columns?: readonly ProcessField[],
  ): readonly ProcessRow[] {
    return this.queries.rowsWhere(test, fields, columns)
  }

  /** Ends the programs. A scan that runs ends without a result. */
  close(): void {
    this.closed = true
    this.ending.abort()
  }

  private async run(): Promise<void> {
    const wallMs = this.clock.wallMs()
    const list = await this.list()
    if (this.closed) return
    this.table.take(withoutDescendants(list, this.ownPid), this.clock.monoMs(), wallMs)
    this.queries.update()
    await this.fill()
  }
}
