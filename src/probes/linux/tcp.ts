import { Cursor } from '../../lib/decimal.ts'
import type { Values } from '../../model/sample.ts'
import { demand } from '../decode.ts'
import type { Bytes } from '../probe.ts'
import { parseSnmpTable } from './snmp-table.ts'

const COUNTERS: readonly (readonly [string, string])[] = [
  ['OutSegs', 'tcp_segments_sent_total'],
  ['RetransSegs', 'tcp_segments_resent_total'],
  ['EstabResets', 'tcp_resets_total'],
]
const ESTABLISHED = 'CurrEstab'
const WANTED = new Set([...COUNTERS.map(([field]) => field), ESTABLISHED])

/**
 * What TCP did, IPv4 and IPv6 together, and connections that are open, from /proc/net/snmp. OutSegs does not count what is sent again,
 * RetransSegs does nothing else; EstabResets counts connections that ended without being closed (RFC 4022). Throws ParseError when a
 * number is none.
 */
export function parseSnmp(bytes: Bytes, out: Values): void {
  const values = parseSnmpTable(bytes, 'proc/net/snmp', 'Tcp:', WANTED)
  for (const [field, series] of COUNTERS) {
    const value = values.get(field)
    if (value !== undefined) out.counter(series, value)
  }
  const established = values.get(ESTABLISHED)
  if (established !== undefined) out.gauge('tcp_established_sockets', established)
}

export interface SocketCounts {
  readonly inUse?: number
  /** In TIME-WAIT, IPv4 and IPv6 together. */
  readonly waiting?: number
  /** Held by no process, IPv4 and IPv6 together. */
  readonly orphans?: number
  /** Pages of memory, IPv4 and IPv6 together, those of other network namespaces too. */
  readonly pages?: number
}

const FIELDS: Readonly<Record<string, keyof SocketCounts>> = {
  inuse: 'inUse',
  tw: 'waiting',
  orphan: 'orphans',
  mem: 'pages',
}

/** `TCP: inuse 9 orphan 0 tw 3 alloc 9 mem 1` → counts. What the line (or the file) does not have is absent. */
export function parseSockstat(bytes: Bytes | undefined, protocol: 'TCP' | 'TCP6' | 'UDP' | 'UDP6'): SocketCounts {
  if (bytes === undefined) return {}
  const cursor = new Cursor(bytes)
  for (; !cursor.done; cursor.skipLine()) {
    if (!cursor.take(`${protocol}:`)) continue
    const counts: { -readonly [K in keyof SocketCounts]: SocketCounts[K] } = {}
    for (let name = cursor.word(); name !== ''; name = cursor.word()) {
      const value = demand(cursor.integer(), 'proc/net/sockstat', name, bytes, cursor.at)
      const field = FIELDS[name]
      if (field !== undefined) counts[field] = value
    }
    return counts
  }
  return {}
}
