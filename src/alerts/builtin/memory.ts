import { rate } from '../../lib/units.ts'
import type { Rule } from '../rule.ts'
import { MINUTE, named, SECOND, stalled, taken, used } from './words.ts'

/** Memory and swap, of the machine and of a cgroup. */
export const memoryRules: readonly Rule[] = [
  // Used is what is not available (caches are), so 90 % is real need; at 97 % the kernel is about to kill something.
  {
    name: 'memory-low',
    metric: 'memory_used_ratio',
    above: 0.9,
    clear: 0.87,
    forMs: MINUTE,
    severity: 'warning',
    level: true,
    blames: 'memory',
    subject: named('memory'),
    text: used,
  },
  {
    name: 'memory-out',
    metric: 'memory_used_ratio',
    above: 0.97,
    clear: 0.95,
    forMs: 30 * SECOND,
    severity: 'critical',
    level: true,
    blames: 'memory',
    subject: named('memory'),
    text: used,
  },
  // Full swap alone may be old pages nobody wants back: a warning, and only when it lasts.
  {
    name: 'swap-heavy',
    metric: 'swap_used_ratio',
    above: 0.8,
    clear: 0.75,
    forMs: 5 * MINUTE,
    severity: 'warning',
    level: true,
    subject: named('swap'),
    text: used,
  },
  // Waiting for memory means that pages are thrown out and read back; with every task waiting the machine stands still.
  {
    name: 'memory-stalled',
    metric: 'pressure_memory_some_ratio',
    above: 0.2,
    clear: 0.1,
    forMs: MINUTE,
    severity: 'warning',
    blames: 'memory',
    subject: named('memory'),
    text: stalled,
  },
  {
    name: 'memory-thrashing',
    metric: 'pressure_memory_full_ratio',
    above: 0.2,
    clear: 0.1,
    forMs: MINUTE,
    severity: 'critical',
    blames: 'memory',
    subject: named('memory'),
    text: (value) => `every task ${stalled(value)}`,
  },
  // Pages that somebody waits for come back from the disk, second after second; old ones that only go out are no trouble, so the way
  // out is not looked at. A disk that turns gives about so much when it does nothing else.
  {
    name: 'swap-thrashing',
    metric: 'swap_in_bytes_per_second',
    above: 5e6,
    clear: 2e6,
    forMs: 2 * MINUTE,
    severity: 'warning',
    blames: 'memory',
    subject: named('swap'),
    text: (value) => {
      const { figure, unit } = rate(value)
      return `${figure} ${unit} read back`
    },
  },
  // In a container the memory's own rules say this: there the limit is the memory there is.
  {
    name: 'cgroup-memory-low',
    metric: 'cgroup_memory_used_ratio',
    above: 0.9,
    clear: 0.87,
    forMs: MINUTE,
    severity: 'warning',
    level: true,
    subject: named('cgroup memory'),
    text: taken,
  },
  {
    name: 'cgroup-memory-out',
    metric: 'cgroup_memory_used_ratio',
    above: 0.97,
    clear: 0.95,
    forMs: 30 * SECOND,
    severity: 'critical',
    level: true,
    subject: named('cgroup memory'),
    text: taken,
  },
]
