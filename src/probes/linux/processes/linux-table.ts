import type { Clock } from '../../../lib/clock.ts'
import type { ProcessField, ProcessRow } from '../../../model/processes.ts'
import type { ProcessTableView } from '../../processes/entry.ts'
import type { TableContext } from './context.ts'
import { DetailReader } from './detail-reader.ts'
import { FILE_OF } from './details.ts'
import type { Identities } from './identities.ts'
import type { IoClasses } from './io-classes.ts'
import type { Process } from './process.ts'
import type { ProcessReader } from './reader.ts'
import { toRow } from './row.ts'
import { Threads } from './threads.ts'
import { withoutStacks } from './without-stacks.ts'

/** The process table of procfs as its last complete scan left it, with all that is read only because somebody asks. */
export class LinuxTable implements ProcessTableView<Process> {
  wallMs = 0
  entries: readonly Process[] = []
  private readonly context: TableContext
  private readonly identities: Identities
  private readonly details: DetailReader
  private readonly threadsOf: Threads

  constructor(
    context: TableContext,
    reader: ProcessReader,
    identities: Identities,
    clock: Clock,
    ioClasses?: IoClasses,
  ) {
    this.context = context
    this.identities = identities
    this.details = new DetailReader(reader, context, clock, ioClasses)
    this.threadsOf = new Threads(reader, context, clock)
  }

  get scan(): number {
    return this.context.scan
  }

  /** A scan is complete: these are its processes. */
  update(entries: readonly Process[], wallMs: number): void {
    this.entries = entries
    this.wallMs = wallMs
    this.threadsOf.forget()
  }

  mustRead(field: ProcessField): boolean {
    return field === 'user' || field === 'command' || FILE_OF[field] !== undefined
  }

  complete(process: Process, fields: readonly ProcessField[]): boolean {
    for (const field of fields) {
      if (field === 'user') {
        if (this.identities.wantsUid(process)) return false
      } else if (field === 'command') {
        if (this.identities.wantsCommand(process)) return false
      } else if (!this.details.isComplete(process, field)) return false
    }
    return true
  }

  read(process: Process, fields: readonly ProcessField[]): void {
    withoutStacks(() => {
      for (const field of fields) {
        if (field === 'user') this.identities.uid(process)
        else if (field === 'command') this.identities.command(process)
        else this.details.read(process, field, this.scan)
      }
    })
  }

  threads(process: Process): readonly Process[] {
    return withoutStacks(() => this.threadsOf.of(process))
  }

  want(process: Process): void {
    process.wantedScan = this.scan
  }

  row(process: Process): ProcessRow {
    return withoutStacks(() => toRow(process, this.identities))
  }

  /** Asks anew what may have changed of the processes somebody wants to see. */
  refresh(): void {
    this.identities.refreshUsers()
    withoutStacks(() => {
      for (const process of this.entries) if (this.scan - process.wantedScan < 2) this.identities.refresh(process)
    })
  }
}
