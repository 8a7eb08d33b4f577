import type { Labels } from '../../model/series.ts'
import type { Rule } from '../rule.ts'
import { ahead, builtin, event, metric } from './build.ts'
import { DAY, HOUR, MINUTE, named, SECOND, share, stalled, used } from './words.ts'

const mount = (labels: Labels) => labels.mount ?? 'disk'
const inodes = (value: number) => `${share(value)} of the inodes used`

/** Space and inodes, now and to come, waiting for disks, and what became read-only. */
export const disksRules: readonly Rule[] = [
  // ext4 keeps 5 % for root and counts it as used, and every file system slows down as its last tenth fills.
  builtin({
    name: 'disk-almost-full',
    when: metric('disk_used_ratio', { above: 0.9, clear: 0.88 }),
    forMs: MINUTE,
    severity: 'warning',
    level: true,
    subject: mount,
    text: used,
  }),
  builtin({
    name: 'disk-full',
    when: metric('disk_used_ratio', { above: 0.95, clear: 0.93 }),
    forMs: MINUTE,
    severity: 'critical',
    level: true,
    subject: mount,
    text: used,
  }),
  // Without inodes nothing can be created although df shows space; they do not come back by themselves.
  builtin({
    name: 'inodes-almost-gone',
    when: metric('disk_inodes_used_ratio', { above: 0.9, clear: 0.88 }),
    forMs: MINUTE,
    severity: 'warning',
    level: true,
    subject: mount,
    text: inodes,
  }),
  builtin({
    name: 'inodes-gone',
    when: metric('disk_inodes_used_ratio', { above: 0.95, clear: 0.93 }),
    forMs: MINUTE,
    severity: 'critical',
    level: true,
    subject: mount,
    text: inodes,
  }),
  // In a quarter of an hour there is no time to wait and see. A forecast is looked at every ten seconds and says nothing without ground:
  // two looks that agree are enough.
  builtin({
    name: 'disk-fills-now',
    when: ahead('disk_used_ratio', 0.95, 15 * MINUTE),
    forMs: 10 * SECOND,
    severity: 'critical',
    subject: mount,
    text: (_, threshold) => `${share(threshold)} full`,
  }),
  // Four hours are half a shift, time enough to find who writes, and to see whether it was only a build that wrote for some minutes.
  builtin({
    name: 'disk-fills-soon',
    when: ahead('disk_used_ratio', 0.95, 4 * HOUR),
    forMs: 5 * MINUTE,
    severity: 'warning',
    subject: mount,
    text: (_, threshold) => `${share(threshold)} full`,
  }),
  builtin({
    name: 'inodes-gone-soon',
    when: ahead('disk_inodes_used_ratio', 0.95, 4 * HOUR),
    forMs: 5 * MINUTE,
    severity: 'warning',
    subject: mount,
    text: (_, threshold) => `${share(threshold)} of the inodes`,
  }),
  // For most of the time nothing at all gets on because of the disks. A backup of a machine that does nothing else waits for half of
  // the time and harms nobody, and `some` would be normal for a busy database.
  builtin({
    name: 'disks-stalled',
    when: metric('pressure_io_full_ratio', { above: 0.6, clear: 0.4 }),
    forMs: 5 * MINUTE,
    severity: 'warning',
    subject: named('disks'),
    text: (value) => `every task ${stalled(value)}`,
  }),
  // The kernel does this when a file system is damaged (errors=remount-ro, ext4(5)): every write fails until somebody repairs it. It is
  // told until it can be written to again, or is gone, and for a day at most: who leaves it so for longer wants it so.
  builtin({
    name: 'mount-read-only',
    when: event('mount_readonly'),
    until: ['mount_writable', 'mount_removed'],
    keepMs: DAY,
    severity: 'critical',
  }),
]
