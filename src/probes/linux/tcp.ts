import { Cursor } from '../../lib/decimal.ts'
import type { Values } from '../../model/sample.ts'
import { demand } from '../decode.ts'
import type { Bytes } from '../probe.ts'

const SNMP = 'proc/net/snmp'

/**
 * Segments sent, and sent again, from the two `Tcp:` lines (names, then numbers) of /proc/net/snmp. OutSegs does not count what is
 * sent again, RetransSegs does nothing else (RFC 4022). Throws ParseError when a number is none.
 */
export function parseSnmp(bytes: Bytes, out: Values): void {
  const cursor = new Cursor(bytes)
  let names: string[] | undefined
  for (; !cursor.done; cursor.skipLine()) {
    if (!cursor.take('Tcp:')) continue
    if (names === undefined) {
      names = []
      for (let name = cursor.word(); name !== ''; name = cursor.word()) names.push(name)
      continue
    }
    for (const name of names) {
      const value = demand(cursor.integer(), SNMP, name, bytes, cursor.at)
      if (name === 'OutSegs') out.counter('tcp_segments_sent_total', value)
      else if (name === 'RetransSegs') out.counter('tcp_segments_resent_total', value)
    }
    return
  }
}

export interface SocketCounts {
  readonly inUse?: number
  /** In TIME-WAIT, IPv4 and IPv6 together. */
  readonly waiting?: number
}

/** `TCP: inuse 9 orphan 0 tw 3 alloc 9 mem 1` → counts. What the line (or the file) does not have is absent. */
export function parseSockstat(bytes: Bytes | undefined, protocol: 'TCP' | 'TCP6'): SocketCounts {
  if (bytes === undefined) return {}
  const cursor = new Cursor(bytes)
  for (; !cursor.done; cursor.skipLine()) {
    if (!cursor.take(`${protocol}:`)) continue
    const counts: { inUse?: number; waiting?: number } = {}
    for (let name = cursor.word(); name !== ''; name = cursor.word()) {
      const value = demand(cursor.integer(), 'proc/net/sockstat', name, bytes, cursor.at)
      if (name === 'inuse') counts.inUse = value
      else if (name === 'tw') counts.waiting = value
    }
    return counts
  }
  return {}
}
