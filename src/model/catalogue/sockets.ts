import { type Metric, sourced } from '../metric.ts'
import { counter, gauge, rate } from './entries.ts'

const PER_SECOND = 'per_second'

/** TCP and UDP of the whole machine. Sources: kernel doc networking/snmp_counter, RFC 4022, RFC 4113, proc_pid_net(5). */
export const socketMetrics: readonly Metric[] = [
  ...sourced('/proc/net/snmp, Tcp OutSegs', [counter('tcp_segments_sent_total', 'TCP segments sent')]),
  ...sourced('/proc/net/snmp, Tcp RetransSegs', [counter('tcp_segments_resent_total', 'TCP segments sent again')]),
  ...sourced('/proc/net/snmp, Tcp RetransSegs of OutSegs + RetransSegs', [
    {
      name: 'tcp_resent_ratio',
      help: 'share of the TCP segments that had to be sent again',
      unit: 'ratio',
      bounds: { min: 0, max: 1 },
      // What is sent again is not among what is sent: when nobody answers any more it is all there is.
      derivation: {
        kind: 'share',
        of: ['tcp_segments_resent_total'],
        in: ['tcp_segments_sent_total', 'tcp_segments_resent_total'],
      },
    },
  ]),
  ...sourced('/proc/net/snmp, Tcp EstabResets', [
    counter('tcp_resets_total', 'TCP connections that were broken off while they were open'),
    rate('tcp_resets_per_second', 'TCP connections broken off a second', PER_SECOND, 'tcp_resets_total'),
  ]),
  ...sourced('/proc/net/snmp, Tcp CurrEstab', [
    gauge('tcp_established_sockets', 'TCP connections that are open', 'count'),
  ]),
  ...sourced('/proc/net/sockstat and sockstat6, TCP inuse', [gauge('tcp_sockets', 'TCP sockets in use', 'count')]),
  ...sourced('/proc/net/sockstat, TCP tw', [gauge('tcp_waiting_sockets', 'TCP sockets in time-wait', 'count')]),
  ...sourced('/proc/net/sockstat, TCP orphan', [
    gauge('tcp_orphan_sockets', 'TCP sockets that no process holds any more', 'count'),
  ]),
  ...sourced('/proc/net/sockstat, TCP mem × page size', [
    gauge('tcp_memory_bytes', 'memory for what TCP sockets hold back', 'bytes'),
  ]),
  ...sourced('/proc/net/sockstat and sockstat6, UDP inuse', [gauge('udp_sockets', 'UDP sockets in use', 'count')]),
  ...sourced('/proc/net/tcp and tcp6, st', [gauge('tcp_states', 'TCP sockets by what they are at', 'count')]),
  ...sourced('/proc/net/netstat, TcpExt ListenOverflows', [
    counter('tcp_listen_overflows_total', 'connections turned away because the program was slow to accept them'),
    rate(
      'tcp_listen_overflows_per_second',
      'connections turned away a second because the program was slow to accept them',
      PER_SECOND,
      'tcp_listen_overflows_total',
    ),
  ]),
  ...sourced('/proc/net/netstat, TcpExt ListenDrops', [
    counter('tcp_listen_drops_total', 'connections turned away for any reason'),
    rate(
      'tcp_listen_drops_per_second',
      'connections turned away a second for any reason',
      PER_SECOND,
      'tcp_listen_drops_total',
    ),
  ]),
  ...sourced('/proc/net/snmp, Udp InErrors; /proc/net/snmp6, Udp6InErrors', [
    counter('udp_receive_errors_total', 'UDP packets lost because a buffer was full or they were damaged'),
    rate('udp_receive_errors_per_second', 'UDP packets lost a second', PER_SECOND, 'udp_receive_errors_total'),
  ]),
]
