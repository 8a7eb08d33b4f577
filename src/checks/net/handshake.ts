import { isIP, type Socket } from 'node:net'
import { connect as connectTls, type TLSSocket } from 'node:tls'
import { bound } from './bound.ts'
import { secureContext, type TlsOptions } from './secure-context.ts'

/** Made ahead of the clock: authorities take tens of milliseconds to parse, once. Throws CertificateError. */
export function prepare(options: TlsOptions): void {
  secureContext(options)
}

/**
 * Begins TLS over a socket that stands, such as after STARTTLS or a proxy's answer; `host` is whom it is with. What fails destroys the
 * socket. The certificate is not judged.
 */
export async function shakeHands(
  socket: Socket,
  host: string,
  options: TlsOptions,
  signal: AbortSignal,
): Promise<TLSSocket> {
  try {
    signal.throwIfAborted()
    const secured = bound(beginTls(socket, options.serverName ?? host, options), signal)
    await secureOf(secured, socket)
    return secured
  } catch (error) {
    socket.destroy()
    throw signal.aborted ? signal.reason : error
  }
}

function beginTls(socket: Socket, name: string, options: TlsOptions): TLSSocket {
  return connectTls({
    socket,
    secureContext: secureContext(options),
    // An address is no server name (RFC 6066, section 3).
    ...(isIP(name) === 0 ? { servername: name } : {}),
    host: name,
    ...(options.alpn === undefined ? {} : { ALPNProtocols: [...options.alpn] }),
    rejectUnauthorized: false,
  })
}

function secureOf(secured: TLSSocket, { remoteAddress: address, remotePort: port }: Socket): Promise<void> {
  return new Promise((resolve, reject) => {
    const failed = (error: Error) => {
      secured.removeListener('close', closed)
      secured.destroy()
      reject(Object.assign(error, { address, port }))
    }
    const closed = () =>
      failed(Object.assign(new Error('the connection was closed in the handshake'), { code: 'ECONNRESET' }))
    secured.once('error', failed)
    secured.once('close', closed)
    secured.once('secureConnect', () => {
      secured.removeListener('error', failed)
      secured.removeListener('close', closed)
      resolve()
    })
  })
}
