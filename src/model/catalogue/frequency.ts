import { type Metric, sourced } from '../metric.ts'

/** Clock frequency of the cores, and heat. Sources: kernel doc admin-guide/pm/cpufreq, ABI/testing/sysfs-devices-system-cpu. */
export const frequencyMetrics: readonly Metric[] = [
  ...sourced('/sys/devices/system/cpu/cpufreq/policyN/scaling_cur_freq, else /proc/cpuinfo, cpu MHz', [
    {
      name: 'cpu_frequency_hertz',
      help: 'clock frequency, averaged over the cores that are online',
      unit: 'hertz',
      bounds: { min: 0 },
      derivation: { kind: 'gauge' },
    },
    {
      name: 'core_frequency_hertz',
      help: 'clock frequency of one core',
      unit: 'hertz',
      bounds: { min: 0 },
      ring: 'short',
      derivation: { kind: 'gauge' },
    },
  ]),
  ...sourced('/sys/devices/system/cpu/cpufreq/policyN/cpuinfo_max_freq', [
    {
      name: 'cpu_frequency_limit_hertz',
      help: 'highest clock frequency of the hardware, averaged over the cores that are online',
      unit: 'hertz',
      bounds: { min: 0 },
      derivation: { kind: 'gauge' },
    },
  ]),
  ...sourced('/sys/devices/system/cpu/cpuN/thermal_throttle/core_throttle_count', [
    {
      name: 'cpu_throttled_total',
      help: 'times heat held back a core',
      unit: 'count',
      derivation: { kind: 'counter' },
    },
    {
      name: 'cpu_throttled_per_second',
      help: 'times heat held back a core',
      unit: 'per_second',
      bounds: { min: 0 },
      derivation: { kind: 'rate', of: 'cpu_throttled_total' },
    },
  ]),
]
