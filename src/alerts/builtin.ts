import { percent } from '../lib/units.ts'
import type { Labels } from '../model/series.ts'
import type { Rule } from './rule.ts'

const SECOND = 1000
const MINUTE = 60 * SECOND

function share(value: number): string {
  const { figure, unit } = percent(value)
  return `${figure} ${unit}`
}

const mount = (labels: Labels) => labels.mount ?? 'disk'
const named = (name: string) => () => name
const used = (value: number) => `${share(value)} used`
const inodes = (value: number) => `${share(value)} of the inodes used`
const stalled = (value: number) => `stalled ${share(value)} of the time`

/**
 * The limits that hold with no configuration. They are meant to be right to wake somebody up for: a busy machine is no trouble, so
 * there is none on load or traffic, and short bursts end before `for:` does. Each `clear` lies a few percent inside its limit.
 */
export const builtinRules: readonly Rule[] = [
  // ext4 keeps 5 % for root and counts it as used, and every file system slows down as its last tenth fills.
  {
    name: 'disk-almost-full',
    metric: 'disk_used_ratio',
    above: 0.9,
    clear: 0.88,
    forMs: MINUTE,
    severity: 'warning',
    level: true,
    subject: mount,
    text: used,
  },
  {
    name: 'disk-full',
    metric: 'disk_used_ratio',
    above: 0.95,
    clear: 0.93,
    forMs: MINUTE,
    severity: 'critical',
    level: true,
    subject: mount,
    text: used,
  },
  // Without inodes nothing can be created although df shows space; they do not come back by themselves.
  {
    name: 'inodes-almost-gone',
    metric: 'disk_inodes_used_ratio',
    above: 0.9,
    clear: 0.88,
    forMs: MINUTE,
    severity: 'warning',
    level: true,
    subject: mount,
    text: inodes,
  },
  {
    name: 'inodes-gone',
    metric: 'disk_inodes_used_ratio',
    above: 0.95,
    clear: 0.93,
    forMs: MINUTE,
    severity: 'critical',
    level: true,
    subject: mount,
    text: inodes,
  },
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
  // A build or a backup may use all cores for a while; five minutes without any rest is worth a look, never an emergency.
  {
    name: 'cpu-busy',
    metric: 'cpu_used_ratio',
    above: 0.95,
    clear: 0.85,
    forMs: 5 * MINUTE,
    severity: 'warning',
    blames: 'cpu',
    subject: named('cpu'),
    text: (value) => `${share(value)} busy`,
  },
  // Half of the time somebody waits for a core: work takes about twice as long as it should.
  {
    name: 'cpu-stalled',
    metric: 'pressure_cpu_some_ratio',
    above: 0.5,
    clear: 0.4,
    forMs: 2 * MINUTE,
    severity: 'warning',
    blames: 'cpu',
    subject: named('cpu'),
    text: stalled,
  },
  // The hypervisor gives a tenth of what was paid for to others; only it or the provider can help.
  {
    name: 'cpu-stolen',
    metric: 'cpu_steal_ratio',
    above: 0.1,
    clear: 0.07,
    forMs: 5 * MINUTE,
    severity: 'warning',
    subject: named('cpu'),
    text: (value) => `${share(value)} taken by the hypervisor`,
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
  // For a third of the time nothing at all gets on because of the disks; `some` would be normal for a busy database.
  {
    name: 'disks-stalled',
    metric: 'pressure_io_full_ratio',
    above: 0.3,
    clear: 0.2,
    forMs: 2 * MINUTE,
    severity: 'warning',
    subject: named('disks'),
    text: (value) => `every task ${stalled(value)}`,
  },
]
