import type { ProcessField, ProcessRow } from '../../../model/processes.ts'
import type { Identities } from './identities.ts'
import type { Process } from './process.ts'

type Numbers = { -readonly [Key in keyof ProcessRow as number extends ProcessRow[Key] ? Key : never]?: number }
type Texts = 'unit' | 'container' | 'cgroup'

/** What of a row is absent where it is not known. */
const NUMBERS: readonly (readonly [keyof Numbers, ProcessField])[] = [
  ['priority', 'priority'],
  ['cpuRatio', 'cpu'],
  ['cpuUserRatio', 'cpu_user'],
  ['cpuSystemRatio', 'cpu_system'],
  ['userSeconds', 'time_user'],
  ['systemSeconds', 'time_system'],
  ['waitCpuRatio', 'wait_cpu'],
  ['waitIoRatio', 'wait_io'],
  ['sharedBytes', 'shared'],
  ['proportionalBytes', 'proportional'],
  ['swapBytes', 'swap'],
  ['faultsPerSecond', 'faults'],
  ['majorFaultsPerSecond', 'major_faults'],
  ['readBytesPerSecond', 'read'],
  ['writeBytesPerSecond', 'write'],
  ['files', 'files'],
]
const TEXTS: readonly Texts[] = ['unit', 'container', 'cgroup']

/** A process as others see it. Reads its user and arguments if nobody wanted them before. */
export function toRow(process: Process, identities: Identities): ProcessRow {
  const uid = identities.uid(process)
  const command = identities.command(process)
  const numbers: Partial<Record<keyof Numbers, number>> = {}
  for (const [key, field] of NUMBERS) {
    const value = process.known(field)
    if (typeof value === 'number') numbers[key] = value
  }
  const texts: Partial<Record<Texts, string>> = {}
  for (const key of TEXTS) {
    const value = process.known(key)
    if (typeof value === 'string') texts[key] = value
  }
  const user = process.known('user')
  const { mark } = process
  const ioClass = process.details?.ioClass
  return {
    kind: process.owner === undefined ? 'process' : 'thread',
    pid: process.pid,
    ppid: process.ppid,
    name: process.name,
    command,
    ...(typeof user === 'string' && { user }),
    ...(uid !== undefined && { uid }),
    state: String.fromCharCode(process.state),
    nice: process.nice,
    threads: process.threads,
    cpuSeconds: process.cpuSeconds,
    memoryBytes: process.memoryBytes,
    startedMs: process.startedMs,
    startTicks: process.startTicks,
    kernel: process.kernel,
    history: process.history,
    ...numbers,
    ...texts,
    ...(ioClass !== undefined && { ioClass }),
    ...(mark !== undefined && { mark }),
  }
}
