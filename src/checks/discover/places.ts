import type { Listener } from '../../model/host.ts'

/** A socket that can be asked from this machine: one for all the addresses and processes behind it. */
export interface Place {
  readonly protocol: Listener['protocol']
  /** An address of this machine, never a name: nothing else is ever contacted. */
  readonly host: string
  readonly port: number
  /** Who holds it, where that may be known. */
  readonly process?: string
}

const LOOPBACK_V4 = '127.0.0.1'
const LOOPBACK_V6 = '::1'

/** How a listening address is reached from this machine: on all addresses means on loopback too. */
function reachedAt(address: string): string {
  if (address === '0.0.0.0' || address === '*') return LOOPBACK_V4
  // Nearly always a dual-stack socket, which IPv4 reaches as well; one that is not answers here in any case.
  if (address === '::') return LOOPBACK_V6
  return address
}

/** Smaller is asked first: IPv4 loopback, IPv6 loopback, then every other address. */
function rank(host: string): number {
  if (host === LOOPBACK_V4) return 0
  if (host === LOOPBACK_V6) return 1
  return host.startsWith('127.') ? 2 : 3
}

/** Names a place for good, whoever holds it. */
export function placeKey({ protocol, host, port }: Place): string {
  return `${protocol} ${host} ${port}`
}

/**
 * What there is to ask, in the order of ports: sockets of the same port that one program holds on several addresses are one place, asked on loopback where it
 * listens there. Sockets of `ownPid` are healthtop's own. A link-local address needs an interface that is not known here, and is left out.
 */
export function placesOf(listeners: readonly Listener[], ownPid: number): readonly Place[] {
  const found = new Map<string, Place>()
  for (const { protocol, address, port, pid, process } of listeners) {
    if (pid === ownPid || port === 0 || /^fe[89ab]/i.test(address)) continue
    const key = `${protocol} ${port} ${process ?? ''}`
    const host = reachedAt(address)
    const known = found.get(key)
    if (known !== undefined && rank(known.host) <= rank(host)) continue
    found.set(key, { protocol, host, port, ...(process !== undefined && { process }) })
  }
  return [...found.values()].sort((a, b) => a.port - b.port || (a.protocol < b.protocol ? -1 : 1))
}
