import { networkInterfaces } from 'node:os'
import type { Systeminformation } from 'systeminformation'
import { safeText } from '../../lib/text.ts'
import type { Values } from '../../model/sample.ts'
import { seriesKey } from '../../model/series.ts'
import type { SlowProbe } from '../probe.ts'

/** Loopback, and what carries the traffic of other interfaces of this machine: counted again in a total it would make it wrong. */
const VIRTUAL =
  /^(lo\d*|bridge\d+|ap\d+|awdl\d+|llw\d+|anpi\d+|gif\d+|stf\d+|pktap\d+|vmenet\d+|veth.*|docker.*|br-.*|br\d+|virbr.*|bond.*|vnet.*|vEthernet .*|Loopback .*|.*\.\d+)$/

type Traffic = Pick<
  Systeminformation.NetworkStatsData,
  'iface' | 'operstate' | 'rx_bytes' | 'tx_bytes' | 'rx_dropped' | 'tx_dropped' | 'rx_errors' | 'tx_errors'
>

/**
 * Traffic by interface. Source: `networkStats()` of systeminformation, for the interfaces Node knows (those that are up and have an address):
 * finding all of them costs the library several programs for each. Its rates are not used.
 */
export const network: SlowProbe = {
  name: 'network',
  everyMs: process.platform === 'win32' ? 15_000 : 5000,
  deadlineMs: process.platform === 'win32' ? 15_000 : 5000,
  series: [
    'network_receive_bytes_total',
    'network_transmit_bytes_total',
    'network_dropped_total',
    'network_errors_total',
  ],
  asksMachine: true,
  measure: async (_context, out) => {
    const names = worthAsking(Object.keys(networkInterfaces()), process.platform)
    if (names.length === 0) return
    const { networkStats } = await import('systeminformation')
    writeInterfaces(await networkStats(names.join(',')), process.platform, out)
  },
}

/** Windows counts nothing of its loopback, and asking for one interface costs several PowerShells. */
export function worthAsking(names: readonly string[], platform: NodeJS.Platform): readonly string[] {
  return platform === 'win32' ? names.filter((name) => !/^loopback /i.test(name)) : names
}

/** Counters of each interface. One that could not be asked has none. */
export function writeInterfaces(list: readonly Traffic[], platform: NodeJS.Platform, out: Values): void {
  for (const traffic of list) {
    const { operstate, rx_bytes, tx_bytes, rx_dropped, tx_dropped, rx_errors, tx_errors } = traffic
    if (operstate === 'unknown' && rx_bytes + tx_bytes === 0) continue
    const name = safeText(traffic.iface, 64)
    const labels = { interface: name }
    out.counter(seriesKey('network_receive_bytes_total', labels), rx_bytes)
    out.counter(seriesKey('network_transmit_bytes_total', labels), tx_bytes)
    // netstat of macOS has one column for both, which the library gives twice.
    const dropped = platform === 'darwin' ? tx_dropped : rx_dropped + tx_dropped
    out.counter(seriesKey('network_dropped_total', labels), dropped)
    out.counter(seriesKey('network_errors_total', labels), rx_errors + tx_errors)
    const virtual = String(VIRTUAL.test(name))
    out.state(seriesKey('interface', { interface: name, virtual }), operstate === 'down' ? 'down' : 'up')
  }
}
