import { type Metric, sourced } from '../metric.ts'
import { counter, rate } from './entries.ts'

/** What the kernel is busy with. Source: /proc/stat, proc_stat(5). */
export const kernelMetrics: readonly Metric[] = [
  ...sourced('/proc/stat, ctxt', [
    counter('context_switches_total', 'times a core went from one task to another'),
    rate(
      'context_switches_per_second',
      'times a core went from one task to another',
      'per_second',
      'context_switches_total',
    ),
  ]),
  ...sourced('/proc/stat, processes', [
    counter('forks_total', 'processes and threads made'),
    rate('forks_per_second', 'processes and threads made', 'per_second', 'forks_total'),
  ]),
  ...sourced('/proc/stat, intr, first number', [
    counter('interrupts_total', 'interrupts served'),
    rate('interrupts_per_second', 'interrupts served', 'per_second', 'interrupts_total'),
  ]),
  ...sourced('/proc/stat, softirq, first number', [
    counter('softirqs_total', 'work that interrupts left for later, done'),
  ]),
]
