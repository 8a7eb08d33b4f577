import { type Metric, sourced } from '../metric.ts'
import { gauge } from './entries.ts'

const from = (nvidia: string, amd: string) => `nvidia-smi --query-gpu=${nvidia}; /sys/class/drm/cardN/device/${amd}`

/** Graphics processors by `gpu`. Sources: nvidia-smi(1), kernel doc gpu/amdgpu. */
export const gpuMetrics: readonly Metric[] = [
  ...sourced(from('utilization.gpu', 'gpu_busy_percent'), [
    gauge('gpu_used_ratio', 'share of time in which the graphics processor had work', 'ratio'),
  ]),
  ...sourced(from('memory.used', 'mem_info_vram_used'), [
    gauge('gpu_memory_used_bytes', 'memory of the graphics card in use', 'bytes'),
  ]),
  ...sourced(from('memory.total', 'mem_info_vram_total'), [
    gauge('gpu_memory_total_bytes', 'memory of the graphics card', 'bytes'),
  ]),
  ...sourced(from('temperature.gpu', 'hwmon/hwmonN/temp1_input'), [
    gauge('gpu_temperature_celsius', 'temperature of the graphics processor', 'celsius', { min: -100, max: 250 }),
  ]),
  ...sourced(from('power.draw', 'hwmon/hwmonN/power1_average or power1_input'), [
    gauge('gpu_power_watts', 'power the graphics card takes', 'watts'),
  ]),
]
