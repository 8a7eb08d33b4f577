import type { Values } from '../model/sample.ts'
import { seriesKey } from '../model/series.ts'

export const GPU_SERIES = [
  'gpu_used_ratio',
  'gpu_memory_used_bytes',
  'gpu_memory_total_bytes',
  'gpu_temperature_celsius',
  'gpu_power_watts',
] as const

/** What is known of a graphics processor, in base units. */
export type GpuValues = Readonly<Record<(typeof GPU_SERIES)[number], number | undefined>>

/** Writes what is known. */
export function writeGpu(gpu: string, values: GpuValues, out: Values): void {
  for (const name of GPU_SERIES) {
    const value = values[name]
    if (value !== undefined) out.gauge(seriesKey(name, { gpu }), value)
  }
}
