import { type CpuInfo, cpus } from 'node:os'
import type { Values } from '../../model/sample.ts'
import { seriesKey } from '../../model/series.ts'
import type { Probe } from '../probe.ts'

/** Modes that no other system has, or that libuv says 0 of: absent then, as are the shares made of them alone. */
const TOLD: Partial<Record<NodeJS.Platform, readonly (keyof CpuInfo['times'])[]>> = {
  // Its kernel time holds that of interrupts already.
  win32: ['user', 'sys', 'idle'],
  darwin: ['user', 'nice', 'sys', 'idle'],
}
const ALL: readonly (keyof CpuInfo['times'])[] = ['user', 'nice', 'sys', 'idle', 'irq']

const SERIES = {
  user: 'cpu_user_seconds_total',
  nice: 'cpu_nice_seconds_total',
  sys: 'cpu_system_seconds_total',
  idle: 'cpu_idle_seconds_total',
  irq: 'cpu_irq_seconds_total',
} as const

/** Time of all cores and of each, by what they did. Source: `os.cpus()` of Node, which counts milliseconds since the start. */
export const cpu: Probe = {
  name: 'cpu',
  everyMs: 1000,
  series: [...Object.values(SERIES), 'core_busy_seconds_total', 'core_seconds_total'],
  read: (_files, out) => writeCpus(cpus(), process.platform, out),
}

/** Counters of the whole machine and of each core. Throws where the system tells of no cores. */
export function writeCpus(cores: readonly CpuInfo[], platform: NodeJS.Platform, out: Values): void {
  if (cores.length === 0) throw new Error('the system tells nothing of its cores')
  const modes = TOLD[platform] ?? ALL
  for (const mode of modes) out.counter(SERIES[mode], cores.reduce((sum, { times }) => sum + times[mode], 0) / 1000)
  for (const [index, { times }] of cores.entries()) {
    const labels = { cpu: String(index) }
    const all = modes.reduce((sum, mode) => sum + times[mode], 0)
    out.counter(seriesKey('core_busy_seconds_total', labels), (all - times.idle) / 1000)
    out.counter(seriesKey('core_seconds_total', labels), all / 1000)
  }
}
