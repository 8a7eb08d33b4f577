import type { ProcessRow } from '../../../model/processes.ts'
import type { Identities } from './identities.ts'
import type { Process } from './process.ts'

/** What turns kernel units into base units. */
export interface Units {
  readonly ticksPerSecond: number
  readonly pageBytes: number
  /** Unix milliseconds. */
  readonly bootMs: number
}

/** A process as others see it. Reads its user and arguments if nobody wanted them before. */
export function toRow(process: Process, identities: Identities, units: Units): ProcessRow {
  const uid = identities.uid(process)
  const user = identities.user(process)
  return {
    pid: process.pid,
    ppid: process.ppid,
    name: process.name,
    command: identities.command(process),
    ...(user !== undefined && { user }),
    ...(uid !== undefined && { uid }),
    state: String.fromCharCode(process.state),
    nice: process.nice,
    threads: process.threads,
    ...(!Number.isNaN(process.cpuRatio) && { cpuRatio: process.cpuRatio }),
    cpuSeconds: process.ticks / units.ticksPerSecond,
    memoryBytes: process.residentPages * units.pageBytes,
    startedMs: units.bootMs + (process.startTicks / units.ticksPerSecond) * 1000,
    startTicks: process.startTicks,
    kernel: process.kernel,
    history: process.history,
  }
}
