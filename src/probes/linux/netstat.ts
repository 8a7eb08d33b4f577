import { Cursor } from '../../lib/decimal.ts'
import type { Values } from '../../model/sample.ts'
import { demand } from '../decode.ts'
import type { Bytes, Probe } from '../probe.ts'
import { parseSnmpTable } from './snmp-table.ts'

const OVERFLOWS = 'ListenOverflows'
const DROPS = 'ListenDrops'
const LISTEN_FIELDS = new Set([OVERFLOWS, DROPS])
const UDP_FIELDS = new Set(['InErrors'])
const SNMP6 = 'proc/net/snmp6'

/**
 * What was turned away or lost before a program saw it. Sources: /proc/net/netstat (the longest of these files, so read every other
 * second), kernel doc networking/snmp_counter; UDP from /proc/net/snmp and snmp6, RFC 4113.
 */
export const netstat: Probe = {
  name: 'netstat',
  everyMs: 2000,
  series: ['tcp_listen_overflows_total', 'tcp_listen_drops_total', 'udp_receive_errors_total'],
  read: (files, out) => {
    const extended = files.optional('proc/net/netstat')
    if (extended !== undefined) parseNetstat(extended, out)
    const snmp = files.optional('proc/net/snmp')
    const errors = snmp && parseSnmpTable(snmp, 'proc/net/snmp', 'Udp:', UDP_FIELDS).get('InErrors')
    if (errors === undefined) return
    const snmp6 = files.optional(SNMP6)
    out.counter('udp_receive_errors_total', errors + (snmp6 === undefined ? 0 : (parseSnmp6(snmp6) ?? 0)))
  },
}

/** Connections that found the queue of their listener full, and all that were turned away, from the `TcpExt:` lines. */
export function parseNetstat(bytes: Bytes, out: Values): void {
  const values = parseSnmpTable(bytes, 'proc/net/netstat', 'TcpExt:', LISTEN_FIELDS)
  const overflows = values.get(OVERFLOWS)
  const drops = values.get(DROPS)
  if (overflows !== undefined) out.counter('tcp_listen_overflows_total', overflows)
  if (drops !== undefined) out.counter('tcp_listen_drops_total', drops)
}

/** `Udp6InErrors 3`, one name and number a line → the number; undefined without it. */
export function parseSnmp6(bytes: Bytes): number | undefined {
  const cursor = new Cursor(bytes)
  for (; !cursor.done; cursor.skipLine()) {
    if (cursor.take('Udp6InErrors')) return demand(cursor.integer(), SNMP6, 'Udp6InErrors', bytes, cursor.at)
  }
  return undefined
}
