import type { ProcessRow } from '../model/processes.ts'

type Value = string | number | null

/** The keys of the contract (DESIGN chapter 12): always there, null where it is not known. */
const CONTRACT: readonly (readonly [string, (row: ProcessRow) => Value])[] = [
  ['pid', (row) => row.pid],
  ['ppid', (row) => row.ppid],
  ['name', (row) => row.name],
  ['command', (row) => row.command],
  ['user', (row) => row.user ?? null],
  ['state', (row) => row.state],
  ['nice', (row) => row.nice],
  ['threads', (row) => row.threads],
  ['cpu_ratio', (row) => row.cpuRatio ?? null],
  ['memory_bytes', (row) => row.memoryBytes],
  ['started_ms', (row) => row.startedMs],
]

/** Further keys: left out where nothing is known. */
const MORE: readonly (readonly [string, (row: ProcessRow) => string | number | undefined])[] = [
  ['cpu_seconds', (row) => row.cpuSeconds],
  ['cpu_user_ratio', (row) => row.cpuUserRatio],
  ['cpu_system_ratio', (row) => row.cpuSystemRatio],
  ['user_seconds', (row) => row.userSeconds],
  ['system_seconds', (row) => row.systemSeconds],
  ['read_bytes_per_second', (row) => row.readBytesPerSecond],
  ['write_bytes_per_second', (row) => row.writeBytesPerSecond],
  ['shared_bytes', (row) => row.sharedBytes],
  ['proportional_bytes', (row) => row.proportionalBytes],
  ['swap_bytes', (row) => row.swapBytes],
  ['wait_cpu_ratio', (row) => row.waitCpuRatio],
  ['wait_io_ratio', (row) => row.waitIoRatio],
  ['faults_per_second', (row) => row.faultsPerSecond],
  ['major_faults_per_second', (row) => row.majorFaultsPerSecond],
  ['files', (row) => row.files],
  ['priority', (row) => row.priority],
  ['io_class', (row) => row.ioClass],
  ['unit', (row) => row.unit],
  ['container', (row) => row.container],
  ['cgroup', (row) => row.cgroup],
]

/** A process as JSON: base units, times in Unix milliseconds, CPU a ratio of one core. */
export function processJson(row: ProcessRow): Readonly<Record<string, Value>> {
  return Object.fromEntries([
    ...CONTRACT.map(([key, value]) => [key, value(row)] as const),
    ...MORE.flatMap(([key, value]) => {
      const known = value(row)
      return known === undefined ? [] : [[key, known] as const]
    }),
  ])
}

/** The columns of a process in CSV: every key, whether known or not, so that lines of all times fit one heading. */
export const PROCESS_KEYS: readonly string[] = [...CONTRACT, ...MORE].map(([key]) => key)
