import { Cursor } from '../../lib/decimal.ts'
import type { Values } from '../../model/sample.ts'
import { demand } from '../decode.ts'
import type { Bytes, Probe } from '../probe.ts'

const FILE = 'proc/loadavg'

/** Load averages and run queue. Source: /proc/loadavg, proc_loadavg(5). Averages are counts of tasks over 1, 5 and 15 minutes. */
export const load: Probe = {
  name: 'load',
  everyMs: 1000,
  series: ['load_1m', 'load_5m', 'load_15m', 'processes_running', 'processes_count'],
  read: (files, out) => parseLoadavg(files.read(FILE), out),
}

/** `0.42 0.30 0.28 2/214 4711` → five values. Throws ParseError with the field that is no number. */
export function parseLoadavg(bytes: Bytes, out: Values): void {
  const cursor = new Cursor(bytes)
  for (const field of ['load_1m', 'load_5m', 'load_15m']) {
    out.gauge(field, demand(cursor.decimal(), FILE, field, bytes, cursor.at))
  }
  out.gauge('processes_running', demand(cursor.integer(), FILE, 'running tasks', bytes, cursor.at))
  const count = cursor.take('/') ? cursor.integer() : Number.NaN
  out.gauge('processes_count', demand(count, FILE, 'tasks', bytes, cursor.at))
}
