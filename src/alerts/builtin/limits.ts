import type { Rule } from '../rule.ts'
import { ahead, builtin, metric } from './build.ts'
import { HOUR, MINUTE, named, share, taken } from './words.ts'

const gone = (_: number, threshold: number) => `${share(threshold)} of the limit`

/** What the kernel gives out only so much of. */
export const limitsRules: readonly Rule[] = [
  // At the limit nothing can be opened, started or reached any more, by anybody, and few programs say why.
  builtin({
    name: 'files-almost-gone',
    when: metric('files_used_ratio', { above: 0.8, clear: 0.77 }),
    forMs: MINUTE,
    severity: 'warning',
    level: true,
    subject: named('open files'),
    text: taken,
  }),
  builtin({
    name: 'files-gone',
    when: metric('files_used_ratio', { above: 0.95, clear: 0.92 }),
    forMs: MINUTE,
    severity: 'critical',
    level: true,
    subject: named('open files'),
    text: taken,
  }),
  builtin({
    name: 'pids-almost-gone',
    when: metric('pids_used_ratio', { above: 0.8, clear: 0.77 }),
    forMs: MINUTE,
    severity: 'warning',
    level: true,
    subject: named('processes and threads'),
    text: taken,
  }),
  builtin({
    name: 'pids-gone',
    when: metric('pids_used_ratio', { above: 0.95, clear: 0.92 }),
    forMs: MINUTE,
    severity: 'critical',
    level: true,
    subject: named('processes and threads'),
    text: taken,
  }),
  builtin({
    name: 'conntrack-almost-full',
    when: metric('conntrack_used_ratio', { above: 0.8, clear: 0.77 }),
    forMs: MINUTE,
    severity: 'warning',
    level: true,
    subject: named('tracked connections'),
    text: taken,
  }),
  builtin({
    name: 'conntrack-full',
    when: metric('conntrack_used_ratio', { above: 0.95, clear: 0.92 }),
    forMs: MINUTE,
    severity: 'critical',
    level: true,
    subject: named('tracked connections'),
    text: taken,
  }),
  // These are leaks: they rise by steps for as long as a program runs, and an hour is enough to start it again. What rises for less than
  // two minutes is a program that starts.
  builtin({
    name: 'files-run-out',
    when: ahead('files_used_ratio', 0.95, HOUR),
    forMs: 2 * MINUTE,
    severity: 'warning',
    subject: named('open files'),
    text: gone,
  }),
  builtin({
    name: 'pids-run-out',
    when: ahead('pids_used_ratio', 0.95, HOUR),
    forMs: 2 * MINUTE,
    severity: 'warning',
    subject: named('processes and threads'),
    text: gone,
  }),
  builtin({
    name: 'conntrack-fills-soon',
    when: ahead('conntrack_used_ratio', 0.95, HOUR),
    forMs: 2 * MINUTE,
    severity: 'warning',
    subject: named('tracked connections'),
    text: gone,
  }),
]
