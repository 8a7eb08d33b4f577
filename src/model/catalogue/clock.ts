import { type Metric, sourced } from '../metric.ts'

/** The clock of the machine against a time server. */
export const clockMetrics: readonly Metric[] = [
  ...sourced(
    '/run/systemd/timesync/synchronized, chronyc -c tracking (leap status), timedatectl (NTPSynchronized) or ntpq (leap)',
    [
      {
        name: 'clock_synchronised',
        help: '1 while the clock follows a time server, 0 while it does not',
        unit: 'count',
        bounds: { min: 0, max: 1 },
        derivation: { kind: 'gauge' },
      },
    ],
  ),
  ...sourced('chronyc -c tracking (system time) or ntpq (offset)', [
    {
      name: 'clock_offset_seconds',
      help: 'what must be added to the clock for it to be right: more than 0 when it is slow',
      unit: 'seconds',
      derivation: { kind: 'gauge' },
    },
  ]),
]
