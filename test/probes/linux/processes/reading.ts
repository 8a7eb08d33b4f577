import type { Clock } from '../../../../src/lib/clock.ts'
import type { ProcessField, ProcessRow } from '../../../../src/model/processes.ts'
import { TableContext } from '../../../../src/probes/linux/processes/context.ts'
import { Identities } from '../../../../src/probes/linux/processes/identities.ts'
import { CpuLedger } from '../../../../src/probes/linux/processes/ledger.ts'
import { LinuxTable } from '../../../../src/probes/linux/processes/linux-table.ts'
import type { Process } from '../../../../src/probes/linux/processes/process.ts'
import { ProcessReader } from '../../../../src/probes/linux/processes/reader.ts'
import { ProcessTable } from '../../../../src/probes/linux/processes/table.ts'
import { withoutStacks } from '../../../../src/probes/linux/processes/without-stacks.ts'

const TICKS_PER_SECOND = 100

/** A process table of a few processes, read when the test says so, with a clock of its own. */
export class Reading implements Disposable {
  readonly context = new TableContext({ ticksPerSecond: TICKS_PER_SECOND, pageBytes: 4096, bootMs: 0 })
  readonly view: LinuxTable
  readonly reader: ProcessReader
  nowMs = 1000
  private readonly table: ProcessTable
  private readonly ledger = new CpuLedger(TICKS_PER_SECOND)

  constructor(root = '', marker?: Int32Array) {
    const clock: Clock = { monoMs: () => this.nowMs, wallMs: () => this.nowMs }
    this.reader = new ProcessReader(`${root}/proc`, marker)
    const identities = new Identities(this.reader, root, this.context)
    identities.refreshUsers()
    this.table = new ProcessTable(this.context, (process) => this.reader.release(process))
    this.view = new LinuxTable(this.context, this.reader, identities, clock)
  }

  /** Reads these two seconds later. */
  scan(...pids: number[]): void {
    this.nowMs += 2000
    this.table.begin(Number.POSITIVE_INFINITY)
    for (const pid of pids) this.readOne(pid)
    this.table.commit(this.context.scan + 1, this.nowMs)
    this.view.update(this.table.entries, this.nowMs)
  }

  process(pid: number): Process {
    const process = this.view.entries.find((entry) => entry.pid === pid && !entry.ended)
    if (process === undefined) throw new Error(`no process ${pid}`)
    return process
  }

  /** The row with these fields read. */
  row(pid: number, ...fields: ProcessField[]): ProcessRow {
    const process = this.process(pid)
    this.view.read(process, fields)
    if (!this.view.complete(process, fields)) throw new Error('not complete after it was read')
    return this.view.row(process)
  }

  [Symbol.dispose](): void {
    this.reader.close()
  }

  private readOne(pid: number): void {
    const known = this.table.get(pid)
    const result = withoutStacks(() => this.reader.stat(pid, this.table.next(), known, false))
    if (result === 'read') this.table.stage(known, this.reader.buffer, this.nowMs, this.ledger)
    else if (known !== undefined) this.table.stageEnd(known)
  }
}
