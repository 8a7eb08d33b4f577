import { Cursor } from '../../../lib/decimal.ts'
import { decodeSafe } from '../../decode.ts'
import type { Bytes } from '../../probe.ts'

/**
 * States of TCP by the kernel's number (include/net/tcp_states.h), in words for people. `unclosed` is CLOSE_WAIT: the peer has closed, the
 * process has not.
 */
const TCP_STATES: Readonly<Record<number, string>> = {
  1: 'open',
  2: 'opening',
  3: 'opening',
  4: 'closing',
  5: 'closing',
  6: 'closing',
  7: 'closed',
  8: 'unclosed',
  9: 'closing',
  10: 'listen',
  11: 'closing',
}
const ESTABLISHED = 1
/** No state: UDP that is bound, not connected. */
const NONE = '·'

/** A line of /proc/net/{tcp,udp}[6]. */
export interface InetSocket {
  readonly inode: number
  readonly state: string
  /** Addresses as they stand there, in hexadecimal: `0100007F:1F90`. */
  readonly local: string
  readonly remote: string
  readonly receiveQueue: number
  readonly sendQueue: number
}

/**
 * `0: 0100007F:1F90 00000000:0000 0A 00000000:00000005 00:00000000 00000000 0 0 12345 …`; undefined for what is no such line. Source:
 * kernel doc networking/proc_net_tcp.
 */
export function parseInetLine(line: Bytes, protocol: 'tcp' | 'udp'): InetSocket | undefined {
  const cursor = new Cursor(line)
  cursor.skipWord()
  const local = cursor.word()
  const remote = cursor.word()
  const number = Number.parseInt(cursor.word(), 16)
  const [send = '', receive = ''] = cursor.word().split(':')
  cursor.skipWords(4)
  const inode = cursor.integer()
  const sendQueue = Number.parseInt(send, 16)
  const receiveQueue = Number.parseInt(receive, 16)
  if (Number.isNaN(inode + number + sendQueue + receiveQueue)) return undefined
  const state = protocol === 'udp' ? (number === ESTABLISHED ? 'open' : NONE) : (TCP_STATES[number] ?? NONE)
  return { inode, state, local, remote, receiveQueue, sendQueue }
}

/** A line of /proc/net/unix. */
export interface UnixSocket {
  readonly inode: number
  readonly state: string
  /** A file, `@name` for an abstract one, empty for one without a name. Safe to show. */
  readonly path: string
}

const ACCEPTS = 0x10000
const UNIX_STATES: Readonly<Record<number, string>> = { 2: 'opening', 3: 'open', 4: 'closing' }

/** `00000000f8fb5265: 00000002 00000000 00010000 0001 01 1057 /run/x.sock`; undefined for what is no such line. Source: proc_pid_net(5). */
export function parseUnixLine(line: Bytes): UnixSocket | undefined {
  const cursor = new Cursor(line)
  cursor.skipWords(3)
  const flags = Number.parseInt(cursor.word(), 16)
  cursor.skipWord()
  const number = Number.parseInt(cursor.word(), 16)
  const inode = cursor.integer()
  if (Number.isNaN(flags + number + inode)) return undefined
  cursor.skipSpaces()
  const state = (flags & ACCEPTS) !== 0 ? 'listen' : (UNIX_STATES[number] ?? NONE)
  return { inode, state, path: decodeSafe(line.subarray(cursor.at)) }
}
