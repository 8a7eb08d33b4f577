import { Cursor } from '../../lib/decimal.ts'
import type { Values } from '../../model/sample.ts'
import { demand } from '../decode.ts'
import type { Bytes, Probe } from '../probe.ts'

/** Of the processors only `some` is told: nothing can hold up every task of a whole machine there, and its `full` is always zero. */
const RESOURCES = [
  { resource: 'cpu', lines: ['some'] },
  { resource: 'memory', lines: ['some', 'full'] },
  { resource: 'io', lines: ['some', 'full'] },
] as const

/**
 * Share of the last ten seconds in which tasks were held up. Source: /proc/pressure, kernel doc accounting/psi. Kernels without PSI
 * (or started with psi=0) have nothing to say here, which is no failure.
 */
export const pressure: Probe = {
  name: 'pressure',
  everyMs: 1000,
  series: [
    'pressure_cpu_some_ratio',
    'pressure_memory_some_ratio',
    'pressure_memory_full_ratio',
    'pressure_io_some_ratio',
    'pressure_io_full_ratio',
  ],
  read: (files, out) => {
    for (const { resource, lines } of RESOURCES) {
      const bytes = files.optional(`proc/pressure/${resource}`)
      if (bytes !== undefined) parsePressure(bytes, resource, lines, out)
    }
  },
}

/** `some avg10=1.53 avg60=…` → 0.0153 for each of the wanted lines. Throws ParseError when the average is no number. */
export function parsePressure(bytes: Bytes, resource: string, wanted: readonly string[], out: Values): void {
  const cursor = new Cursor(bytes)
  for (; !cursor.done; cursor.skipLine()) {
    const line = cursor.word()
    if (!wanted.includes(line)) continue
    const average = cursor.take('avg10=') ? cursor.decimal() : Number.NaN
    const percent = demand(average, `proc/pressure/${resource}`, `${line} avg10`, bytes, cursor.at)
    // The kernel gives two digits; so many and no more are kept.
    out.gauge(`pressure_${resource}_${line}_ratio`, Math.round(percent * 100) / 10_000)
  }
}
