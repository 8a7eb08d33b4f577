import type { Labels } from '../../model/series.ts'
import type { Rule } from '../rule.ts'
import { MINUTE, named, share, stalled, used } from './words.ts'

const mount = (labels: Labels) => labels.mount ?? 'disk'
const inodes = (value: number) => `${share(value)} of the inodes used`

/** Space, inodes and waiting for disks. */
export const disksRules: readonly Rule[] = [
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
