import { perFiles } from '../per-files.ts'
import type { HostFiles, Probe } from '../probe.ts'
import { readPageBytes } from './processes/page-size.ts'
import { parseSnmp, parseSockstat } from './tcp.ts'

const pageBytesOf = perFiles((files: HostFiles) => readPageBytes(files.root))

/**
 * TCP and UDP of the whole machine, without a walk over its sockets. Sources: /proc/net/snmp, /proc/net/sockstat and sockstat6,
 * proc_pid_net(5).
 */
export const sockets: Probe = {
  name: 'sockets',
  everyMs: 1000,
  series: [
    'tcp_segments_sent_total',
    'tcp_segments_resent_total',
    'tcp_resets_total',
    'tcp_established_sockets',
    'tcp_sockets',
    'tcp_waiting_sockets',
    'tcp_orphan_sockets',
    'tcp_memory_bytes',
    'udp_sockets',
  ],
  read: (files, out) => {
    const snmp = files.optional('proc/net/snmp')
    if (snmp !== undefined) parseSnmp(snmp, out)
    const sockstat = files.optional('proc/net/sockstat')
    const tcp = parseSockstat(sockstat, 'TCP')
    const udp = parseSockstat(sockstat, 'UDP')
    // IPv4 and IPv6 sockets stand in two files; without IPv6 the second does not exist.
    const sockstat6 = files.optional('proc/net/sockstat6')
    const tcp6 = parseSockstat(sockstat6, 'TCP6')
    const udp6 = parseSockstat(sockstat6, 'UDP6')
    if (tcp.inUse !== undefined) out.gauge('tcp_sockets', tcp.inUse + (tcp6.inUse ?? 0))
    if (tcp.waiting !== undefined) out.gauge('tcp_waiting_sockets', tcp.waiting)
    if (tcp.orphans !== undefined) out.gauge('tcp_orphan_sockets', tcp.orphans)
    if (tcp.pages !== undefined) out.gauge('tcp_memory_bytes', tcp.pages * pageBytesOf(files))
    if (udp.inUse !== undefined) out.gauge('udp_sockets', udp.inUse + (udp6.inUse ?? 0))
  },
}
