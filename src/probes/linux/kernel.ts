import type { Values } from '../../model/sample.ts'
import type { Bytes } from '../probe.ts'
import { namedLine } from './named-line.ts'

const FILE = 'proc/stat'

/** Searched from the end but for `intr` itself: that line is tens of kilobytes long on large machines. */
const LINES = [
  ['interrupts_total', namedLine(FILE, 'intr')],
  ['context_switches_total', namedLine(FILE, 'ctxt', true)],
  ['forks_total', namedLine(FILE, 'processes', true)],
  ['softirqs_total', namedLine(FILE, 'softirq', true)],
] as const

/** What `parseKernel` can give. */
export const kernelSeries: readonly string[] = LINES.map(([series]) => series)

/**
 * What the kernel did since the start: interrupts and softirqs served (the first number of a line is their sum), context switches,
 * processes and threads made. Lines the kernel does not have are absent. Throws ParseError with the line that has no number.
 * Source: /proc/stat, proc_stat(5); the cpu probe, which reads that file, hands it over.
 */
export function parseKernel(bytes: Bytes, out: Values): void {
  for (const [series, line] of LINES) {
    const value = line.read(bytes)
    if (value !== undefined) out.counter(series, value)
  }
}
