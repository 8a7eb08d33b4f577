import type { Socket } from 'node:net'
import type { TLSSocket } from 'node:tls'
import { type Connection, type Dial, dial } from './dial.ts'
import { prepare, shakeHands } from './handshake.ts'
import { PeerError } from './peer-error.ts'
import type { TlsOptions } from './secure-context.ts'
import { type StarttlsProtocol, startTls } from './starttls.ts'

export interface SecureConnection extends Connection {
  readonly socket: TLSSocket
}

/**
 * Connects and begins TLS, after the talk of STARTTLS where that is spoken; its phase `tls` holds both. Rejects like `dial`, or with
 * PeerError when the peer did not do its part; nothing is left open then.
 */
export async function dialSecure(
  to: Omit<Dial, 'tls'>,
  options: TlsOptions,
  starttls: StarttlsProtocol | undefined,
  signal: AbortSignal,
): Promise<SecureConnection> {
  prepare(options)
  const { socket, phases, from } = await dial(to, signal)
  const begun = performance.now()
  try {
    if (starttls !== undefined) await startTls(starttls, socket, from, signal)
    const secured = await handshake(socket, to.host, options, from, signal)
    return { socket: secured, phases: { ...phases, tls: (performance.now() - begun) / 1000 }, from }
  } catch (error) {
    socket.destroy()
    throw error
  }
}

async function handshake(
  socket: Socket,
  host: string,
  options: TlsOptions,
  from: string,
  signal: AbortSignal,
): Promise<TLSSocket> {
  try {
    return await shakeHands(socket, host, options, signal)
  } catch (error) {
    if (signal.aborted) throw new PeerError('timeout', `connected, but ${from} did not finish the TLS handshake`)
    throw error
  }
}
