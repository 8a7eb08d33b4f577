import { http2Client } from '../../../../src/checks/http/h2/client.ts'
import { Http2Error } from '../../../../src/checks/http/h2/error.ts'
import { frameReader } from '../../../../src/checks/http/h2/frame.ts'
import type { HttpRequest } from '../../../../src/checks/http/request.ts'
import { frame, SETTINGS, word } from '../frames.ts'

export const REQUEST: HttpRequest = {
  url: new URL('http://shop.example:81/a?b=1'),
  method: 'GET',
  headers: {},
  own: true,
}
const PREFACE = 'PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n'

/** Events and frames that come of frames, and what the peer is told of an error and people are. */
export function talk(frames: readonly Buffer[], request: Partial<HttpRequest> = {}) {
  const client = http2Client({ ...REQUEST, ...request })
  const begun = client.begin().subarray(PREFACE.length)
  const sent: Buffer[] = []
  const events: string[] = []
  let error: string | undefined
  try {
    for (const event of client.receive(Buffer.concat(frames))) {
      if (event.kind === 'send') sent.push(event.bytes)
      else if (event.kind === 'head')
        events.push(`head ${event.status} ${event.headers.map((pair) => pair.join('=')).join(' ')}`.trim())
      else if (event.kind === 'body') events.push(`body ${event.bytes.toString()}`)
      else events.push(event.kind)
    }
  } catch (thrown) {
    if (!(thrown instanceof Http2Error)) throw thrown
    error = `${thrown.code}: ${thrown.tell('web')}`
  }
  const read = frameReader()
  return { begun: [...read(begun)], sent: [...read(Buffer.concat(sent))], events, error }
}

/** What is said of what comes behind the settings. */
export function errorOf(...frames: readonly Buffer[]): string | undefined {
  return talk([SETTINGS, ...frames]).error
}

/** SETTINGS with one parameter. */
export function setting(id: number, value: number): Buffer {
  const payload = Buffer.alloc(6)
  payload.writeUInt16BE(id)
  payload.writeUInt32BE(value, 2)
  return frame(4, 0, 0, payload)
}

/** WINDOW_UPDATE. */
export const window = (stream: number, bytes: number) => frame(8, 0, stream, word(bytes))
export const many = (count: number, one: Buffer) => Array.from({ length: count }, () => one)
