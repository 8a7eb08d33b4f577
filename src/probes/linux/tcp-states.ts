import { Cursor } from '../../lib/decimal.ts'
import { seriesKey } from '../../model/series.ts'
import type { Bytes, HostFiles, Probe } from '../probe.ts'
import { readSocketTable } from './socket-table.ts'
import { parseSockstat } from './tcp.ts'

/** The kernel takes about 2 ms for a table with nothing in it and 1 µs more for each socket: beyond this it is not asked. */
const MAX_SOCKETS = 20_000

const TABLES = ['proc/net/tcp', 'proc/net/tcp6']

/** By the number of the kernel (include/net/tcp_states.h), under the names of ss(8). */
const STATES = [
  undefined,
  'established',
  'syn-sent',
  'syn-recv',
  'fin-wait-1',
  'fin-wait-2',
  'time-wait',
  'close',
  'close-wait',
  'last-ack',
  'listen',
  'closing',
  // A request for a connection that has no socket of its own yet.
  'syn-recv',
] as const

/**
 * TCP sockets by what they are at. Source: /proc/net/tcp and tcp6, kernel doc networking/proc_net_tcp. Nothing on a machine with so
 * many sockets that walking over them would be felt.
 */
export const tcpStates: Probe = {
  name: 'tcp-states',
  everyMs: 30_000,
  series: ['tcp_states'],
  read: (files, out) => {
    if (countSockets(files) > MAX_SOCKETS) return
    const counts = new Map<string, number>()
    const count = (line: Bytes) => {
      const state = parseTcpState(line)
      if (state !== undefined) counts.set(state, (counts.get(state) ?? 0) + 1)
      return true
    }
    const [there] = TABLES.map((file) => readSocketTable(files.root, file, count))
    if (!there) return
    for (const state of new Set(STATES)) {
      if (state !== undefined) out.gauge(seriesKey('tcp_states', { state }), counts.get(state) ?? 0)
    }
  },
}

/** The state of one line of the table, `0: 0100007F:1F90 00000000:0000 0A …`; undefined for one that nobody knows. */
export function parseTcpState(line: Bytes): (typeof STATES)[number] {
  const cursor = new Cursor(line)
  cursor.skipWords(3)
  return STATES[Number.parseInt(cursor.word(), 16)]
}

function countSockets(files: HostFiles): number {
  const tcp = parseSockstat(files.optional('proc/net/sockstat'), 'TCP')
  const tcp6 = parseSockstat(files.optional('proc/net/sockstat6'), 'TCP6')
  return (tcp.inUse ?? 0) + (tcp.waiting ?? 0) + (tcp6.inUse ?? 0)
}
