import type { Probe } from '../probe.ts'
import { cpu } from './cpu.ts'
import { diskio } from './diskio.ts'
import { load } from './load.ts'
import { memory } from './memory.ts'
import { network } from './network.ts'
import { pressure } from './pressure.ts'
import { uptime } from './uptime.ts'
import { users } from './users.ts'

/** Every stateless probe of a Linux host, in the order in which they are read. Space has a collector of its own (`spaceProbe`). */
export const linuxProbes: readonly Probe[] = [cpu, load, memory, pressure, diskio, network, uptime, users]
