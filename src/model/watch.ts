import type { IoClass, ProcessId, ProcessRow } from './processes.ts'

/**
 * Who is watched: one process for good, or whoever has a name or matches a pattern now, across restarts. A name is compared with the
 * short name and with the program's file name, case-insensitively; a pattern (the text between the slashes of `/regex/`) is searched in the whole command line.
 */
export type WatchTarget =
  | { readonly kind: 'process'; readonly id: ProcessId; readonly name: string }
  /** A pid whose start time is not known yet: it becomes `process` with the first scan. */
  | { readonly kind: 'pid'; readonly pid: number }
  | { readonly kind: 'name'; readonly name: string }
  | { readonly kind: 'pattern'; readonly source: string }

/** Parts of the detail that cost: read only while somebody looks at them. */
export const WATCH_SECTIONS = ['files', 'sockets', 'threads', 'environment', 'memory'] as const
export type WatchSection = (typeof WATCH_SECTIONS)[number]

export interface WatchRequest {
  readonly target: WatchTarget
  readonly sections: readonly WatchSection[]
  /** Of several instances, the one whose detail is wanted; the oldest unless given. */
  readonly instance?: ProcessId
}

/** A run of a watched process that came to its end, or the one that goes on (`endedMs` absent). */
export interface Run {
  readonly pid: number
  readonly startedMs: number
  readonly endedMs?: number
  /** Memory it had last, of which a leak's rhythm can be told. */
  readonly memoryBytes?: number
  /** Why it ended, where that can be told: `out of memory` when the kernel's OOM killer ended it meanwhile. */
  readonly cause?: string
}

/** What may not be read: by whom it belongs to, in words for people (`belongs to root`). */
export interface Denied {
  readonly denied: string
}

/** A part of the detail: read, or refused. Absent where there is nothing like it on this platform. */
export type Part<T> = T | Denied

export function isDenied(part: unknown): part is Denied {
  return typeof part === 'object' && part !== null && 'denied' in part
}

/** The series of a watched process are `process_*{process="<label>"}`. */
export interface Watched {
  readonly target: WatchTarget
  /** The value of the label `process`: the name, the pattern, or `name pid`. */
  readonly label: string
  /** `waiting`: nobody was ever seen. */
  readonly state: 'running' | 'gone' | 'waiting'
  /** Oldest first, at most 500; empty while gone. */
  readonly instances: readonly ProcessRow[]
  /** Newest first, the ones that go on included, at most 100. */
  readonly runs: readonly Run[]
  /** Starts seen after an end: how often it was restarted while healthtop watched. */
  readonly restarts: number
  readonly detail?: ProcessDetail
}

/** Everything about one process that is no number over time. Text has passed text safety. */
export interface ProcessDetail {
  readonly id: ProcessId
  readonly row: ProcessRow
  /** The whole command line, an argument each. */
  readonly arguments: readonly string[]
  readonly user?: string
  readonly group?: string
  /** Name and pid of who started it. */
  readonly parent?: { readonly pid: number; readonly name: string }
  readonly program?: Part<string>
  readonly folder?: Part<string>
  /** Its root folder, when it is not `/`. */
  readonly rootFolder?: string
  readonly terminal?: string
  readonly unit?: string
  readonly container?: string
  readonly cgroup?: CgroupDetail
  readonly oomScore?: number
  readonly oomScoreAdjust?: number
  readonly ioClass?: IoClass
  /** Cores it may run on, as `0-3,6`. */
  readonly affinity?: string
  /** `default`, `fifo 10`, `batch` … sched(7). */
  readonly scheduler?: string
  readonly limits?: Part<readonly ProcessLimit[]>
  /** Namespaces that are not the ones of healthtop itself, by kind: `net`, `pid`, `mnt` … with their inode. */
  readonly namespaces?: Part<readonly { readonly kind: string; readonly inode: number; readonly own: boolean }[]>
  /** Effective capabilities by name (`cap_net_bind_service`), or `all`. */
  readonly capabilities?: readonly string[]
  readonly seccomp?: 'off' | 'strict' | 'filter'
  readonly noNewPrivileges?: boolean
  readonly memory?: Part<MemoryDetail>
  readonly files?: Part<FilesDetail>
  readonly sockets?: Part<readonly SocketGroup[]>
  readonly threads?: readonly ThreadDetail[]
  /** Its ancestors from the oldest on, itself, and everything below it, in tree order. */
  readonly family: readonly ProcessRow[]
  /** `NAME=value`; what looks like a secret by its name is marked, and masked until asked for. */
  readonly environment?: Part<readonly EnvironmentVariable[]>
}

export interface ProcessLimit {
  /** As /proc/PID/limits names it, small: `open files`. */
  readonly name: string
  /** Absent: unlimited. */
  readonly soft?: number
  readonly hard?: number
  readonly unit?: string
}

export interface CgroupDetail {
  readonly path: string
  readonly memoryBytes?: number
  readonly memoryLimitBytes?: number
  readonly cpuLimitCores?: number
  /** Share of its periods in which it was held back, since the last reading. */
  readonly throttledRatio?: number
  readonly pidsUsed?: number
  readonly pidsLimit?: number
  readonly pressure?: { readonly cpu?: number; readonly memory?: number; readonly io?: number }
}

/** smaps_rollup, proc_pid_smaps(5). */
export interface MemoryDetail {
  readonly proportionalBytes?: number
  readonly privateBytes?: number
  readonly sharedBytes?: number
  readonly swapBytes?: number
  readonly anonymousBytes?: number
}

export interface FilesDetail {
  /** Descriptors by kind: file, folder, socket, pipe, device, event, other. */
  readonly kinds: Readonly<Record<string, number>>
  readonly open: number
  readonly limit?: number
  /** Files deleted but still open. */
  readonly deleted: number
  /** At most 500, files before all else. */
  readonly list: readonly OpenFile[]
}

export interface OpenFile {
  readonly fd: number
  readonly mode: 'read' | 'write' | 'both'
  readonly kind: string
  readonly path: string
  readonly sizeBytes?: number
  /** Growth of its position since the last reading; only files that are written. */
  readonly writeBytesPerSecond?: number
  readonly deleted: boolean
}

/** Sockets that have the same state, local port and peer. */
export interface SocketGroup {
  readonly protocol: 'tcp' | 'udp' | 'unix'
  /** `listen`, `open`, `closing` …; `·` for none. */
  readonly state: string
  readonly local: string
  /** Address (and port when it is the peer's service), or the other process' path; empty for none. */
  readonly peer: string
  /** Who is at the other end, when that is on this machine. */
  readonly peerProcess?: string
  readonly count: number
  /** Bytes that wait to be read, and to be sent. */
  readonly receiveQueue: number
  readonly sendQueue: number
}

export interface ThreadDetail {
  readonly tid: number
  readonly name: string
  readonly state: string
  readonly cpuRatio?: number
  readonly cpuSeconds: number
  readonly core?: number
}

export interface EnvironmentVariable {
  readonly name: string
  readonly value: string
  readonly secret: boolean
}
