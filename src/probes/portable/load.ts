import { loadavg } from 'node:os'
import type { Probe } from '../probe.ts'

/** Load averages. Source: getloadavg(3), by way of Node. Windows has none. */
export const load: Probe = {
  name: 'load',
  everyMs: 1000,
  series: ['load_1m', 'load_5m', 'load_15m'],
  read: (_files, out) => {
    if (process.platform === 'win32') return
    const [one, five, fifteen] = loadavg() as [number, number, number]
    out.gauge('load_1m', one)
    out.gauge('load_5m', five)
    out.gauge('load_15m', fifteen)
  },
}
