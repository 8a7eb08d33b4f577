import type { Probe, SlowProbe } from '../probe.ts'
import { amdgpu } from './amdgpu.ts'
import { battery } from './battery.ts'
import { cgroup } from './cgroup.ts'
import { clock } from './clock.ts'
import { cpu } from './cpu.ts'
import { diskio } from './diskio.ts'
import { frequency } from './frequency.ts'
import { gpu } from './gpu.ts'
import { limits } from './limits.ts'
import { load } from './load.ts'
import { memory } from './memory.ts'
import { netstat } from './netstat.ts'
import { network } from './network.ts'
import { pressure } from './pressure.ts'
import { sensors } from './sensors.ts'
import { sockets } from './sockets.ts'
import { tcpStates } from './tcp-states.ts'
import { uptime } from './uptime.ts'
import { users } from './users.ts'
import { vmstat } from './vmstat.ts'
import { zram } from './zram.ts'

/** Every stateless probe of a Linux host, in the order in which they are read. Space has a collector of its own (`spaceProbe`). */
export const linuxProbes: readonly Probe[] = [
  cpu,
  load,
  memory,
  pressure,
  diskio,
  network,
  sockets,
  netstat,
  tcpStates,
  uptime,
  users,
  cgroup,
  vmstat,
  limits,
  frequency,
  zram,
  sensors,
  battery,
  amdgpu,
]

/** Those that have to wait for others, such as a program they ask. */
export const linuxSlowProbes: readonly SlowProbe[] = [clock, gpu]
