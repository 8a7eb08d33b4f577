import type { Socket } from 'node:net'
import { PeerError } from '../../net/peer-error.ts'
import type { Exchange, HttpAnswer } from '../answer.ts'
import { Content } from '../content.ts'
import type { HttpRequest } from '../request.ts'
import { http2Client } from './client.ts'
import { type ErrorName, errorCode, Http2Error } from './error.ts'
import { frame, number32, TYPE } from './frame.ts'

/**
 * Sends a request over a connection that speaks HTTP/2 and nothing else yet, and reads the answer. The connection is closed whatever happens.
 * Rejects with PeerError, with the system's error, or with the signal's reason where it was over before.
 *
 * Not node:http2: it has assertions that a peer can fail, which end the whole program (nodejs/node 33156, 35233, 39951, 41458).
 */
export async function exchangeHttp2(
  request: HttpRequest,
  connection: { readonly socket: Socket; readonly from: string },
  options: Exchange,
  signal: AbortSignal,
): Promise<HttpAnswer> {
  try {
    signal.throwIfAborted()
    return await ask(request, connection, options, signal)
  } finally {
    connection.socket.destroy()
  }
}

function ask(
  request: HttpRequest,
  { socket, from }: Parameters<typeof exchangeHttp2>[1],
  { wantsBody, extra }: Exchange,
  signal: AbortSignal,
): Promise<HttpAnswer> {
  return new Promise((resolve, reject) => {
    const client = http2Client({ ...request, headers: { ...request.headers, ...extra } })
    const content = new Content()
    let head: Pick<HttpAnswer, 'status' | 'headers'> | undefined
    const sent = performance.now()
    let started: number | undefined
    let open = true

    const settle = (end: () => void) => {
      if (!open) return
      open = false
      signal.removeEventListener('abort', stop)
      socket.removeListener('data', take).removeListener('error', fail)
      socket.removeListener('end', ended).removeListener('close', ended)
      end()
    }
    // What an end makes of the socket is no news.
    const fail = (error: Error) => settle(() => reject(signal.aborted ? timeout() : error))
    const timeout = () =>
      new PeerError('timeout', head === undefined ? `no answer from ${from}` : `the answer of ${from} did not end`)
    const stop = () => fail(timeout())
    const ended = () => fail(new PeerError('reset', `${from} closed the connection before its answer ended`))
    const done = (cut: boolean) =>
      settle(() => {
        const now = performance.now()
        const first = started ?? now
        const phases = { first_byte: (first - sent) / 1000, transfer: (now - first) / 1000 }
        if (head !== undefined) resolve({ ...head, statusText: '', body: content.bytes, cut, phases })
      })
    /** Nothing more is wanted of the answer. */
    const cancel = (cut: boolean) => {
      socket.write(frame(TYPE.reset, 0, 1, number32(errorCode('CANCEL'))))
      done(cut)
    }
    const take = (bytes: Buffer) => {
      try {
        for (const event of client.receive(bytes)) {
          if (event.kind === 'send') socket.write(event.bytes)
          else if (event.kind === 'started') started = performance.now()
          else if (event.kind === 'end') done(false)
          else if (event.kind === 'head') {
            head = event
            if (!wantsBody(event.status)) cancel(false)
          } else {
            content.add(event.bytes)
            if (content.cut) cancel(true)
          }
          if (!open) return
        }
      } catch (error) {
        if (!(error instanceof Http2Error)) return fail(error as Error)
        socket.write(goodbye(error.code))
        fail(new PeerError('protocol', error.tell(from)))
      }
    }

    signal.addEventListener('abort', stop)
    socket.on('data', take).on('error', fail).on('end', ended).on('close', ended)
    if (socket.errored) fail(socket.errored)
    else if (socket.destroyed || socket.readableEnded) ended()
    else socket.write(client.begin())
  })
}

/** GOAWAY (RFC 9113, section 6.8): no stream of the peer's was looked at. */
function goodbye(name: ErrorName): Buffer {
  return frame(TYPE.goaway, 0, 0, Buffer.concat([number32(0), number32(errorCode(name))]))
}
