import type { Socket } from 'node:net'
import { Duplex } from 'node:stream'
import type { HttpAnswer } from '../answer.ts'
import { exchangeHttp2 } from './exchange.ts'
import { FLAG, frame, TYPE } from './frame.ts'
import { encodeFields } from './hpack-encoder.ts'

let warm: Promise<unknown> | undefined

/** Has all of HTTP/2 run once: what the first answer takes, some five milliseconds, is none of the server's time. Never rejects. */
export function warmHttp2(): Promise<unknown> {
  // Where it fails the first answer is late, and right.
  warm ??= answerHttp2Once().catch(() => undefined)
  return warm
}

/** An answer out of thin air. */
export function answerHttp2Once(): Promise<HttpAnswer> {
  const fields = [
    [':status', '200'],
    ['content-length', '2'],
  ] as const
  const answer = Buffer.concat([
    frame(TYPE.settings, 0, 0),
    frame(
      TYPE.headers,
      FLAG.endHeaders,
      1,
      encodeFields(fields, () => false),
    ),
    frame(TYPE.data, FLAG.endStream, 1, Buffer.from('ok')),
  ])
  let answered = false
  const socket = new Duplex({
    read: () => undefined,
    write(_bytes, _encoding, done) {
      done()
      // What is pushed is taken at once, and answered in its turn.
      if (answered) return
      answered = true
      this.push(answer)
    },
  }) as Socket
  const request = { url: new URL('http://localhost/'), method: 'GET', headers: { accept: '*/*' }, own: true }
  const wishes = { wantsBody: () => true, extra: {} }
  return exchangeHttp2(request, { socket, from: 'nobody' }, wishes, AbortSignal.timeout(1000))
}
