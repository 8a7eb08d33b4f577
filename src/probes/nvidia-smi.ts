import { safeText } from '../lib/text.ts'
import type { Values } from '../model/sample.ts'
import { writeGpu } from './gpu-values.ts'
import type { SlowContext } from './probe.ts'
import { uniqueNames } from './unique-names.ts'

const PROGRAM = 'nvidia-smi'
const FIELDS = ['name', 'utilization.gpu', 'memory.used', 'memory.total', 'temperature.gpu', 'power.draw']
const ARGUMENTS = [`--query-gpu=${FIELDS.join()}`, '--format=csv,noheader,nounits']
const MEBIBYTE = 1024 * 1024
const MAX_LABEL = 256

/**
 * What NVIDIA's own program tells of its processors, for `parseNvidia`; undefined where there is no such program. Source: nvidia-smi(1). It
 * is asked as a child with a deadline, not through systeminformation, whose `graphics()` waits for the same program with all else standing
 * still (execFileSync, and for good where the driver hangs), starts eight PowerShells beside it on Windows, and takes a 0 for nothing.
 */
export function askNvidia(run: SlowContext['run']): Promise<string | undefined> {
  return run(PROGRAM, ARGUMENTS)
}

/** `NVIDIA GeForce RTX 3080, 12, 1024, 10240, 54, 98.21`, a line a processor → percent, MiB, Celsius and watts in base units. */
export function parseNvidia(text: string, out: Values): void {
  const unique = uniqueNames()
  for (const line of text.split('\n')) {
    const cells = line.split(',').map((cell) => cell.trim())
    if (cells.length !== FIELDS.length) continue
    const [used, memoryUsed, memoryTotal, celsius, watts] = cells.slice(1).map(numberOf)
    const values = {
      gpu_used_ratio: used === undefined ? undefined : used / 100,
      gpu_memory_used_bytes: memoryUsed === undefined ? undefined : memoryUsed * MEBIBYTE,
      gpu_memory_total_bytes: memoryTotal === undefined ? undefined : memoryTotal * MEBIBYTE,
      gpu_temperature_celsius: celsius,
      gpu_power_watts: watts,
    }
    writeGpu(unique(safeText(cells[0] ?? '', MAX_LABEL) || 'NVIDIA'), values, out)
  }
}

/** `[N/A]`, `[Not Supported]` and `[Unknown Error]` are no numbers. */
function numberOf(cell: string): number | undefined {
  return /^-?\d+(\.\d+)?$/.test(cell) ? Number(cell) : undefined
}
