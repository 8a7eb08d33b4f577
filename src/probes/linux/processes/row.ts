import type { ProcessField, ProcessRow } from '../../../model/processes.ts'
import type { Identities } from './identities.ts'
import type { Process } from './process.ts'

type Row = { -readonly [Key in keyof ProcessRow]: ProcessRow[Key] }
type Numbers = { readonly [Key in keyof ProcessRow as number extends ProcessRow[Key] ? Key : never]: number }
type Texts = 'user' | 'unit' | 'container' | 'cgroup'

/** What of a row is absent where it is not known. */
const NUMBERS: readonly { readonly key: keyof Numbers; readonly field: ProcessField }[] = [
  { key: 'priority', field: 'priority' },
  { key: 'cpuRatio', field: 'cpu' },
  { key: 'cpuUserRatio', field: 'cpu_user' },
  { key: 'cpuSystemRatio', field: 'cpu_system' },
  { key: 'userSeconds', field: 'time_user' },
  { key: 'systemSeconds', field: 'time_system' },
  { key: 'waitCpuRatio', field: 'wait_cpu' },
  { key: 'waitIoRatio', field: 'wait_io' },
  { key: 'sharedBytes', field: 'shared' },
  { key: 'proportionalBytes', field: 'proportional' },
  { key: 'swapBytes', field: 'swap' },
  { key: 'faultsPerSecond', field: 'faults' },
  { key: 'majorFaultsPerSecond', field: 'major_faults' },
  { key: 'readBytesPerSecond', field: 'read' },
  { key: 'writeBytesPerSecond', field: 'write' },
  { key: 'files', field: 'files' },
]
const TEXTS: readonly Texts[] = ['user', 'unit', 'container', 'cgroup']

/** A process as others see it. Reads its user and arguments if nobody wanted them before. */
export function toRow(process: Process, identities: Identities): ProcessRow {
  const uid = identities.uid(process)
  const command = identities.command(process)
  const row: Row = {
    kind: process.owner === undefined ? 'process' : 'thread',
    pid: process.pid,
    ppid: process.ppid,
    name: process.name,
    command,
    state: String.fromCharCode(process.state),
    nice: process.nice,
    threads: process.threads,
    cpuSeconds: process.cpuSeconds,
    memoryBytes: process.memoryBytes,
    startedMs: process.startedMs,
    startTicks: process.startTicks,
    kernel: process.kernel,
    history: process.history,
  }
  if (uid !== undefined) row.uid = uid
  for (const { key, field } of NUMBERS) {
    const value = process.known(field)
    if (typeof value === 'number') row[key] = value
  }
  for (const key of TEXTS) {
    const value = process.known(key)
    if (typeof value === 'string') row[key] = value
  }
  const { mark } = process
  const ioClass = process.details?.ioClass
  if (ioClass !== undefined) row.ioClass = ioClass
  if (mark !== undefined) row.mark = mark
  return row
}
