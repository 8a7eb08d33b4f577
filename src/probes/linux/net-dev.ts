import { Cursor } from '../../lib/decimal.ts'
import { decode, decodeSafe, demand } from '../decode.ts'
import type { Bytes } from '../probe.ts'

const FILE = 'proc/net/dev'
const COLON = 58
const NEWLINE = 10
const HEADER_LINES = 2

/** One line of /proc/net/dev; totals since the interface came to be. */
export interface InterfaceTraffic {
  /** As sysfs names it. */
  readonly path: string
  /** Safe to show. */
  readonly name: string
  readonly received: number
  readonly sent: number
  readonly packetsReceived: number
  readonly packetsSent: number
  /** Packets, both directions. */
  readonly dropped: number
  /** Packets, both directions. */
  readonly errors: number
}

/**
 * `eth0: 236342099 8066 0 0 0 0 0 0 502105 4707 0 0 0 0 0 0` → traffic of each interface, in the kernel's order. Of two names that look
 * alike once they are safe to show the first stands, so that nobody can pass for another. Throws ParseError with the field that is
 * no number. Source: proc_pid_net(5).
 */
export function parseNetDev(bytes: Bytes): InterfaceTraffic[] {
  const result: InterfaceTraffic[] = []
  const seen = new Set<string>()
  const cursor = new Cursor(bytes)
  for (let line = 0; line < HEADER_LINES; line++) cursor.skipLine()
  for (; !cursor.done; cursor.skipLine()) {
    cursor.skipSpaces()
    const start = cursor.at
    const newline = bytes.indexOf(NEWLINE, start)
    // The last colon of the line: old kernels glued the first number to the name, and aliases had a colon in theirs.
    const colon = bytes.lastIndexOf(COLON, newline < 0 ? bytes.length - 1 : newline)
    if (colon < start) continue
    cursor.at = colon + 1
    const received = field(cursor, bytes, 'bytes received')
    const packetsReceived = field(cursor, bytes, 'packets received')
    const errorsIn = field(cursor, bytes, 'received packets with errors')
    const droppedIn = field(cursor, bytes, 'received packets dropped')
    cursor.skipWords(4)
    const sent = field(cursor, bytes, 'bytes sent')
    const packetsSent = field(cursor, bytes, 'packets sent')
    const errorsOut = field(cursor, bytes, 'sent packets with errors')
    const droppedOut = field(cursor, bytes, 'sent packets dropped')
    const raw = bytes.subarray(start, colon)
    const name = decodeSafe(raw)
    if (name === '' || seen.has(name)) continue
    seen.add(name)
    result.push({
      path: decode(raw),
      name,
      received,
      sent,
      packetsReceived,
      packetsSent,
      dropped: droppedIn + droppedOut,
      errors: errorsIn + errorsOut,
    })
  }
  return result
}

function field(cursor: Cursor, bytes: Bytes, name: string): number {
  return demand(cursor.integer(), FILE, name, bytes, cursor.at)
}
