import { count } from '../../lib/units.ts'
import type { Rule } from '../rule.ts'
import { builtin, metric } from './build.ts'
import { MINUTE, named, share, stalled } from './words.ts'

const hot = (value: number) => `${Math.round(value)} °C`

/** The processor: busy, stalled, stolen, throttled, hot. */
export const cpuRules: readonly Rule[] = [
  // A build or a backup may use all cores for a while; five minutes without any rest is worth a look, never an emergency.
  builtin({
    name: 'cpu-busy',
    when: metric('cpu_used_ratio', { above: 0.95, clear: 0.85 }),
    forMs: 5 * MINUTE,
    severity: 'warning',
    blames: 'cpu',
    subject: named('cpu'),
    text: (value) => `${share(value)} busy`,
  }),
  // Half of the time somebody waits for a core: work takes about twice as long as it should. As with a busy processor a build of some
  // minutes is no trouble.
  builtin({
    name: 'cpu-stalled',
    when: metric('pressure_cpu_some_ratio', { above: 0.5, clear: 0.4 }),
    forMs: 5 * MINUTE,
    severity: 'warning',
    blames: 'cpu',
    subject: named('cpu'),
    text: stalled,
  }),
  // The hypervisor gives a tenth of what was paid for to others; only it or the provider can help.
  builtin({
    name: 'cpu-stolen',
    when: metric('cpu_steal_ratio', { above: 0.1, clear: 0.07 }),
    forMs: 5 * MINUTE,
    severity: 'warning',
    subject: named('cpu'),
    text: (value) => `${share(value)} taken by the hypervisor`,
  }),
  // Heat makes cores slower than they were bought for: a fan, dust or the room. One event now and then is how laptops work.
  builtin({
    name: 'cpu-throttled',
    when: metric('cpu_throttled_per_second', { above: 1, clear: 0.5 }),
    forMs: MINUTE,
    severity: 'warning',
    subject: named('cpu'),
    text: (value) => `held back by heat ${count(value)} times a second`,
  }),
  // With a quota spent in a quarter of its periods, work stands still for a part of each of them although cores are free.
  builtin({
    name: 'cgroup-throttled',
    when: metric('cgroup_cpu_throttled_ratio', { above: 0.25, clear: 0.15 }),
    forMs: 5 * MINUTE,
    severity: 'warning',
    blames: 'cpu',
    subject: named('cpu quota'),
    text: (value) => `used up in ${share(value)} of its periods`,
  }),
  // Makers switch off at 100 to 110 °C and hold back from 95 on; a cooler that works keeps a busy processor below 90.
  builtin({
    name: 'cpu-hot',
    when: metric('cpu_temperature_celsius', { above: 90, clear: 85 }),
    forMs: 2 * MINUTE,
    severity: 'warning',
    subject: named('cpu'),
    text: hot,
  }),
  builtin({
    name: 'cpu-too-hot',
    when: metric('cpu_temperature_celsius', { above: 95, clear: 92 }),
    forMs: MINUTE,
    severity: 'critical',
    subject: named('cpu'),
    text: hot,
  }),
]
