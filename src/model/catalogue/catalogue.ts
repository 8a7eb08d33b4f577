import type { Metric } from '../metric.ts'
import { cpuMetrics } from './cpu.ts'
import { diskMetrics } from './disk.ts'
import { hostMetrics } from './host.ts'
import { memoryMetrics } from './memory.ts'
import { networkMetrics } from './network.ts'
import { pressureMetrics } from './pressure.ts'

/** Every metric healthtop knows, in the order in which people read them. */
export const catalogue: readonly Metric[] = [
  ...cpuMetrics,
  ...hostMetrics,
  ...memoryMetrics,
  ...pressureMetrics,
  ...diskMetrics,
  ...networkMetrics,
]

const byName = new Map(catalogue.map((metric) => [metric.name, metric]))

/** The catalogue's entry for a metric's name (no labels); undefined for a name it does not know. */
export function metricOf(name: string): Metric | undefined {
  return byName.get(name)
}
