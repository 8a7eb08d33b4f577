import type { Systeminformation } from 'systeminformation'
import { safeText } from '../../lib/text.ts'
import type { Values } from '../../model/sample.ts'
import { GPU_SERIES, writeGpu } from '../gpu-values.ts'
import { askNvidia, parseNvidia } from '../nvidia-smi.ts'
import type { SlowProbe } from '../probe.ts'
import { uniqueNames } from '../unique-names.ts'

const MEBIBYTE = 1024 * 1024
const MAX_LABEL = 256

type Controller = Pick<
  Systeminformation.GraphicsControllerData,
  'model' | 'vram' | 'vramDynamic' | 'memoryTotal' | 'memoryUsed' | 'utilizationGpu' | 'temperatureGpu' | 'powerDraw'
>

/** Graphics processors of NVIDIA, wherever their own program runs. Source: nvidia-smi(1). */
export const gpu: SlowProbe = {
  name: 'gpu',
  everyMs: 30_000,
  deadlineMs: 20_000,
  series: GPU_SERIES,
  asksMachine: true,
  measure: async ({ run }, out) => parseNvidia((await askNvidia(run)) ?? '', out),
}

/**
 * Graphics processors of macOS. Source: `graphics()` of systeminformation (system_profiler(8), which takes a second). It tells how much
 * memory a card has, and what it is at only to programs of Apple.
 */
export const macGpu: SlowProbe = {
  ...gpu,
  everyMs: 600_000,
  measure: async (_context, out) => {
    const { graphics } = await import('systeminformation')
    writeControllers((await graphics()).controllers, out)
  },
}

/** Percent, MiB, Celsius and watts in base units. The library takes a 0 for nothing; memory that is the machine's own is no card's. */
export function writeControllers(controllers: readonly Controller[], out: Values): void {
  const unique = uniqueNames()
  for (const controller of controllers) {
    const { model, vram, vramDynamic, utilizationGpu, memoryUsed, temperatureGpu, powerDraw } = controller
    const total = controller.memoryTotal ?? (vramDynamic ? undefined : vram)
    const values = {
      gpu_used_ratio: times(utilizationGpu, 0.01),
      gpu_memory_used_bytes: times(memoryUsed, MEBIBYTE),
      gpu_memory_total_bytes: total ? times(total, MEBIBYTE) : undefined,
      gpu_temperature_celsius: times(temperatureGpu, 1),
      gpu_power_watts: times(powerDraw, 1),
    }
    if (Object.values(values).some((value) => value !== undefined)) {
      writeGpu(unique(safeText(model, MAX_LABEL) || 'gpu'), values, out)
    }
  }
}

/** What is not told is undefined or null there. */
function times(value: number | null | undefined, factor: number): number | undefined {
  return value === undefined || value === null || Number.isNaN(value) ? undefined : value * factor
}
