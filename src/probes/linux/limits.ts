import { Cursor, readInteger } from '../../lib/decimal.ts'
import type { Values } from '../../model/sample.ts'
import { demand } from '../decode.ts'
import type { Bytes, HostFiles, Probe } from '../probe.ts'

const FILE_NR = 'proc/sys/fs/file-nr'
const LOADAVG = 'proc/loadavg'
const PID_MAX = 'proc/sys/kernel/pid_max'
const THREADS_MAX = 'proc/sys/kernel/threads-max'
const CONNTRACK_COUNT = 'proc/sys/net/netfilter/nf_conntrack_count'
const CONNTRACK_MAX = 'proc/sys/net/netfilter/nf_conntrack_max'

/** A limit beyond this is none: systemd sets fs.file-max to the greatest number of 64 bits. */
const NO_LIMIT = 2 ** 62

/**
 * What the kernel gives out only so much of: open files, process ids and tracked connections. Sources: /proc/sys/fs/file-nr,
 * proc_sys_fs(5); /proc/loadavg with /proc/sys/kernel/{pid_max,threads-max}, proc_sys_kernel(5); /proc/sys/net/netfilter, kernel doc
 * networking/nf_conntrack-sysctl, there only with the module. What one user or container may have is less and not told here.
 */
export const limits: Probe = {
  name: 'limits',
  everyMs: 2000,
  series: [
    'files_open',
    'files_limit',
    'files_used_ratio',
    'pids_used',
    'pids_limit',
    'pids_used_ratio',
    'conntrack_entries',
    'conntrack_limit',
    'conntrack_used_ratio',
  ],
  read: (files, out) => {
    const fileNr = files.optional(FILE_NR)
    if (fileNr !== undefined) parseFileNr(fileNr, out)
    const loadavg = files.optional(LOADAVG)
    if (loadavg !== undefined) {
      const tasks = parseTasks(loadavg)
      write(out, 'pids', 'pids_used', tasks, leastOf(readNumber(files, PID_MAX), readNumber(files, THREADS_MAX)))
    }
    const entries = readNumber(files, CONNTRACK_COUNT)
    if (entries !== undefined) write(out, 'conntrack', 'conntrack_entries', entries, readNumber(files, CONNTRACK_MAX))
  },
}

/** `413 0 2466177`: handles given out, those of them that are free again, and the limit. Throws ParseError with the field. */
export function parseFileNr(bytes: Bytes, out: Values): void {
  const cursor = new Cursor(bytes)
  const field = (name: string) => demand(cursor.integer(), FILE_NR, name, bytes, cursor.at)
  const given = field('allocated')
  const free = field('free')
  write(out, 'files', 'files_open', given - free, field('maximum'))
}

/** `0.18 0.10 0.03 1/85 3615` → 85, the tasks there are: threads take ids too. Throws ParseError. */
export function parseTasks(bytes: Bytes): number {
  const cursor = new Cursor(bytes)
  cursor.skipWords(3)
  cursor.integer()
  const tasks = cursor.take('/') ? cursor.integer() : Number.NaN
  return demand(tasks, LOADAVG, 'tasks', bytes, cursor.at)
}

function readNumber(files: HostFiles, path: string): number | undefined {
  const bytes = files.optional(path)
  return bytes === undefined ? undefined : demand(readInteger(bytes), path, 'value', bytes, 0)
}

function leastOf(...limitsKnown: readonly (number | undefined)[]): number | undefined {
  const known = limitsKnown.filter((limit) => limit !== undefined)
  return known.length === 0 ? undefined : Math.min(...known)
}

function write(out: Values, family: string, usedSeries: string, used: number, limit: number | undefined): void {
  out.gauge(usedSeries, used)
  if (limit === undefined) return
  out.gauge(`${family}_limit`, limit)
  if (limit > 0 && limit < NO_LIMIT) out.gauge(`${family}_used_ratio`, used / limit)
}
