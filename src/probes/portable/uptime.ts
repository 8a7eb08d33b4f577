import { uptime as systemUptime } from 'node:os'
import type { Probe } from '../probe.ts'

/** Time since the machine was started. Source: `os.uptime()` of Node. */
export const uptime: Probe = {
  name: 'uptime',
  everyMs: 1000,
  series: ['uptime_seconds'],
  read: (_files, out) => out.gauge('uptime_seconds', systemUptime()),
}
