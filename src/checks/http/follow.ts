import type { CertificateChain, Phases } from '../../model/check.ts'
import type { CheckContext } from '../check.ts'
import { hostPort } from '../net/address.ts'
import type { HttpAnswer } from './answer.ts'
import { connectTo, type HttpConnection, type Way } from './connection.ts'
import { exchange, type HttpClient } from './exchange.ts'
import { type HttpRequest, REDIRECTS, redirected } from './request.ts'
import { peerOf, shownUrl } from './url.ts'

export interface Following {
  /** Redirects that are followed at most. */
  readonly most: number
  /** Requests are sent to servers whose certificate is not trusted, too. */
  readonly insecure: boolean
  /** For requests that the proxy reads. */
  readonly proxyAuthorization: string | undefined
  readonly signal: AbortSignal
  readonly now: CheckContext['now']
}

/** Where the last request went, and how long it all took. */
export interface Reached {
  /** Whom its certificate has to be for. */
  readonly name: string
  readonly from: string
  readonly version: 1 | 2
  readonly certificate?: CertificateChain
  /** Of the last request. */
  readonly phases: Phases
  /** Of all requests. */
  readonly latencyS: number
  /** URLs that were redirected to, in order. */
  readonly redirects: readonly URL[]
}

/**
 * The end of the way: an answer; a server that is not trusted, and was sent nothing; what went wrong once connected; or a connection that
 * did not come about.
 */
export type Arrival =
  | (Reached & { readonly answer: HttpAnswer; readonly lost?: string })
  | (Reached & { readonly distrusted: true })
  | (Reached & { readonly trouble: unknown })
  | { readonly unreached: unknown; readonly from: string }

/**
 * Sends a request and follows redirects to the end. `lost` says where they lead nowhere. Rejects only with the signal's reason.
 */
export async function follow(
  client: HttpClient,
  first: HttpRequest,
  way: Way,
  { most, insecure, proxyAuthorization, signal, now }: Following,
): Promise<Arrival> {
  const start = now().monoMs
  const redirects: URL[] = []
  let request = first
  for (;;) {
    let connection: HttpConnection
    try {
      connection = await connectTo(request.url, wayTo(request, way), now().wallMs, signal)
    } catch (unreached) {
      signal.throwIfAborted()
      const { address, port } = unreached as { address?: string; port?: number }
      const known = address !== undefined && port !== undefined
      return { unreached, from: known ? hostPort(address, port) : peerOf(request.url) }
    }
    const reached = (phases: Phases): Reached => ({
      ...reachedBy(connection),
      phases: { ...connection.phases, ...phases },
      latencyS: (now().monoMs - start) / 1000,
      redirects,
    })
    if (connection.certificate?.trusted === false && !insecure) {
      connection.socket.destroy()
      return { ...reached({}), distrusted: true }
    }
    const extra: Record<string, string> =
      connection.proxied && proxyAuthorization !== undefined ? { 'proxy-authorization': proxyAuthorization } : {}
    const wantsBody = (status: number) => most === 0 || !REDIRECTS.has(status)
    let answer: HttpAnswer
    try {
      answer = await exchange(client, request, connection, { wantsBody, extra }, signal)
    } catch (trouble) {
      return { ...reached({}), trouble }
    }
    const arrived = { ...reached(answer.phases), answer }
    const location = answer.headers.find(([name]) => name === 'location')?.[1]
    if (most === 0 || location === undefined || !REDIRECTS.has(answer.status)) return arrived
    if (redirects.length >= most) {
      return { ...arrived, lost: `redirected more than ${most} times, last by ${shownUrl(request.url)}` }
    }
    const next = redirected(request, answer.status, location)
    if (next === undefined) {
      return { ...arrived, lost: `${shownUrl(request.url)} redirects to what is no http or https URL` }
    }
    redirects.push(next.url)
    request = next
  }
}

/** The client certificate and the Unix socket are for the origin that the settings name. */
function wayTo({ own }: HttpRequest, way: Way): Way {
  if (own) return way
  const { socket: _socket, tls, ...rest } = way
  return { ...rest, tls: tls.ca === undefined ? {} : { ca: tls.ca } }
}

function reachedBy({ name, from, version, certificate }: HttpConnection) {
  return { name, from, version, ...(certificate === undefined ? {} : { certificate }) }
}
