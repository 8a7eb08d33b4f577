import type { Metric } from '../metric.ts'

const counter = (name: string, help: string, unit: Metric['unit']): Metric => ({
  name,
  help,
  unit,
  derivation: { kind: 'counter' },
})
const rate = (name: string, help: string, of: string, unit: Metric['unit']): Metric => ({
  name,
  help,
  unit,
  bounds: { min: 0 },
  derivation: { kind: 'rate', of },
})

/** Traffic by `interface`, TCP of the whole machine. Sources: /proc/net/dev, /proc/net/snmp, /proc/net/sockstat, proc_pid_net(5). */
export const networkMetrics: readonly Metric[] = [
  counter('network_receive_bytes_total', 'bytes received', 'bytes'),
  counter('network_transmit_bytes_total', 'bytes sent', 'bytes'),
  counter('network_dropped_total', 'packets dropped, both directions', 'count'),
  rate(
    'network_receive_bytes_per_second',
    'bytes received a second',
    'network_receive_bytes_total',
    'bytes_per_second',
  ),
  rate('network_transmit_bytes_per_second', 'bytes sent a second', 'network_transmit_bytes_total', 'bytes_per_second'),
  rate('network_dropped_per_second', 'packets dropped a second', 'network_dropped_total', 'per_second'),
  counter('tcp_segments_sent_total', 'TCP segments sent', 'count'),
  counter('tcp_segments_resent_total', 'TCP segments sent again', 'count'),
  {
    name: 'tcp_resent_ratio',
    help: 'share of the TCP segments that had to be sent again',
    unit: 'ratio',
    bounds: { min: 0, max: 1 },
    derivation: { kind: 'share', of: ['tcp_segments_resent_total'], in: ['tcp_segments_sent_total'] },
  },
  { name: 'tcp_sockets', help: 'TCP sockets in use', unit: 'count', bounds: { min: 0 }, derivation: { kind: 'gauge' } },
  {
    name: 'tcp_waiting_sockets',
    help: 'TCP sockets in time-wait',
    unit: 'count',
    bounds: { min: 0 },
    derivation: { kind: 'gauge' },
  },
]
