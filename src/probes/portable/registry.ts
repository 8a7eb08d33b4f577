import type { Probe, SlowProbe } from '../probe.ts'
import { battery } from './battery.ts'
import { cpu } from './cpu.ts'
import { diskio } from './diskio.ts'
import { gpu, macGpu } from './gpu.ts'
import { load } from './load.ts'
import { memory, windowsMemory, windowsSwap } from './memory.ts'
import { network } from './network.ts'
import { seldomInVain } from './seldom.ts'
import { space } from './space.ts'
import { temperature } from './temperature.ts'
import { uptime } from './uptime.ts'
import { users } from './users.ts'

/** Probes of any host that answer at once. */
export function portableProbes(platform: NodeJS.Platform): readonly Probe[] {
  return [cpu, load, uptime, ...(platform === 'win32' ? [windowsMemory] : [])]
}

/** Probes of any host that start programs. */
export function portableSlowProbes(platform: NodeJS.Platform): readonly SlowProbe[] {
  const hardware = [temperature, battery, platform === 'darwin' ? macGpu : gpu].map(seldomInVain)
  const shared = [space, network, ...hardware]
  return platform === 'win32' ? [windowsSwap, ...shared] : [memory, diskio, users, ...shared]
}
