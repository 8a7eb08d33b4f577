import type { Listener } from '../../model/host.ts'

/** What one program listens on over one protocol. */
export interface Service {
  /** The holder's name; absent where it may not be known. */
  readonly process?: string
  readonly protocol: Listener['protocol']
  /** Lowest pid of its holders. */
  readonly pid?: number
  /** How many processes hold the sockets. */
  readonly holders: number
  /** In the order of `byReach`; every address and port once. */
  readonly sockets: readonly Listener[]
}

const ANY = new Set(['0.0.0.0', '::', '*'])

/** It takes connections on all addresses. */
export function isOpenToAll({ address }: Listener): boolean {
  return ANY.has(address)
}

function isLoopback({ address }: Listener): boolean {
  return address.startsWith('127.') || address === '::1'
}

/** `:80` on all addresses, `127.0.0.1:5432` and `[::1]:5432` on one. */
export function socketText(socket: Listener): string {
  if (isOpenToAll(socket)) return `:${socket.port}`
  return `${socket.address.includes(':') ? `[${socket.address}]` : socket.address}:${socket.port}`
}

/** What others can reach first, then TCP before UDP, then by port: an order that only changes when a socket comes or goes. */
export function byReach(a: Listener, b: Listener): number {
  return (
    Number(isLoopback(a)) - Number(isLoopback(b)) ||
    (a.protocol < b.protocol ? -1 : a.protocol > b.protocol ? 1 : 0) ||
    a.port - b.port ||
    (a.address < b.address ? -1 : a.address > b.address ? 1 : 0) ||
    (a.pid ?? 0) - (b.pid ?? 0)
  )
}

/** Joins the sockets of one program and protocol; sockets of unknown holders join by port. */
export function servicesOf(listeners: readonly Listener[]): readonly Service[] {
  const groups = new Map<string, Listener[]>()
  for (const socket of [...listeners].sort(byReach)) {
    const key = `${socket.protocol} ${socket.process === undefined ? `:${socket.port}` : `=${socket.process}`}`
    const group = groups.get(key)
    if (group) group.push(socket)
    else groups.set(key, [socket])
  }
  return [...groups.values()].map((group) => {
    const first = group[0] as Listener
    const pids = new Set(group.map(({ pid }) => pid).filter((pid) => pid !== undefined))
    const texts = new Set<string>()
    const sockets = group.filter((socket) => {
      const text = socketText(socket)
      // The IPv6 twin of a loopback socket says nothing more.
      if (texts.has(text) || (socket.address === '::1' && texts.has(`127.0.0.1:${socket.port}`))) return false
      texts.add(text)
      return true
    })
    return {
      protocol: first.protocol,
      holders: pids.size,
      sockets,
      ...(first.process === undefined ? {} : { process: first.process }),
      ...(pids.size === 0 ? {} : { pid: Math.min(...pids) }),
    }
  })
}
