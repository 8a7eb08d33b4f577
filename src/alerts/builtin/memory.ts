import { rate } from '../../lib/units.ts'
import type { Rule } from '../rule.ts'
import { ahead, builtin, event, metric } from './build.ts'
import { HOUR, MINUTE, named, SECOND, share, stalled, taken, used } from './words.ts'

/** Memory and swap, of the machine and of a cgroup. */
export const memoryRules: readonly Rule[] = [
  // Used is what is not available (caches are), so 90 % is real need; at 97 % the kernel is about to kill something.
  builtin({
    name: 'memory-low',
    when: metric('memory_used_ratio', { above: 0.9, clear: 0.87 }),
    forMs: MINUTE,
    severity: 'warning',
    level: true,
    blames: 'memory',
    subject: named('memory'),
    text: used,
  }),
  builtin({
    name: 'memory-out',
    when: metric('memory_used_ratio', { above: 0.97, clear: 0.95 }),
    forMs: 30 * SECOND,
    severity: 'critical',
    level: true,
    blames: 'memory',
    subject: named('memory'),
    text: used,
  }),
  // Where the kernel is about to kill something. What grows over the first minutes of a build or of a start stops by itself, so it has to
  // hold for two; what will take longer than an hour may as well be garbage that is collected before.
  builtin({
    name: 'memory-runs-out',
    when: ahead('memory_used_ratio', 0.97, HOUR),
    forMs: 2 * MINUTE,
    severity: 'warning',
    blames: 'memory',
    subject: named('memory'),
    text: (_, threshold) => `${share(threshold)} used`,
  }),
  // Full swap alone may be old pages nobody wants back: a warning, and only when it lasts.
  builtin({
    name: 'swap-heavy',
    when: metric('swap_used_ratio', { above: 0.8, clear: 0.75 }),
    forMs: 5 * MINUTE,
    severity: 'warning',
    level: true,
    subject: named('swap'),
    text: used,
  }),
  // Once swap is full, too, nothing is left to give.
  builtin({
    name: 'swap-runs-out',
    when: ahead('swap_used_ratio', 0.95, HOUR),
    forMs: 2 * MINUTE,
    severity: 'warning',
    blames: 'memory',
    subject: named('swap'),
    text: (_, threshold) => `${share(threshold)} used`,
  }),
  // Somebody lost their work, or a service its process: told for as long as it takes to notice.
  builtin({
    name: 'oom-kill',
    when: event('oom_kill'),
    keepMs: 10 * MINUTE,
    severity: 'warning',
    blames: 'memory',
  }),
  // Waiting for memory means that pages are thrown out and read back; with every task waiting the machine stands still.
  builtin({
    name: 'memory-stalled',
    when: metric('pressure_memory_some_ratio', { above: 0.2, clear: 0.1 }),
    forMs: MINUTE,
    severity: 'warning',
    blames: 'memory',
    subject: named('memory'),
    text: stalled,
  }),
  builtin({
    name: 'memory-thrashing',
    when: metric('pressure_memory_full_ratio', { above: 0.2, clear: 0.1 }),
    forMs: MINUTE,
    severity: 'critical',
    blames: 'memory',
    subject: named('memory'),
    text: (value) => `every task ${stalled(value)}`,
  }),
  // Pages that somebody waits for come back from the disk, second after second; old ones that only go out are no trouble, so the way
  // out is not looked at. A disk that turns gives about so much when it does nothing else.
  builtin({
    name: 'swap-thrashing',
    when: metric('swap_in_bytes_per_second', { above: 5e6, clear: 2e6 }),
    forMs: 2 * MINUTE,
    severity: 'warning',
    blames: 'memory',
    subject: named('swap'),
    text: (value) => {
      const { figure, unit } = rate(value)
      return `${figure} ${unit} read back`
    },
  }),
  // In a container the memory's own rules say this: there the limit is the memory there is.
  builtin({
    name: 'cgroup-memory-low',
    when: metric('cgroup_memory_used_ratio', { above: 0.9, clear: 0.87 }),
    forMs: MINUTE,
    severity: 'warning',
    level: true,
    subject: named('cgroup memory'),
    text: taken,
  }),
  builtin({
    name: 'cgroup-memory-out',
    when: metric('cgroup_memory_used_ratio', { above: 0.97, clear: 0.95 }),
    forMs: 30 * SECOND,
    severity: 'critical',
    level: true,
    subject: named('cgroup memory'),
    text: taken,
  }),
]
