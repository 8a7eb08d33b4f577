import type { SocketGroup } from '../../../model/watch.ts'
import { parseAddress } from '../address.ts'
import type { InetSocket } from './socket-lines.ts'

/** Above this are ports of clients (the kernel's usual ip_local_port_range). */
const FIRST_CLIENT_PORT = 32_768
const MOST_GROUPS = 500

/** A socket of the process, with who is at its other end where that is on this machine. */
export type OwnSocket = InetSocket & { readonly protocol: 'tcp' | 'udp'; readonly peerProcess?: string }

interface End {
  readonly address: string
  readonly port: number
}

function endOf(hex: string): End {
  const colon = hex.indexOf(':')
  return { address: parseAddress(hex.slice(0, colon)) ?? '?', port: Number.parseInt(hex.slice(colon + 1), 16) }
}

function written({ address, port }: End): string {
  return `${address.includes(':') ? `[${address}]` : address}:${port}`
}

/** Which end is the service: what the process listens on is, else the lower port if it is no client's. */
function isServer(local: End, remote: End, listening: ReadonlySet<number>): boolean {
  if (listening.has(local.port)) return true
  return local.port < FIRST_CLIENT_PORT && local.port < remote.port
}

/** The group of one socket: a client's port says nothing, and would make each connection a group of its own. */
function groupOf(socket: OwnSocket, listening: ReadonlySet<number>): SocketGroup {
  const { protocol, state, peerProcess, receiveQueue, sendQueue } = socket
  const local = endOf(socket.local)
  const remote = endOf(socket.remote)
  const queues = { receiveQueue, sendQueue, count: 1, ...(peerProcess !== undefined && { peerProcess }) }
  if (remote.port === 0) return { protocol, state, local: written(local), peer: '', ...queues }
  return isServer(local, remote, listening)
    ? { protocol, state, local: written(local), peer: remote.address, ...queues }
    : { protocol, state, local: local.address, peer: written(remote), ...queues }
}

/** Counts those that are the same to people. Listening ones first, then the largest groups; at most 500. */
export function groupSockets(sockets: readonly OwnSocket[], others: readonly SocketGroup[] = []): SocketGroup[] {
  const listening = new Set(sockets.filter(({ state }) => state === 'listen').map(({ local }) => endOf(local).port))
  const groups = new Map<string, SocketGroup>()
  for (const one of [...sockets.map((socket) => groupOf(socket, listening)), ...others]) {
    const key = JSON.stringify([one.protocol, one.state, one.local, one.peer, one.peerProcess])
    const before = groups.get(key)
    groups.set(
      key,
      before === undefined
        ? one
        : {
            ...before,
            count: before.count + one.count,
            receiveQueue: before.receiveQueue + one.receiveQueue,
            sendQueue: before.sendQueue + one.sendQueue,
          },
    )
  }
  return [...groups.values()]
    .sort(
      (a, b) =>
        Number(b.state === 'listen') - Number(a.state === 'listen') ||
        b.count - a.count ||
        a.local.localeCompare(b.local) ||
        a.peer.localeCompare(b.peer),
    )
    .slice(0, MOST_GROUPS)
}
