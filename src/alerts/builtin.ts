import { count, percent, rate } from '../lib/units.ts'
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
const hot = (value: number) => `${Math.round(value)} °C`
const taken = (value: number) => `${share(value)} of the limit`

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
  // Heat makes cores slower than they were bought for: a fan, dust or the room. One event now and then is how laptops work.
  {
    name: 'cpu-throttled',
    metric: 'cpu_throttled_per_second',
    above: 1,
    clear: 0.5,
    forMs: MINUTE,
    severity: 'warning',
    subject: named('cpu'),
    text: (value) => `held back by heat ${count(value)} times a second`,
  },
  // At the limit nothing can be opened, started or reached any more, by anybody, and few programs say why.
  {
    name: 'files-almost-gone',
    metric: 'files_used_ratio',
    above: 0.8,
    clear: 0.77,
    forMs: MINUTE,
    severity: 'warning',
    level: true,
    subject: named('open files'),
    text: taken,
  },
  {
    name: 'files-gone',
    metric: 'files_used_ratio',
    above: 0.95,
    clear: 0.92,
    forMs: MINUTE,
    severity: 'critical',
    level: true,
    subject: named('open files'),
    text: taken,
  },
  {
    name: 'pids-almost-gone',
    metric: 'pids_used_ratio',
    above: 0.8,
    clear: 0.77,
    forMs: MINUTE,
    severity: 'warning',
    level: true,
    subject: named('processes and threads'),
    text: taken,
  },
  {
    name: 'pids-gone',
    metric: 'pids_used_ratio',
    above: 0.95,
    clear: 0.92,
    forMs: MINUTE,
    severity: 'critical',
    level: true,
    subject: named('processes and threads'),
    text: taken,
  },
  {
    name: 'conntrack-almost-full',
    metric: 'conntrack_used_ratio',
    above: 0.8,
    clear: 0.77,
    forMs: MINUTE,
    severity: 'warning',
    level: true,
    subject: named('tracked connections'),
    text: taken,
  },
  {
    name: 'conntrack-full',
    metric: 'conntrack_used_ratio',
    above: 0.95,
    clear: 0.92,
    forMs: MINUTE,
    severity: 'critical',
    level: true,
    subject: named('tracked connections'),
    text: taken,
  },
  // Certificates, logs and other machines go by the time. After a start it takes a while until a server has been asked.
  {
    name: 'clock-unsynchronised',
    metric: 'clock_synchronised',
    below: 1,
    forMs: 10 * MINUTE,
    severity: 'warning',
    subject: named('clock'),
    text: () => 'not synchronised',
  },
  // With a quota spent in a quarter of its periods, work stands still for a part of each of them although cores are free.
  {
    name: 'cgroup-throttled',
    metric: 'cgroup_cpu_throttled_ratio',
    above: 0.25,
    clear: 0.15,
    forMs: 2 * MINUTE,
    severity: 'warning',
    blames: 'cpu',
    subject: named('cpu quota'),
    text: (value) => `used up in ${share(value)} of its periods`,
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
  // A program that does not fetch its connections turns people away. Each is lost for good, so a burst of seconds counts.
  {
    name: 'listen-queue-overflows',
    metric: 'tcp_listen_overflows_per_second',
    above: 1,
    clear: 0.5,
    forMs: 10 * SECOND,
    keepMs: MINUTE,
    severity: 'warning',
    subject: named('listen queue'),
    text: (value) => `overflows: ${count(value)} connections a second turned away`,
  },
  // A cable, a port or a driver; wireless links lose one now and then, and drops are no errors.
  {
    name: 'network-errors',
    metric: 'network_errors_per_second',
    above: 1,
    clear: 0.5,
    forMs: 2 * MINUTE,
    severity: 'warning',
    subject: (labels) => labels.interface ?? 'network',
    text: (value) => `${count(value)} packets a second damaged or not sent`,
  },
  // Makers switch off at 100 to 110 °C and hold back from 95 on; a cooler that works keeps a busy processor below 90.
  {
    name: 'cpu-hot',
    metric: 'cpu_temperature_celsius',
    above: 90,
    clear: 85,
    forMs: 2 * MINUTE,
    severity: 'warning',
    subject: named('cpu'),
    text: hot,
  },
  {
    name: 'cpu-too-hot',
    metric: 'cpu_temperature_celsius',
    above: 95,
    clear: 92,
    forMs: MINUTE,
    severity: 'critical',
    subject: named('cpu'),
    text: hot,
  },
  // Minutes are left. While it is charged its reserve is whole, so this ends when it is plugged in.
  {
    name: 'battery-low',
    metric: 'battery_reserve_ratio',
    below: 0.1,
    clear: 0.12,
    forMs: 30 * SECOND,
    severity: 'warning',
    level: true,
    subject: (labels) => labels.battery ?? 'battery',
    text: (value) => `${share(value)} left`,
  },
]
