import type { Leaders, ProcessRow } from '../../model/processes.ts'
import { rowKey } from '../../model/processes.ts'
import { LINE_VERSION, type LoggedProcess, type ProcessesLine } from '../line.ts'

const MOST = 20

/** The line of the processes that lead in anything, the first of each list before the second ones; undefined where there are none. */
export function processesLine({ cpu, memory, write, read }: Leaders, wallMs: number): ProcessesLine | undefined {
  const lists = [cpu, memory, write, read]
  const found = new Map<string, ProcessRow>()
  const longest = Math.max(...lists.map(({ length }) => length))
  for (let place = 0; place < longest; place++) {
    for (const list of lists) {
      const row = list[place]
      if (row !== undefined && found.size < MOST) found.set(rowKey(row), row)
    }
  }
  if (found.size === 0) return undefined
  return { v: LINE_VERSION, t: wallMs, kind: 'processes', processes: [...found.values()].map(logged) }
}

function logged(row: ProcessRow): LoggedProcess {
  const { pid, name, user, unit, startedMs, cpuRatio, memoryBytes, readBytesPerSecond, writeBytesPerSecond } = row
  return {
    pid,
    name,
    ...(user !== undefined && { user }),
    ...(unit !== undefined && { unit }),
    started_ms: startedMs,
    ...(cpuRatio !== undefined && { cpu_ratio: cpuRatio }),
    memory_bytes: memoryBytes,
    ...(readBytesPerSecond !== undefined && { read_bytes_per_second: readBytesPerSecond }),
    ...(writeBytesPerSecond !== undefined && { write_bytes_per_second: writeBytesPerSecond }),
  }
}
