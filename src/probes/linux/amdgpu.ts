import { GPU_SERIES, writeGpu } from '../gpu-values.ts'
import type { HostFiles, Probe } from '../probe.ts'
import { uniqueNames } from '../unique-names.ts'
import { byNumber, isAsleep, readNumber, readText } from './sysfs.ts'

const DRM = 'sys/class/drm'
const CARD = /^card\d+$/
const MILLI = 1000
const MICRO = 1_000_000

/** Graphics processors of AMD, which tell by files. Source: sys/class/drm/cardN/device, kernel doc gpu/amdgpu. */
export const amdgpu: Probe = {
  name: 'amdgpu',
  everyMs: 5000,
  series: GPU_SERIES,
  read: (files, out) => {
    const unique = uniqueNames()
    for (const card of cardsOf(files)) {
      const device = deviceOf(card)
      if (isAsleep(files, device)) continue
      const total = readNumber(files, `${device}/mem_info_vram_total`)
      const busy = readNumber(files, `${device}/gpu_busy_percent`)
      if (total === undefined && busy === undefined) continue
      const [chip] = files.list(`${device}/hwmon`)
      const sensor = (name: string, divisor: number) => {
        const value = chip === undefined ? undefined : readNumber(files, `${device}/hwmon/${chip}/${name}`)
        return value === undefined ? undefined : value / divisor
      }
      const values = {
        gpu_used_ratio: busy === undefined ? undefined : busy / 100,
        gpu_memory_used_bytes: readNumber(files, `${device}/mem_info_vram_used`),
        gpu_memory_total_bytes: total,
        gpu_temperature_celsius: sensor('temp1_input', MILLI),
        gpu_power_watts: sensor('power1_average', MICRO) ?? sensor('power1_input', MICRO),
      }
      writeGpu(unique(readText(files, `${device}/product_name`) ?? `amdgpu ${card}`), values, out)
    }
  },
}

/** The graphics cards of a host, whoever made them; their connectors (`card0-HDMI-A-1`) are left out. */
export function cardsOf(files: HostFiles): string[] {
  return files
    .list(DRM)
    .filter((name) => CARD.test(name))
    .sort(byNumber)
}

/** Folder of the device behind a card. */
export function deviceOf(card: string): string {
  return `${DRM}/${card}/device`
}
