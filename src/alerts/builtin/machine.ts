import type { Rule } from '../rule.ts'
import { MINUTE, named, SECOND, share } from './words.ts'

/** The clock and the battery. */
export const machineRules: readonly Rule[] = [
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
