import type { Values } from '../../model/sample.ts'
import type { Bytes, HostFiles, Probe } from '../probe.ts'
import { namedLine } from './named-line.ts'
import { parsePageBytes, USUAL_PAGE_BYTES } from './processes/page-size.ts'

const FILE = 'proc/vmstat'

const PAGES = [
  ['swap_in_bytes_total', namedLine(FILE, 'pswpin')],
  ['swap_out_bytes_total', namedLine(FILE, 'pswpout')],
] as const
const COUNTS = [
  ['memory_faults_total', namedLine(FILE, 'pgfault')],
  ['memory_major_faults_total', namedLine(FILE, 'pgmajfault')],
  ['oom_kills_total', namedLine(FILE, 'oom_kill')],
] as const

/** Swapping, page faults and killings for want of memory. Source: /proc/vmstat, proc_vmstat(5). */
export const vmstat: Probe = {
  name: 'vmstat',
  everyMs: 1000,
  series: [...PAGES, ...COUNTS].map(([series]) => series),
  read: (files, out) => {
    const pageBytes = readPageBytes(files)
    const bytes = files.optional(FILE)
    if (bytes !== undefined) parseVmstat(bytes, pageBytes, out)
  },
}

function readPageBytes(files: HostFiles): number {
  const vector = files.optional('proc/self/auxv')
  return vector === undefined ? USUAL_PAGE_BYTES : parsePageBytes(vector)
}

/**
 * Counters since the start; pages become bytes. Lines the kernel does not have are absent (events when built without
 * VM_EVENT_COUNTERS, pswpin without swap, oom_kill before Linux 4.13). Throws ParseError with the line that has no number.
 */
export function parseVmstat(bytes: Bytes, pageBytes: number, out: Values): void {
  for (const [series, line] of PAGES) {
    const pages = line.read(bytes)
    if (pages !== undefined) out.counter(series, pages * pageBytes)
  }
  for (const [series, line] of COUNTS) {
    const count = line.read(bytes)
    if (count !== undefined) out.counter(series, count)
  }
}
