import { Cursor } from '../../../lib/decimal.ts'
import type { ProcessDetail } from '../../../model/watch.ts'
import { decodeSafe } from '../../decode.ts'
import type { Bytes } from '../../probe.ts'
import { capabilityNames } from './capabilities.ts'

const MODES = ['off', 'strict', 'filter'] as const
const KIB = 1024

/** What /proc/PID/status says. A line that the kernel does not write is absent. */
export interface StatusReading {
  readonly uid?: number
  readonly gid?: number
  /** Ids of supplementary groups. */
  readonly groups: readonly number[]
  /** Absent for zombies and threads of the kernel, which have no memory of their own; so is what lies in swap. */
  readonly residentBytes?: number
  readonly swapBytes?: number
  readonly threads?: number
  /** Of this one thread, as all context switches are. */
  readonly voluntarySwitches?: number
  readonly forcedSwitches?: number
  readonly seccomp?: NonNullable<ProcessDetail['seccomp']>
  readonly noNewPrivileges?: boolean
  readonly capabilities?: readonly string[]
  readonly affinity?: string
  /** Its pid in each pid namespace it is in, that of the reader first. */
  readonly namespacePids: readonly number[]
}

type Draft = { -readonly [Key in keyof StatusReading]: StatusReading[Key] }

const READERS: Readonly<Record<string, (cursor: Cursor, draft: Draft) => void>> = {
  Uid: (cursor, draft) => number(cursor, (value) => (draft.uid = value)),
  Gid: (cursor, draft) => number(cursor, (value) => (draft.gid = value)),
  Groups: (cursor, draft) => {
    draft.groups = numbers(cursor)
  },
  VmRSS: (cursor, draft) => number(cursor, (value) => (draft.residentBytes = value * KIB)),
  VmSwap: (cursor, draft) => number(cursor, (value) => (draft.swapBytes = value * KIB)),
  Threads: (cursor, draft) => number(cursor, (value) => (draft.threads = value)),
  voluntary_ctxt_switches: (cursor, draft) => number(cursor, (value) => (draft.voluntarySwitches = value)),
  nonvoluntary_ctxt_switches: (cursor, draft) => number(cursor, (value) => (draft.forcedSwitches = value)),
  Seccomp: (cursor, draft) =>
    number(cursor, (value) => Object.assign(draft, MODES[value] && { seccomp: MODES[value] })),
  NoNewPrivs: (cursor, draft) => number(cursor, (value) => (draft.noNewPrivileges = value === 1)),
  CapEff: (cursor, draft) => {
    const names = capabilityNames(cursor.word())
    if (names !== undefined) draft.capabilities = names
  },
  Cpus_allowed_list: (cursor, draft) => {
    const list = decodeSafe(cursor.wordBytes())
    if (list !== '') draft.affinity = list
  },
  NSpid: (cursor, draft) => {
    draft.namespacePids = numbers(cursor)
  },
}

function number(cursor: Cursor, take: (value: number) => void): void {
  const value = cursor.integer()
  if (!Number.isNaN(value)) take(value)
}

function numbers(cursor: Cursor): number[] {
  const values: number[] = []
  for (let value = cursor.integer(); !Number.isNaN(value); value = cursor.integer()) values.push(value)
  return values
}

/**
 * Reads the lines of /proc/PID/status, `Name:⇥value`, that healthtop knows; all others, and those without the number they promise, are
 * passed over. Source: proc_pid_status(5).
 */
export function parseStatus(bytes: Bytes): StatusReading {
  const draft: Draft = { groups: [], namespacePids: [] }
  const cursor = new Cursor(bytes)
  for (; !cursor.done; cursor.skipLine()) {
    const name = cursor.word()
    if (!name.endsWith(':')) continue
    READERS[name.slice(0, -1)]?.(cursor, draft)
  }
  return draft
}

/** Context switches of a thread, from its status; undefined where the kernel does not count them. Passes over all other lines: they cost. */
export function parseSwitches(bytes: Bytes): { readonly voluntary: number; readonly forced: number } | undefined {
  const text = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length)
  const at = text.lastIndexOf('\nvoluntary_ctxt_switches:')
  if (at < 0) return undefined
  const cursor = new Cursor(bytes, at + 1)
  cursor.skipWord()
  const voluntary = cursor.integer()
  cursor.skipLine()
  cursor.skipWord()
  const forced = cursor.integer()
  return Number.isNaN(voluntary + forced) ? undefined : { voluntary, forced }
}
