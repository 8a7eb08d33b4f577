import type { Socket } from 'node:net'
import { Duplex } from 'node:stream'
import type { HttpAnswer } from './answer.ts'
import { exchange, type HttpClient, loadClient } from './exchange.ts'

let warm: Promise<HttpClient> | undefined

/** The client, loaded once, with one answer behind it: what the first one takes is none of the server's time. */
export function warmClient(): Promise<HttpClient> {
  warm ??= loadClient().then(async (client) => {
    // Where it fails the first answer is late, and right.
    await answerOnce(client).catch(() => undefined)
    return client
  })
  return warm
}

/**
 * An answer out of thin air. To compile the parser and to run all of it for the first time takes some ten milliseconds, and the first
 * server that is asked would seem to be slow by as much.
 */
export function answerOnce(client: HttpClient): Promise<HttpAnswer> {
  const socket = new Duplex({
    read: () => undefined,
    write(_bytes, _encoding, done) {
      done()
      this.push('HTTP/1.1 200 OK\r\nContent-Length: 2\r\nContent-Type: text/plain\r\n\r\nok')
    },
  }) as Socket
  const request = { url: new URL('http://localhost/'), method: 'GET', headers: {}, own: true }
  const connection = { socket, phases: {}, from: 'nobody', version: 1, proxied: false, name: 'localhost' } as const
  const wishes = { wantsBody: () => true, extra: {} }
  return exchange(client, request, connection, wishes, AbortSignal.timeout(1000))
}
