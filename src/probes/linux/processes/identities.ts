import { readFileSync, statSync } from 'node:fs'
import { decodeCommand, parsePasswd, parseUid } from './identity.ts'
import type { Process } from './process.ts'
import type { ProcessReader } from './reader.ts'

/** Reads who a process belongs to and its arguments: once each, and only when somebody wants to know. */
export class Identities {
  private readonly reader: ProcessReader
  private readonly passwd: string
  private names: ReadonlyMap<number, string> = new Map()
  private passwdMs = Number.NaN

  constructor(reader: ProcessReader, root: string) {
    this.reader = reader
    this.passwd = `${root}/etc/passwd`
  }

  /** Reads passwd again if it was changed. Without one, users are numbers. */
  refreshUsers(): void {
    try {
      const { mtimeMs } = statSync(this.passwd)
      if (mtimeMs === this.passwdMs) return
      this.names = parsePasswd(readFileSync(this.passwd, 'utf8'))
      this.passwdMs = mtimeMs
    } catch (error) {
      const code = (error as NodeJS.ErrnoException).code
      if (code !== 'ENOENT' && code !== 'EACCES' && code !== 'ENOTDIR') throw error
    }
  }

  /** The user id; undefined when it cannot be read. */
  uid(process: Process): number | undefined {
    if (process.uid === undefined) {
      process.uid = this.readUid(process.pid) ?? null
    }
    return process.uid ?? undefined
  }

  /** The user id of whoever has this pid now. */
  readUid(pid: number): number | undefined {
    const bytes = this.reader.file(pid, 'status')
    const uid = bytes === undefined ? Number.NaN : parseUid(bytes)
    return Number.isNaN(uid) ? undefined : uid
  }

  /** The user's name, or the id as text where it has none. */
  user(process: Process): string | undefined {
    const uid = this.uid(process)
    return uid === undefined ? undefined : (this.names.get(uid) ?? String(uid))
  }

  /** As `user`, without reading anything: for comparing thousands. */
  knownUser(process: Process): string | undefined {
    const { uid } = process
    return typeof uid === 'number' ? (this.names.get(uid) ?? String(uid)) : undefined
  }

  /** The arguments; the name where there are none to read. */
  command(process: Process): string {
    if (process.command === undefined) {
      const bytes = this.reader.file(process.pid, 'cmdline')
      process.setCommand(bytes === undefined ? '' : decodeCommand(bytes))
    }
    return process.command as string
  }

  /** Programs drop privileges and write titles over their arguments without taking another name: asks anew. */
  refresh(process: Process): void {
    if (process.kernel || process.command === undefined) return
    process.uid = undefined
    process.command = undefined
    this.uid(process)
    this.command(process)
  }
}
