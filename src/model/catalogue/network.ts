import { type Metric, sourced } from '../metric.ts'
import { counter, gauge, rate } from './entries.ts'

const PER_SECOND = 'per_second'

/** Traffic by `interface`. Source: proc_pid_net(5); kernel doc ABI/testing/sysfs-class-net. */
export const networkMetrics: readonly Metric[] = [
  ...sourced('/proc/net/dev, bytes received', [
    counter('network_receive_bytes_total', 'bytes received', 'bytes'),
    rate(
      'network_receive_bytes_per_second',
      'bytes received a second',
      'bytes_per_second',
      'network_receive_bytes_total',
    ),
  ]),
  ...sourced('/proc/net/dev, bytes sent', [
    counter('network_transmit_bytes_total', 'bytes sent', 'bytes'),
    rate(
      'network_transmit_bytes_per_second',
      'bytes sent a second',
      'bytes_per_second',
      'network_transmit_bytes_total',
    ),
  ]),
  ...sourced('/proc/net/dev, packets received', [
    counter('network_receive_packets_total', 'packets received'),
    rate(
      'network_receive_packets_per_second',
      'packets received a second',
      PER_SECOND,
      'network_receive_packets_total',
    ),
  ]),
  ...sourced('/proc/net/dev, packets sent', [
    counter('network_transmit_packets_total', 'packets sent'),
    rate('network_transmit_packets_per_second', 'packets sent a second', PER_SECOND, 'network_transmit_packets_total'),
  ]),
  ...sourced('/proc/net/dev, drop of both directions', [
    counter('network_dropped_total', 'packets dropped, both directions'),
    rate('network_dropped_per_second', 'packets dropped a second', PER_SECOND, 'network_dropped_total'),
  ]),
  ...sourced('/proc/net/dev, errs of both directions', [
    counter('network_errors_total', 'packets that were damaged or could not be sent, both directions'),
    rate(
      'network_errors_per_second',
      'packets that were damaged or could not be sent, a second',
      PER_SECOND,
      'network_errors_total',
    ),
  ]),
  ...sourced('/sys/class/net/NAME/speed, megabits', [
    gauge('network_speed_bytes_per_second', 'what the link can carry in one direction', 'bytes_per_second'),
  ]),
]
