import { connect as connectSocket, isIP, type Socket } from 'node:net'
import type { TLSSocket } from 'node:tls'
import type { Phases } from '../../model/check.ts'
import { hostPort } from './address.ts'
import { bound } from './bound.ts'
import { connectFirst } from './connect.ts'
import { resolve } from './resolve.ts'
import type { TlsOptions } from './secure-context.ts'

/** Whom to connect to, and how. */
export interface Dial {
  /** A name or an address; the path of a Unix socket instead when `path` is there. */
  readonly host: string
  readonly port: number
  readonly path?: string
  /** Only addresses of this family; both when absent, tried side by side (RFC 8305). */
  readonly family?: 4 | 6
  readonly tls?: TlsOptions
}

/** A connection that stands. Who dials must destroy the socket; the signal does so too. */
export interface Connection {
  readonly socket: Socket | TLSSocket
  /** `dns`, `connect` and `tls` in seconds, as far as they happened. */
  readonly phases: Phases
  /** `127.0.0.1:8443`, or the socket's path. */
  readonly from: string
}

/** Seconds since a moment of `performance.now()`. */
function since(start: number): number {
  return (performance.now() - start) / 1000
}

/**
 * Resolves a name (with `resolve.ts`), connects, and shakes hands. A certificate that is not trusted does not fail here: `certificate.ts`
 * tells what there is of it, and the check judges. Rejects with the system's error (its `address` and `port` set) or with the signal's
 * reason; nothing is left open then. Once the connection stands, an abort of the signal destroys its socket with the reason.
 */
export async function dial(to: Dial, signal: AbortSignal): Promise<Connection> {
  if (to.tls === undefined) return connect(to, signal)
  // Loaded by whoever speaks it, and ahead of the clock.
  const { prepare, shakeHands } = await import('./handshake.ts')
  prepare(to.tls)
  const { socket, phases, from } = await connect(to, signal)
  const start = performance.now()
  const secured = await shakeHands(socket, to.host, to.tls, signal)
  return { socket: secured, phases: { ...phases, tls: since(start) }, from }
}

async function connect(to: Dial, signal: AbortSignal): Promise<Connection & { readonly socket: Socket }> {
  const { socket, phases } = to.path === undefined ? await reach(to, signal) : await reachPath(to.path, signal)
  return { socket, phases, from: to.path ?? hostPort(socket.remoteAddress ?? to.host, to.port) }
}

interface Reached {
  readonly socket: Socket
  readonly phases: Phases
}

async function reach({ host, port, family }: Dial, signal: AbortSignal): Promise<Reached> {
  const asked = performance.now()
  const addresses = await resolve(host, family, signal)
  const dns = since(asked)
  const start = performance.now()
  const socket = await connectFirst(
    addresses.map(
      ({ address }) =>
        () =>
          connectSocket({ host: address, port }),
    ),
    signal,
  )
  return { socket: bound(socket, signal), phases: { ...(isIP(host) === 0 ? { dns } : {}), connect: since(start) } }
}

async function reachPath(path: string, signal: AbortSignal): Promise<Reached> {
  const start = performance.now()
  const socket = await connectFirst([() => connectSocket({ path })], signal)
  return { socket: bound(socket, signal), phases: { connect: since(start) } }
}
