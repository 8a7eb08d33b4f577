import type { Values } from '../../model/sample.ts'
import { perFiles } from '../per-files.ts'
import type { HostFiles, Probe } from '../probe.ts'
import { LINK_SERIES, Links } from './links.ts'
import { type InterfaceTraffic, parseNetDev } from './net-dev.ts'

const linksOf = perFiles((files: HostFiles) => new Links(files))

/** Traffic by interface, whether it is up and how fast it is. Sources: /proc/net/dev, proc_pid_net(5); sys/class/net. */
export const network: Probe = {
  name: 'network',
  everyMs: 1000,
  series: LINK_SERIES,
  read: (files, out) => {
    const links = linksOf(files)
    links.turn()
    for (const traffic of parseNetDev(files.read('proc/net/dev'))) writeInterface(links, traffic, out)
  },
}

function writeInterface(links: Links, traffic: InterfaceTraffic, out: Values): void {
  const { path, name, received, sent } = traffic
  const { virtual, keys, stateKey, up, speed } = links.get(path, name)
  // The kernel makes some of them unasked (ifb0, dummy0); nobody wants to see those.
  if (virtual && name !== 'lo' && !up && received + sent === 0) return
  out.counter(keys.network_receive_bytes_total, received)
  out.counter(keys.network_transmit_bytes_total, sent)
  out.counter(keys.network_receive_packets_total, traffic.packetsReceived)
  out.counter(keys.network_transmit_packets_total, traffic.packetsSent)
  out.counter(keys.network_dropped_total, traffic.dropped)
  out.counter(keys.network_errors_total, traffic.errors)
  if (speed !== undefined) out.gauge(keys.network_speed_bytes_per_second, speed)
  out.state(stateKey, up ? 'up' : 'down')
}
