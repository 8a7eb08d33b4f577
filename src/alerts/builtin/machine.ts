import type { Rule } from '../rule.ts'
import { builtin, event, metric } from './build.ts'
import { MINUTE, named, SECOND, share } from './words.ts'

/** The clock, the battery, the machine's own starts, and healthtop's own log. */
export const machineRules: readonly Rule[] = [
  // Certificates, logs and other machines go by the time. After a start it takes a while until a server has been asked.
  builtin({
    name: 'clock-unsynchronised',
    when: metric('clock_synchronised', { below: 1 }),
    forMs: 10 * MINUTE,
    severity: 'warning',
    subject: named('clock'),
    text: () => 'not synchronised',
  }),
  // Minutes are left. While it is charged its reserve is whole, so this ends when it is plugged in.
  builtin({
    name: 'battery-low',
    when: metric('battery_reserve_ratio', { below: 0.1, clear: 0.12 }),
    forMs: 30 * SECOND,
    severity: 'warning',
    level: true,
    subject: (labels) => labels.battery ?? 'battery',
    text: (value) => `${share(value)} left`,
  }),
  // Timers, tokens and logs are wrong around it; there is nothing to be done but to know. Five minutes are enough to see why something
  // else failed just then.
  builtin({ name: 'clock-jumped', when: event('clock_jump'), keepMs: 5 * MINUTE, severity: 'warning' }),
  // Whoever looks in the first minutes should know that caches are cold and services have just come up.
  builtin({ name: 'rebooted', when: event('reboot'), keepMs: 10 * MINUTE, severity: 'warning' }),
  // systemd starts again what fails; ten minutes are the time over which three of them are a loop, which is told otherwise.
  builtin({ name: 'unit-restarted', when: event('unit_restarted'), keepMs: 10 * MINUTE, severity: 'warning' }),
  // What happens meanwhile is kept in memory and lost with the program. A file system that is full for a moment is no reason to wake anybody.
  builtin({
    name: 'log-failing',
    when: metric('log_failing', { above: 0 }),
    forMs: 10 * SECOND,
    severity: 'warning',
    subject: named('log'),
    text: () => 'cannot be written',
  }),
]
