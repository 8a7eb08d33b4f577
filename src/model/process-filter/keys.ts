import { nearest } from '../../lib/nearest.ts'
import type { ProcessField } from '../processes.ts'

/** What a key's values are: text (found anywhere in it), a whole word, or a number of a unit. */
export type KeyKind = 'text' | 'word' | 'state' | 'class' | 'ratio' | 'bytes' | 'rate' | 'seconds' | 'number'

/** A key of the filter language. */
export interface FilterKey {
  readonly name: string
  /** Other ways to write it. */
  readonly aliases: readonly string[]
  readonly kind: KeyKind
  /** What it asks about. */
  readonly field: ProcessField
  readonly help: string
}

type Row = readonly [name: string, kind: KeyKind, field: ProcessField, help: string, ...aliases: string[]]

const ROWS: readonly Row[] = [
  ['user', 'word', 'user', 'who it belongs to'],
  ['pid', 'number', 'pid', 'process id: 42, 1,2 or 100-200'],
  ['ppid', 'number', 'ppid', "its parent's process id", 'parent'],
  ['name', 'text', 'name', 'its short name'],
  ['command', 'text', 'command', 'its arguments', 'args', 'cmd'],
  ['state', 'state', 'state', 'R running, S sleeping, D waiting for a disk, Z zombie, T stopped'],
  ['unit', 'text', 'unit', "systemd's unit"],
  ['container', 'text', 'container', "its container's name or id"],
  ['cgroup', 'text', 'cgroup', "its control group's path"],
  ['cpu', 'ratio', 'cpu', 'share of one core'],
  ['cpu_user', 'ratio', 'cpu_user', 'share of one core in its own code'],
  ['cpu_system', 'ratio', 'cpu_system', 'share of one core in the kernel'],
  ['wait', 'ratio', 'wait_cpu', 'share of time it waited for a core', 'wait_cpu'],
  ['wait_io', 'ratio', 'wait_io', 'share of time it waited for disks'],
  ['mem', 'bytes', 'memory', 'resident memory', 'memory', 'rss'],
  ['shared', 'bytes', 'shared', 'memory shared with others', 'shr'],
  ['pss', 'bytes', 'proportional', 'its share of what it uses together with others', 'proportional'],
  ['swap', 'bytes', 'swap', 'swapped out'],
  ['read', 'rate', 'read', 'bytes a second read from disks'],
  ['write', 'rate', 'write', 'bytes a second written to disks'],
  ['faults', 'number', 'faults', 'page faults a second'],
  ['major_faults', 'number', 'major_faults', 'page faults a second that read from a disk', 'majflt'],
  ['threads', 'number', 'threads', 'how many threads it has'],
  ['files', 'number', 'files', 'open file descriptors', 'fds'],
  ['age', 'seconds', 'started', 'time since it started', 'started'],
  ['time', 'seconds', 'time', 'CPU time since it started'],
  ['time_user', 'seconds', 'time_user', 'CPU time in its own code'],
  ['time_system', 'seconds', 'time_system', 'CPU time in the kernel'],
  ['nice', 'number', 'nice', 'niceness, -20 to 19', 'ni'],
  ['priority', 'number', 'priority', "the kernel's priority", 'pri'],
  ['io', 'class', 'io_class', 'I/O class: idle, best-effort, realtime, none', 'io_class'],
]

export const FILTER_KEYS: readonly FilterKey[] = ROWS.map(([name, kind, field, help, ...aliases]) => ({
  name,
  kind,
  field,
  help,
  aliases,
}))

const BY_NAME: ReadonlyMap<string, FilterKey> = new Map(
  FILTER_KEYS.flatMap((key) => [key.name, ...key.aliases].map((name) => [name, key] as const)),
)

/** The key of this name, in any case. */
export function findKey(name: string): FilterKey | undefined {
  return BY_NAME.get(name.toLowerCase())
}

/** Whether a key's values are found in text, and so have no order. */
export function isTextual({ kind }: FilterKey): boolean {
  return kind === 'text' || kind === 'word' || kind === 'state' || kind === 'class'
}

/** The name of the key that somebody who wrote `text` most likely meant; undefined when none is near. */
export function nearestKey(text: string): string | undefined {
  const name = nearest(text.toLowerCase(), BY_NAME.keys())
  return name === undefined ? undefined : BY_NAME.get(name)?.name
}
