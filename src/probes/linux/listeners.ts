import { Cursor } from '../../lib/decimal.ts'
import type { Listener } from '../../model/host.ts'
import type { Bytes, HostFiles } from '../probe.ts'
import { parseAddress } from './address.ts'
import { type Owner, ownersOf, stillOwns } from './socket-owners.ts'
import { readSocketTable } from './socket-table.ts'

/** Socket states of include/net/tcp_states.h; an unconnected UDP socket is in the state CLOSE. */
const LISTEN = '0A'
const CLOSE = '07'
/** Half-open connections: kernels before 4.4 list them behind the socket that they came in by. */
const SYN_RECEIVED = '03'

/** Above this, UDP ports are those of clients that wait for an answer (the kernel's usual ip_local_port_range). */
const FIRST_CLIENT_PORT = 32_768

/** A listener with the inode of its socket, by which its holder is found. */
export interface ListeningSocket {
  readonly protocol: 'tcp' | 'udp'
  readonly address: string
  readonly port: number
  /** 0 for sockets of the kernel itself. */
  readonly inode: number
}

const TABLES = [
  { file: 'proc/net/tcp', protocol: 'tcp' },
  { file: 'proc/net/tcp6', protocol: 'tcp' },
  { file: 'proc/net/udp', protocol: 'udp' },
  { file: 'proc/net/udp6', protocol: 'udp' },
] as const

/**
 * One line of a socket table, `0: 0100007F:1F90 00000000:0000 0A 00000000:00000000 00:00000000 00000000 0 0 12345 …`: a socket if it
 * listens, and whether another one may follow (in the TCP tables those that listen stand before all connections).
 * Source: kernel doc networking/proc_net_tcp.
 */
export function parseSocketLine(line: Bytes, protocol: 'tcp' | 'udp'): { socket?: ListeningSocket; more: boolean } {
  const cursor = new Cursor(line)
  cursor.skipWord()
  const local = cursor.word()
  const remote = cursor.word()
  const state = cursor.word()
  const more = protocol === 'udp' || state === LISTEN || state === SYN_RECEIVED
  if (state !== (protocol === 'tcp' ? LISTEN : CLOSE)) return { more }
  cursor.skipWords(5)
  const inode = cursor.integer()
  const colon = local.indexOf(':')
  const address = parseAddress(local.slice(0, colon))
  const port = Number.parseInt(local.slice(colon + 1), 16)
  if (address === undefined || !(port > 0) || Number.isNaN(inode)) return { more }
  if (protocol === 'udp' && (port >= FIRST_CLIENT_PORT || !remote.endsWith(':0000'))) return { more }
  return { socket: { protocol, address, port, inode }, more }
}

/** Sockets that wait for clients, in the kernel's order. Costs 2 ms a table and more (the kernel walks all of its hash): not for a tick. */
export function readListeningSockets(files: HostFiles): ListeningSocket[] {
  const result: ListeningSocket[] = []
  for (const { file, protocol } of TABLES) {
    readSocketTable(files.root, file, (line) => {
      const { socket, more } = parseSocketLine(line, protocol)
      if (socket !== undefined) result.push(socket)
      return more
    })
  }
  return result
}

/** One listener for each protocol, address and port (several sockets may share one: SO_REUSEPORT), with its holder where it is known. */
export function listenersOf(sockets: readonly ListeningSocket[], owners: ReadonlyMap<number, Owner>): Listener[] {
  const byAddress = new Map<string, Listener>()
  for (const { protocol, address, port, inode } of sockets) {
    const key = `${protocol} ${address} ${port}`
    if (byAddress.get(key)?.pid !== undefined) continue
    byAddress.set(key, { protocol, address, port, ...owners.get(inode) })
  }
  return [...byAddress.values()].sort(
    (a, b) => a.port - b.port || a.protocol.localeCompare(b.protocol) || a.address.localeCompare(b.address),
  )
}

function inodesOf(sockets: readonly ListeningSocket[]): Set<number> {
  return new Set(sockets.map(({ inode }) => inode).filter((inode) => inode !== 0))
}

/** What listens on this machine, sorted by port, each with its holder where that may be known. Looks for holders, which reads the files of all processes, only when the sockets changed or a holder ended. */
export class ListenerCollector {
  private inodes: ReadonlySet<number> = new Set()
  private owners: ReadonlyMap<number, Owner> = new Map()

  collect(files: HostFiles): Listener[] {
    const sockets = readListeningSockets(files)
    const inodes = inodesOf(sockets)
    const same = inodes.size === this.inodes.size && [...inodes].every((inode) => this.inodes.has(inode))
    if (!same || ![...this.owners.values()].every((owner) => stillOwns(files, owner))) {
      this.owners = ownersOf(files, inodes)
      this.inodes = inodes
    }
    return listenersOf(sockets, this.owners)
  }
}
