import { readFileSync, statSync } from 'node:fs'
import type { TableContext } from './context.ts'
import { decodeCommand, parsePasswd, parseUid } from './identity.ts'
import type { Process } from './process.ts'
import type { ProcessReader } from './reader.ts'

/** Scans after which what was read is asked for anew: as many to twice as many, spread over the processes. */
const RENEWED_SCANS = 15
/** So young a process may still become what it is to be. */
const YOUNG_SCANS = 2

/**
 * Reads who a process belongs to and its arguments: only when somebody wants to know, and seldom anew. Programs drop privileges, execute
 * another program and write titles over their arguments without taking another name: most of them right after they were started.
 */
export class Identities {
  private readonly reader: ProcessReader
  private readonly passwd: string
  private readonly context: TableContext
  private passwdMs = Number.NaN

  constructor(reader: ProcessReader, root: string, context: TableContext) {
    this.reader = reader
    this.context = context
    this.passwd = `${root}/etc/passwd`
  }

  /** Reads passwd again if it was changed. Without one, users are numbers. */
  refreshUsers(): void {
    try {
      const { mtimeMs } = statSync(this.passwd)
      if (mtimeMs === this.passwdMs) return
      this.context.userNames = parsePasswd(readFileSync(this.passwd, 'utf8'))
      this.passwdMs = mtimeMs
    } catch (error) {
      const code = (error as NodeJS.ErrnoException).code
      if (code !== 'ENOENT' && code !== 'EACCES' && code !== 'ENOTDIR') throw error
    }
  }

  /** The user id; undefined when it cannot be read. Threads belong to whom their process belongs to. */
  uid(process: Process): number | undefined {
    if (process.owner !== undefined) process.uid = this.uid(process.owner) ?? null
    else if (this.wantsUid(process)) this.readUid(process)
    return process.uid ?? undefined
  }

  /** Whether `uid` would read a file. */
  wantsUid(process: Process): boolean {
    return process.uid === undefined || this.isOld(process, process.uidUntil)
  }

  /** Whether `command` would read a file. */
  wantsCommand(process: Process): boolean {
    return process.command === undefined || this.isOld(process, process.commandUntil)
  }

  /** The user id of whoever has this pid now. */
  uidOf(pid: number): number | undefined {
    const bytes = this.reader.file(pid, 'status')
    const uid = bytes === undefined ? Number.NaN : parseUid(bytes)
    return Number.isNaN(uid) ? undefined : uid
  }

  /** The arguments; the name where there are none to read, and of threads. */
  command(process: Process): string {
    if (this.wantsCommand(process)) this.readCommand(process)
    return process.command as string
  }

  /** Asks anew, for what somebody looks at. */
  refresh(process: Process): void {
    if (process.kernel || process.ended || process.command === undefined) return
    this.readUid(process)
    this.readCommand(process)
  }

  /** Where it cannot be read any more, it is what it was. */
  private readUid(process: Process): void {
    const uid = process.ended ? undefined : this.uidOf(process.pid)
    process.uid = uid ?? process.uid ?? null
    process.uidUntil = this.renewal(process)
  }

  private readCommand(process: Process): void {
    // Another may have its pid by now.
    const own = process.owner === undefined && !process.ended
    const bytes = own ? this.reader.file(process.pid, 'cmdline') : undefined
    if (bytes !== undefined || process.command === undefined) {
      process.setCommand(bytes === undefined ? '' : decodeCommand(bytes))
    }
    process.commandUntil = this.renewal(process)
  }

  private isOld({ kernel, ended, owner }: Process, until: number): boolean {
    return this.context.scan >= until && !kernel && !ended && owner === undefined
  }

  private renewal({ bornScan, slot }: Process): number {
    const { scan } = this.context
    if (bornScan > 1 && scan - bornScan < YOUNG_SCANS) return scan + 1
    return scan + RENEWED_SCANS + (slot % RENEWED_SCANS)
  }
}
