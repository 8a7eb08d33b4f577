import { Cursor } from '../../lib/decimal.ts'
import type { Values } from '../../model/sample.ts'
import { demand } from '../decode.ts'
import type { Bytes, Probe } from '../probe.ts'

const FILE = 'proc/uptime'

/** Time since the machine was started, time asleep included. Source: /proc/uptime, proc_uptime(5). */
export const uptime: Probe = {
  name: 'uptime',
  everyMs: 1000,
  series: ['uptime_seconds'],
  read: (files, out) => parseUptime(files.read(FILE), out),
}

/** `354321.42 1400000.10` → the first number, in seconds. Throws ParseError when it is none. */
export function parseUptime(bytes: Bytes, out: Values): void {
  const cursor = new Cursor(bytes)
  out.gauge('uptime_seconds', demand(cursor.decimal(), FILE, 'uptime', bytes, 0))
}
