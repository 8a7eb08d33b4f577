import { GPU_SERIES } from '../gpu-values.ts'
import { askNvidia, parseNvidia } from '../nvidia-smi.ts'
import { perFiles } from '../per-files.ts'
import type { HostFiles, SlowProbe } from '../probe.ts'
import { cardsOf, deviceOf } from './amdgpu.ts'
import { isAsleep, readText } from './sysfs.ts'

const NVIDIA = '0x10de'

/** Turns that are left out where there is no card, or nobody who could tell of it: then it is asked every ten minutes. */
const IDLE_TURNS = 60

const idleOf = perFiles(() => ({ turns: 0 }))

/**
 * Graphics processors of NVIDIA, of which nothing but their own program tells. Source: nvidia-smi(1).
 */
export const gpu: SlowProbe = {
  name: 'gpu',
  everyMs: 10_000,
  deadlineMs: 8000,
  series: GPU_SERIES,
  asksMachine: true,
  async measure({ files, run }, out) {
    const idle = idleOf(files)
    if (idle.turns > 0) {
      idle.turns--
      return
    }
    const cards = nvidiaCards(files)
    // Asking would wake a laptop's card every time, and it would never sleep again.
    if (cards.length > 0 && cards.every((card) => isAsleep(files, deviceOf(card)))) return
    // Servers without a screen have no card in sysfs, but a driver.
    const there = cards.length > 0 || files.list('proc/driver/nvidia').length > 0
    const text = there ? await askNvidia(run) : undefined
    if (text === undefined) idle.turns = IDLE_TURNS - 1
    else parseNvidia(text, out)
  },
}

function nvidiaCards(files: HostFiles): string[] {
  return cardsOf(files).filter((card) => readText(files, `${deviceOf(card)}/vendor`) === NVIDIA)
}
