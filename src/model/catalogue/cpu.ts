import { type Metric, sourced } from '../metric.ts'

type Entry = Omit<Metric, 'source'>

const MODES = ['user', 'nice', 'system', 'idle', 'iowait', 'irq', 'steal'] as const
const counters = MODES.map((mode) => `cpu_${mode}_seconds_total`)
const ratio = { min: 0, max: 1 }

function share(name: string, help: string, modes: readonly (typeof MODES)[number][]): Entry {
  const of = modes.map((mode) => `cpu_${mode}_seconds_total`)
  return { name, help, unit: 'ratio', bounds: ratio, derivation: { kind: 'share', of, in: counters } }
}

/** Time of all processors by what they did. Source: /proc/stat, proc_stat(5). */
export const cpuMetrics = sourced('/proc/stat, cpu lines', [
  ...MODES.map(
    (mode): Entry => ({
      name: `cpu_${mode}_seconds_total`,
      help: `time of all cores spent in mode ${mode}`,
      unit: 'seconds',
      derivation: { kind: 'counter' },
    }),
  ),
  share('cpu_used_ratio', 'share of all cores that is busy', ['user', 'nice', 'system', 'irq', 'steal']),
  share('cpu_user_ratio', 'share of all cores in programs', ['user', 'nice']),
  share('cpu_system_ratio', 'share of all cores in the kernel', ['system']),
  share('cpu_iowait_ratio', 'share of all cores idle while waiting for disks', ['iowait']),
  share('cpu_irq_ratio', 'share of all cores serving interrupts', ['irq']),
  share('cpu_steal_ratio', 'share of all cores taken by the hypervisor', ['steal']),
  { name: 'core_busy_seconds_total', help: 'busy time of one core', unit: 'seconds', derivation: { kind: 'counter' } },
  { name: 'core_seconds_total', help: 'all time of one core', unit: 'seconds', derivation: { kind: 'counter' } },
  {
    name: 'core_used_ratio',
    help: 'share of one core that is busy',
    unit: 'ratio',
    bounds: ratio,
    ring: 'short',
    derivation: { kind: 'share', of: ['core_busy_seconds_total'], in: ['core_seconds_total'] },
  },
])
