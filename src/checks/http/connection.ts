import type { Socket } from 'node:net'
import type { TLSSocket } from 'node:tls'
import { safeText } from '../../lib/text.ts'
import type { CertificateChain } from '../../model/check.ts'
import { bareHost, hostPort } from '../net/address.ts'
import { hear } from '../net/conversation.ts'
import { type Connection, dial } from '../net/dial.ts'
import { PeerError } from '../net/peer-error.ts'
import type { TlsOptions } from '../net/secure-context.ts'
import { credentialsOf } from './request.ts'
import { type HttpUrl, peerOf, portOf } from './url.ts'

/** How the requests of a check reach their servers. */
export interface Way {
  readonly family?: 4 | 6
  /** Only for the origin that the settings name. */
  readonly socket?: string
  readonly proxy?: HttpUrl
  readonly tls: TlsOptions
  readonly http2: 'auto' | 'always' | 'never'
}

export interface HttpConnection extends Connection {
  readonly version: 1 | 2
  /** The request names the whole URL, since a proxy reads it. */
  readonly proxied: boolean
  /** Whom its certificate has to be for. */
  readonly name: string
  readonly certificate?: CertificateChain
}

/** The longest answer to CONNECT that is read. */
const MAX_HEAD = 16 * 1024

/** What TLS takes, which not every check speaks. */
export async function loadTls() {
  const [{ certificateChain }, { prepare, shakeHands }] = await Promise.all([
    import('../net/certificate.ts'),
    import('../net/handshake.ts'),
  ])
  return { certificateChain, prepare, shakeHands }
}

/** Connects to where a URL's server is, by TLS for https. Rejects as `dial` does, or with PeerError; nothing is left open then. */
export async function connectTo(url: URL, way: Way, nowMs: number, signal: AbortSignal): Promise<HttpConnection> {
  // Loaded ahead of the clock, and only by whoever speaks it.
  const secure = url.protocol === 'https:' ? await loadTls() : undefined
  const host = bareHost(url.hostname)
  const tls = { ...way.tls, alpn: alpnOf(way.http2) }
  const name = tls.serverName ?? host
  if (way.proxy !== undefined) {
    const proxied = await connectThrough(way.proxy, url, way, signal)
    if (secure === undefined) return { ...proxied, version: 1, proxied: true, name }
    const start = performance.now()
    const socket = await secure.shakeHands(proxied.socket, host, tls, signal)
    const phases = { ...proxied.phases, tls: (performance.now() - start) / 1000 }
    return secured({ ...proxied, socket, phases }, way, name, secure.certificateChain(socket, name, nowMs))
  }
  const to = { host, port: portOf(url), ...(way.family === undefined ? {} : { family: way.family }) }
  const path = way.socket === undefined ? {} : { path: way.socket }
  const connection = await dial({ ...to, ...path, ...(secure === undefined ? {} : { tls }) }, signal)
  if (secure !== undefined) {
    return secured(connection, way, name, secure.certificateChain(connection.socket as TLSSocket, name, nowMs))
  }
  // Prior knowledge (RFC 9113, section 3.3).
  return { ...connection, version: way.http2 === 'always' ? 2 : 1, proxied: false, name }
}

function alpnOf(http2: Way['http2']): readonly string[] {
  return http2 === 'auto' ? ['h2', 'http/1.1'] : [http2 === 'always' ? 'h2' : 'http/1.1']
}

function secured(connection: Connection, { http2 }: Way, name: string, certificate: CertificateChain): HttpConnection {
  const version = (connection.socket as TLSSocket).alpnProtocol === 'h2' ? 2 : 1
  if (http2 === 'always' && version === 1) {
    connection.socket.destroy()
    throw new PeerError('protocol', `${connection.from} does not speak HTTP/2`)
  }
  return { ...connection, version, proxied: false, name, certificate }
}

/** A connection to the proxy, which for https is led on to the server (RFC 9110, section 9.3.6). */
async function connectThrough(proxy: HttpUrl, url: URL, { family }: Way, signal: AbortSignal): Promise<Connection> {
  const to = { host: bareHost(proxy.url.hostname), port: portOf(proxy.url) }
  const connection = await dial({ ...to, ...(family === undefined ? {} : { family }) }, signal)
  const { socket, from } = connection
  const named = { ...connection, from: `${peerOf(url)} through the proxy ${from}` }
  if (url.protocol === 'http:') return named
  const start = performance.now()
  try {
    await openTunnel(socket, hostPort(bareHost(url.hostname), portOf(url)), from, credentialsOf(proxy), signal)
  } catch (error) {
    socket.destroy()
    throw error
  }
  const connect = (connection.phases.connect ?? 0) + (performance.now() - start) / 1000
  return { ...named, phases: { ...connection.phases, connect } }
}

async function openTunnel(
  socket: Socket,
  authority: string,
  from: string,
  credentials: string | undefined,
  signal: AbortSignal,
): Promise<void> {
  const authorization = credentials === undefined ? '' : `Proxy-Authorization: ${credentials}\r\n`
  socket.write(`CONNECT ${authority} HTTP/1.1\r\nHost: ${authority}\r\n${authorization}\r\n`)
  const { bytes, ending, error } = await hear(socket, headLength, MAX_HEAD, signal)
  signal.throwIfAborted()
  if (error !== undefined) throw error
  if (ending === 'closed') throw new PeerError('proxy', `the proxy ${from} closed the connection`)
  const [line = ''] = bytes.toString('latin1').split('\r\n')
  const status = /^HTTP\/1\.[01] (\d{3}(?: .*)?)$/.exec(line)?.[1]
  if (status === undefined || ending !== 'enough') throw new PeerError('proxy', `the proxy ${from} does not speak HTTP`)
  if (!status.startsWith('2')) {
    throw new PeerError('proxy', `the proxy ${from} answered ${safeText(status, 80)} to CONNECT ${safeText(authority)}`)
  }
}

function headLength(bytes: Buffer): number | undefined {
  const end = bytes.indexOf('\r\n\r\n')
  return end < 0 ? undefined : end + 4
}
