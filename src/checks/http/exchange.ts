import type { Client, Dispatcher } from 'undici'
import { PeerError } from '../net/peer-error.ts'
import { type Exchange, type HttpAnswer, MAX_HEADERS } from './answer.ts'
import type { HttpConnection } from './connection.ts'
import { Content } from './content.ts'
import { readFinalAnswer } from './final-answer.ts'
import { exchangeHttp2 } from './h2/exchange.ts'
import type { HttpRequest } from './request.ts'

/** `Client` of undici, for HTTP/1.1. */
export type HttpClient = typeof Client

/** Loads the client. It takes a while the first time, which is none of the server's. */
export async function loadClient(): Promise<HttpClient> {
  return (await import('undici/lib/dispatcher/client.js')).default
}

/**
 * Sends a request over a connection and reads the answer. The connection is closed whatever happens. Rejects with the error of undici or
 * of the system, or with PeerError when the signal ends it or the server breaks HTTP/2.
 */
export async function exchange(
  HttpClient: HttpClient,
  request: HttpRequest,
  connection: HttpConnection,
  options: Exchange,
  signal: AbortSignal,
): Promise<HttpAnswer> {
  if (connection.version === 2) return exchangeHttp2(request, connection, options, signal)
  let used = false
  const client = new HttpClient(request.url.origin, {
    maxHeaderSize: MAX_HEADERS,
    // The signal is the only time limit.
    headersTimeout: 0,
    bodyTimeout: 0,
    pingInterval: 0,
    connect: (_options, callback) => {
      // One connection a request: what failed is told, and not tried again on the quiet.
      if (used) return callback(new PeerError('reset', `${connection.from} closed the connection too early`), null)
      used = true
      // Not at once: the client is in the middle of something.
      queueMicrotask(() => callback(null, connection.socket))
    },
  })
  readFinalAnswer(connection.socket, connection.from)
  try {
    return await ask(client, request, connection, options, signal)
  } finally {
    connection.socket.destroy()
    void client.destroy().catch(() => undefined)
  }
}

function ask(
  client: Client,
  request: HttpRequest,
  { proxied, socket, from }: HttpConnection,
  { wantsBody, extra }: Exchange,
  signal: AbortSignal,
): Promise<HttpAnswer> {
  return new Promise((resolve, reject) => {
    signal.throwIfAborted()
    const { url, method, headers, body } = request
    const sent = performance.now()
    let started: number | undefined
    let head: Pick<HttpAnswer, 'status' | 'statusText' | 'headers'> | undefined
    const content = new Content()

    const settle = (end: () => void) => {
      signal.removeEventListener('abort', stop)
      end()
    }
    const stop = () =>
      settle(() => {
        const words = head === undefined ? `no answer from ${from}` : `the answer of ${from} did not end`
        reject(new PeerError('timeout', words))
      })
    const done = (cut: boolean) =>
      settle(() => {
        const ended = performance.now()
        const first = started ?? ended
        const phases = { first_byte: (first - sent) / 1000, transfer: (ended - first) / 1000 }
        if (head !== undefined) resolve({ ...head, body: content.bytes, cut, phases })
        else reject(new PeerError('protocol', `${from} answered without a status`))
      })

    const handler: Dispatcher.DispatchHandler = {
      onRequestStart: () => undefined,
      onResponseStarted: () => {
        started ??= performance.now()
      },
      onResponseStart: (controller, status, _headers, statusText) => {
        // None at all: interim answers do not come here.
        if (status < 200) return
        head = { status, statusText: statusText ?? '', headers: pairs(controller.rawHeaders) }
        if (!wantsBody(status)) done(false)
      },
      onResponseData: (_controller, chunk) => {
        content.add(chunk)
        if (!content.cut) return
        done(true)
        socket.destroy()
      },
      onResponseEnd: () => done(false),
      onResponseError: (_controller, error) => (signal.aborted ? stop() : settle(() => reject(broken ?? error))),
    }
    signal.addEventListener('abort', stop)
    // What undici tells is the last of several: an alert of TLS comes before the end of the connection, and says more.
    let broken: Error | undefined
    socket.once('error', (error: Error) => {
      broken = error
    })
    client.dispatch(
      {
        path: proxied ? url.href : `${url.pathname}${url.search}`,
        method,
        headers: { ...headers, ...extra },
        body: body ?? null,
        reset: true,
      },
      handler,
    )
  })
}

/** Bytes of header fields, name and value in turn, as text: Latin-1 can tell any of them. */
function pairs(raw: Dispatcher.DispatchController['rawHeaders']): HttpAnswer['headers'] {
  const list: readonly (Buffer | string)[] = Array.isArray(raw) ? raw : []
  const text = (part: Buffer | string | undefined) =>
    typeof part === 'string' ? part : (part?.toString('latin1') ?? '')
  return Array.from({ length: Math.floor(list.length / 2) }, (_, index) => [
    text(list[index * 2]).toLowerCase(),
    text(list[index * 2 + 1]),
  ])
}
