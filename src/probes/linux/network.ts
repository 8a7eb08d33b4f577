import type { Values } from '../../model/sample.ts'
import { seriesKey } from '../../model/series.ts'
import type { HostFiles, Probe } from '../probe.ts'
import { type InterfaceTraffic, parseNetDev } from './net-dev.ts'
import { parseSnmp, parseSockstat } from './tcp.ts'

/** IFF_UP of netdevice(7). */
const FLAG_UP = 1

/**
 * Loopback, and what carries the traffic of other interfaces of this machine (bridges, bonds, VLANs, the host's ends of containers
 * and virtual machines): counted again in a total it would make it wrong. Tunnels (tun, tap, wg) are ends of their own.
 */
const VIRTUAL =
  /^(lo|veth.*|docker.*|br-.*|br\d+|virbr.*|vmbr.*|ifb.*|dummy.*|bond.*|vnet.*|cni.*|cali.*|flannel.*|cilium.*|lxc.*|lxdbr.*|podman.*|kube-.*|nodelocaldns|vxlan.*|.*\.\d+)$/

/**
 * Traffic by interface and whether it is up, TCP of the whole machine. Sources: /proc/net/dev, /proc/net/snmp, /proc/net/sockstat,
 * sockstat6, proc_pid_net(5); sys/class/net/NAME/operstate, kernel doc ABI/testing/sysfs-class-net.
 */
export const network: Probe = {
  name: 'network',
  everyMs: 1000,
  series: [
    'network_receive_bytes_total',
    'network_transmit_bytes_total',
    'network_dropped_total',
    'tcp_segments_sent_total',
    'tcp_segments_resent_total',
    'tcp_sockets',
    'tcp_waiting_sockets',
  ],
  read: (files, out) => {
    for (const traffic of parseNetDev(files.read('proc/net/dev'))) writeInterface(files, traffic, out)
    const snmp = files.optional('proc/net/snmp')
    if (snmp !== undefined) parseSnmp(snmp, out)
    // IPv4 and IPv6 sockets stand in two files; without IPv6 the second does not exist.
    const sockets = parseSockstat(files.optional('proc/net/sockstat'), 'TCP')
    const sockets6 = parseSockstat(files.optional('proc/net/sockstat6'), 'TCP6')
    if (sockets.inUse !== undefined) out.gauge('tcp_sockets', sockets.inUse + (sockets6.inUse ?? 0))
    if (sockets.waiting !== undefined) out.gauge('tcp_waiting_sockets', sockets.waiting)
  },
}

function writeInterface(files: HostFiles, traffic: InterfaceTraffic, out: Values): void {
  const { path, name, received, sent, dropped } = traffic
  const up = isUp(files, path)
  const virtual = VIRTUAL.test(name)
  // The kernel makes some of them unasked (ifb0, dummy0); nobody wants to see those.
  if (virtual && name !== 'lo' && !up && received + sent === 0) return
  const labels = { interface: name }
  out.counter(seriesKey('network_receive_bytes_total', labels), received)
  out.counter(seriesKey('network_transmit_bytes_total', labels), sent)
  out.counter(seriesKey('network_dropped_total', labels), dropped)
  out.state(seriesKey('interface', { interface: name, virtual: String(virtual) }), up ? 'up' : 'down')
}

/** Drivers that do not follow their carrier (loopback, tun) say `unknown`: then being switched on must do. */
function isUp(files: HostFiles, path: string): boolean {
  const state = files.optional(`sys/class/net/${path}/operstate`)
  const text = state === undefined ? 'unknown' : Buffer.from(state).toString('latin1').trim()
  if (text !== 'unknown') return text === 'up'
  const flags = files.optional(`sys/class/net/${path}/flags`)
  if (flags === undefined) return true
  const value = Number.parseInt(Buffer.from(flags).toString('latin1'), 16)
  return Number.isNaN(value) || (value & FLAG_UP) !== 0
}
