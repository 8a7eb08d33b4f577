import { safeText } from '../../../lib/text.ts'
import type { IoClass, ProcessRow } from '../../../model/processes.ts'
import type { Denied, FilesDetail, Part, ProcessDetail, ProcessLimit, WatchSection } from '../../../model/watch.ts'
import { decode } from '../../decode.ts'
import type { HostFiles } from '../../probe.ts'
import { Paced } from '../../watch/paced.ts'
import type { PlatformDetail } from '../../watch/platform.ts'
import { given } from '../cgroup/files.ts'
import { parseCgroup } from '../processes/cgroup.ts'
import { parseArguments } from './arguments.ts'
import { ProcessCgroup } from './cgroup.ts'
import { parseEnvironment } from './environment.ts'
import type { Instance, InstanceContext } from './instance.ts'
import { openFilesLimit, parseLimits } from './limits.ts'
import { groupName } from './names.ts'
import { parseNamespace } from './namespaces.ts'
import { OpenFiles } from './open-files.ts'
import { known, type Look, REFUSED } from './reader.ts'
import { parseRollup } from './rollup.ts'
import { schedulerOf } from './scheduler.ts'
import { Sockets } from './sockets.ts'
import { parseStatus } from './status.ts'
import { terminalName } from './terminal.ts'
import { Threads } from './threads.ts'

/** A little less than a scan, so that each scan reads them unless they are dear. */
const FAST_MS = 1500
const SLOW_MS = 5000
const ONCE = Number.POSITIVE_INFINITY

const NAMESPACES = ['cgroup', 'ipc', 'mnt', 'net', 'pid', 'time', 'user', 'uts']

export interface DetailOptions {
  readonly context: InstanceContext
  readonly host: HostFiles
  readonly row: ProcessRow
  readonly instance: Instance
  /** User id of healthtop; undefined where there are none. */
  readonly uid: number | undefined
  /** Asks for the I/O class; told by and by. */
  readonly askIoClass: (pid: number, tell: (ioClass: IoClass | undefined) => void) => void
}

type Paces = { readonly [Section in WatchSection]: Paced<Look<ProcessDetail[Section]>> }

/** Reads all of one process that is no number over time; the dear parts only while somebody looks at them, and at a pace of their own. */
export class Detail {
  private readonly options: DetailOptions
  private readonly openFiles: OpenFiles
  private readonly sockets: Sockets
  private readonly threads: Threads
  private readonly cgroup: ProcessCgroup
  private readonly paces: Paces
  private ioClass: IoClass | undefined

  constructor(options: DetailOptions) {
    const { context, host, row } = options
    const { files, now, ticksPerSecond } = context
    this.options = options
    this.openFiles = new OpenFiles(files, row.pid)
    this.sockets = new Sockets(files, host, row.pid)
    this.threads = new Threads(files, row.pid, ticksPerSecond)
    this.cgroup = new ProcessCgroup(files, host, row.pid)
    this.paces = {
      files: new Paced(FAST_MS, now),
      threads: new Paced(FAST_MS, now),
      memory: new Paced(SLOW_MS, now),
      sockets: new Paced(SLOW_MS, now),
      environment: new Paced(ONCE, now),
    }
    options.askIoClass(row.pid, (ioClass) => {
      this.ioClass = ioClass
    })
  }

  /** Undefined when it has ended. */
  read(sections: ReadonlySet<WatchSection>): PlatformDetail | undefined {
    const { row, instance } = this.options
    const stat = instance.stat()
    if (stat === undefined) return undefined
    const limits = this.limits()
    const detail: PlatformDetail = {
      arguments: this.commandLine(),
      ...given({ user: row.user, terminal: terminalName(stat.terminal), scheduler: schedulerOf(stat) }),
      ...given({ ioClass: this.ioClass, limits, namespaces: this.namespaces() }),
      ...this.status(),
      ...this.places(),
      ...given({ oomScore: this.number('oom_score'), oomScoreAdjust: this.number('oom_score_adj') }),
      ...this.sections(sections, limits),
    }
    // Whatever was read meanwhile may be of the next process with this pid.
    return instance.stat() === undefined ? undefined : detail
  }

  private look<T>(looked: Look<T>): Part<T> | undefined {
    return looked === REFUSED ? this.denied() : looked
  }

  private denied(): Denied {
    const { row, uid } = this.options
    return { denied: row.uid === undefined || row.uid === uid ? 'is protected' : `belongs to ${row.user ?? row.uid}` }
  }

  private commandLine(): readonly string[] {
    const bytes = known(this.options.context.files.read(this.options.row.pid, 'cmdline'))
    return bytes === undefined ? [] : parseArguments(bytes)
  }

  private status(): Partial<PlatformDetail> {
    const { context, host, row } = this.options
    const bytes = known(context.files.read(row.pid, 'status'))
    if (bytes === undefined) return {}
    const { gid, capabilities, seccomp, noNewPrivileges, affinity } = parseStatus(bytes)
    const group = gid === undefined ? undefined : groupName(host, gid)
    return given({ group, capabilities, seccomp, noNewPrivileges, affinity })
  }

  private places(): Partial<PlatformDetail> {
    const { context, row } = this.options
    const link = (name: string) => this.look(this.safeLink(name))
    const rootFolder = known(this.safeLink('root'))
    const bytes = known(context.files.read(row.pid, 'cgroup'))
    const { unit, container } = (bytes && parseCgroup(decode(bytes))) ?? {}
    return given({
      program: link('exe'),
      folder: link('cwd'),
      rootFolder: rootFolder === '/' ? undefined : rootFolder,
      unit,
      container,
      cgroup: this.cgroup.detail(),
    })
  }

  private safeLink(name: string): Look<string> {
    const target = this.options.context.files.link(this.options.row.pid, name)
    return target === undefined || target === REFUSED ? target : safeText(target)
  }

  private number(name: string): number | undefined {
    const bytes = known(this.options.context.files.read(this.options.row.pid, name))
    const text = bytes === undefined ? '' : decode(bytes).trim()
    return /^-?\d{1,9}$/.test(text) ? Number(text) : undefined
  }

  private limits(): Part<readonly ProcessLimit[]> | undefined {
    const bytes = this.options.context.files.read(this.options.row.pid, 'limits')
    return this.look(bytes === undefined || bytes === REFUSED ? bytes : parseLimits(bytes))
  }

  private namespaces(): PlatformDetail['namespaces'] {
    const { context, row } = this.options
    const others: { kind: string; inode: number; own: boolean }[] = []
    for (const kind of NAMESPACES) {
      const link = context.files.link(row.pid, `ns/${kind}`)
      if (link === REFUSED) return this.denied()
      const inode = link === undefined ? undefined : parseNamespace(link)
      const ours = context.files.link('self', `ns/${kind}`)
      if (inode !== undefined && ours !== link) others.push({ kind, inode, own: true })
    }
    return others
  }

  private sections(
    wanted: ReadonlySet<WatchSection>,
    limits: Part<readonly ProcessLimit[]> | undefined,
  ): Partial<PlatformDetail> {
    const { now } = this.options.context
    const limit = Array.isArray(limits) ? openFilesLimit(limits) : undefined
    const readers: { readonly [Section in WatchSection]: () => Look<ProcessDetail[Section]> } = {
      files: (): Look<FilesDetail> => this.openFiles.read(now(), limit),
      sockets: () => this.sockets.read(),
      threads: () => this.threads.read(now()),
      memory: () => this.parsed('smaps_rollup', parseRollup),
      environment: () => this.parsed('environ', parseEnvironment),
    }
    const parts: Partial<Record<WatchSection, unknown>> = {}
    for (const section of wanted) {
      const pace = this.paces[section] as Paced<unknown>
      const part = this.look(pace.get(readers[section]) as Look<unknown>)
      if (part !== undefined) parts[section] = part
    }
    return parts as Partial<PlatformDetail>
  }

  private parsed<T>(name: string, parse: (bytes: Uint8Array) => T): Look<T> {
    const bytes = this.options.context.files.read(this.options.row.pid, name)
    return bytes === undefined || bytes === REFUSED ? bytes : parse(bytes)
  }
}
