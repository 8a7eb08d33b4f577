import { sourced } from '../metric.ts'
import { ratio } from './entries.ts'

/** Pressure stall information: share of the last 10 s in which tasks were held up. Source: /proc/pressure, kernel doc accounting/psi. */
export const pressureMetrics = sourced('/proc/pressure/{cpu,memory,io}, avg10', [
  ratio('pressure_cpu_some_ratio', 'share of time some task waited for a core'),
  ratio('pressure_memory_some_ratio', 'share of time some task waited for memory'),
  ratio('pressure_memory_full_ratio', 'share of time every task waited for memory'),
  ratio('pressure_io_some_ratio', 'share of time some task waited for a disk'),
  ratio('pressure_io_full_ratio', 'share of time every task waited for a disk'),
])
