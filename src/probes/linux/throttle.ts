import { Cursor, readInteger } from '../../lib/decimal.ts'
import type { Values } from '../../model/sample.ts'
import { demand } from '../decode.ts'
import type { Bytes, HostFiles } from '../probe.ts'

const CPU = 'sys/devices/system/cpu'

/**
 * Writes `cpu_throttled_total`: how often heat has held back the cores, all together. The threads of a core count the same events, so
 * the first of them speaks for it where the topology is known. Absent where the processor does not count (all but Intel's, virtual
 * machines). Source: sys/devices/system/cpu/cpuN/{thermal_throttle/core_throttle_count,topology/thread_siblings_list}.
 */
export function readThrottles(files: HostFiles, out: Values): void {
  const online = files.optional(`${CPU}/online`)
  if (online === undefined) return
  let total: number | undefined
  for (const cpu of parseCpuList(online, `${CPU}/online`)) {
    if (!speaksForCore(files, cpu)) continue
    const path = `${CPU}/cpu${cpu}/thermal_throttle/core_throttle_count`
    const bytes = files.optional(path)
    if (bytes === undefined) {
      // One without means all without: large machines are not asked thread by thread.
      if (total === undefined) return
      continue
    }
    total = (total ?? 0) + demand(readInteger(bytes), path, 'count', bytes, 0)
  }
  if (total !== undefined) out.counter('cpu_throttled_total', total)
}

/** The list of a core's online threads is in ascending order. */
function speaksForCore(files: HostFiles, cpu: number): boolean {
  const siblings = files.optional(`${CPU}/cpu${cpu}/topology/thread_siblings_list`)
  return siblings === undefined || readInteger(siblings) === cpu
}

/** `0-3,8,10-11` → each of them. Throws ParseError. Source: kernel doc core-api/kernel-api, bitmap lists. */
export function parseCpuList(bytes: Bytes, file: string): readonly number[] {
  const cpus: number[] = []
  const cursor = new Cursor(bytes)
  while (!cursor.lineDone) {
    const first = demand(cursor.integer(), file, 'list', bytes, cursor.at)
    const last = cursor.take('-') ? demand(cursor.integer(), file, 'list', bytes, cursor.at) : first
    for (let cpu = first; cpu <= last; cpu++) cpus.push(cpu)
    if (!cursor.take(',') && !cursor.lineDone) demand(Number.NaN, file, 'list', bytes, cursor.at)
  }
  return cpus
}
