import type { Metric } from '../metric.ts'
import { batteryMetrics } from './battery.ts'
import { cgroupMetrics } from './cgroup.ts'
import { checkMetrics } from './checks.ts'
import { clockMetrics } from './clock.ts'
import { cpuMetrics } from './cpu.ts'
import { diskMetrics } from './disk.ts'
import { frequencyMetrics } from './frequency.ts'
import { gpuMetrics } from './gpu.ts'
import { hostMetrics } from './host.ts'
import { kernelMetrics } from './kernel.ts'
import { limitMetrics } from './limits.ts'
import { memoryMetrics } from './memory.ts'
import { networkMetrics } from './network.ts'
import { ownMetrics } from './own.ts'
import { pressureMetrics } from './pressure.ts'
import { processMetrics } from './process.ts'
import { sensorMetrics } from './sensors.ts'
import { socketMetrics } from './sockets.ts'
import { swappingMetrics } from './swapping.ts'

/** Every metric healthtop knows, in the order in which people read them. */
export const catalogue: readonly Metric[] = [
  ...cpuMetrics,
  ...frequencyMetrics,
  ...hostMetrics,
  ...kernelMetrics,
  ...limitMetrics,
  ...clockMetrics,
  ...memoryMetrics,
  ...swappingMetrics,
  ...pressureMetrics,
  ...cgroupMetrics,
  ...diskMetrics,
  ...networkMetrics,
  ...socketMetrics,
  ...sensorMetrics,
  ...batteryMetrics,
  ...gpuMetrics,
  ...processMetrics,
  ...checkMetrics,
  ...ownMetrics,
]

const byName = new Map(catalogue.map((metric) => [metric.name, metric]))

/** The catalogue's entry for a metric's name (no labels); undefined for a name it does not know. */
export function metricOf(name: string): Metric | undefined {
  return byName.get(name)
}
