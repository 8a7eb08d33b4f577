import { MAX_HEADERS } from '../answer.ts'
import type { HttpRequest } from '../request.ts'
import { type AnswerEvent, answerStream } from './answer-stream.ts'
import { goneBy, resetBy } from './ending.ts'
import { Http2Error } from './error.ts'
import { FLAG, type Frame, frame, frameReader, TYPE, unpadded } from './frame.ts'
import { headerBlocks } from './header-blocks.ts'
import { headFrames, requestFields } from './request-head.ts'
import { initialWindows, settingsPayload } from './settings.ts'
import { receiveWindow, sendWindow } from './windows.ts'

/** What came of what was received; `send` is for the peer, `started` the first sign of an answer. */
export type Http2Event = AnswerEvent | { readonly kind: 'send'; readonly bytes: Buffer } | { readonly kind: 'started' }

export interface Http2Client {
  /** What the connection begins with: the preface and as much of the request as may be sent ahead of an answer. */
  readonly begin: () => Buffer
  /** Takes what came, in any pieces. Throws Http2Error, after which there is no more to take. Nothing comes after `end`. */
  readonly receive: (bytes: Buffer) => Generator<Http2Event>
}

const PREFACE = 'PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n'
/** The one stream. */
const STREAM = 1
/** Frames that bring neither an answer nor leave to send more of the request. Honest servers send a handful … */
const MAX_IDLE_FRAMES = 1000
/** … and perhaps one for so many bytes of the request. */
const BYTES_PER_FRAME = 512

const ofConnection = new Set<number>([TYPE.settings, TYPE.ping, TYPE.goaway])
const ofStream = new Set<number>([TYPE.data, TYPE.headers, TYPE.reset, TYPE.continuation])

/** One request on a connection of its own (RFC 9113): bytes in, events and bytes out. */
export function http2Client(request: HttpRequest): Http2Client {
  const body = Buffer.from(request.body ?? '', 'utf8')
  const sending = sendWindow(body, STREAM)
  const receiving = receiveWindow(STREAM)
  const blocks = headerBlocks(MAX_HEADERS)
  const answer = answerStream(request.method)
  const read = frameReader()
  const mostIdle = MAX_IDLE_FRAMES + Math.floor(body.length / BYTES_PER_FRAME)
  let started = false
  let idle = 0

  const idled = () => {
    if (++idle > mostIdle) {
      throw new Http2Error('ENHANCE_YOUR_CALM', `more than ${mostIdle} frames that bring nothing`)
    }
  }
  const sent = (bytes: Buffer): Http2Event => ({ kind: 'send', bytes })
  /** More of the body, where there is leave. */
  function* proceed(): Generator<Http2Event> {
    const bytes = sending.next()
    if (bytes.length > 0) yield sent(bytes)
    else idled()
  }

  function* onHeader(frame: Frame): Generator<Http2Event> {
    if (!started) yield { kind: 'started' }
    started = true
    const header = blocks.take(frame)
    if (header === undefined) return
    const events = answer.header(header)
    if (events.length === 0) idled()
    yield* events
  }

  function* onData(frame: Frame): Generator<Http2Event> {
    const events = answer.data(unpadded(frame), (frame.flags & FLAG.endStream) !== 0)
    if (events.length === 0) idled()
    // Padding counts (section 6.9.1).
    const leave = receiving.take(frame.payload.length)
    yield* events
    if (leave !== undefined) yield sent(leave)
  }

  function* onSettings({ flags, payload }: Frame): Generator<Http2Event> {
    const isAck = (flags & FLAG.ack) !== 0
    if (isAck && payload.length > 0) throw new Http2Error('FRAME_SIZE_ERROR', 'settings where there should be none')
    for (const size of initialWindows(payload)) sending.begin(size)
    if (!isAck) yield sent(frame(TYPE.settings, FLAG.ack, 0))
    yield* proceed()
  }

  function* onPing({ flags, payload }: Frame): Generator<Http2Event> {
    if (payload.length !== 8) throw new Http2Error('FRAME_SIZE_ERROR', 'a ping of another length')
    idled()
    if ((flags & FLAG.ack) === 0) yield sent(frame(TYPE.ping, FLAG.ack, 0, payload))
  }

  function* onWindow({ stream, payload }: Frame): Generator<Http2Event> {
    if (payload.length !== 4) throw new Http2Error('FRAME_SIZE_ERROR', 'an opening of another length')
    sending.open(stream === 0 ? 'connection' : 'stream', payload.readUInt32BE() & 0x7fff_ffff)
    yield* proceed()
  }

  function* take(frame: Frame): Generator<Http2Event> {
    checkPlace(frame, blocks.isOpen())
    switch (frame.type) {
      case TYPE.headers:
      case TYPE.continuation:
        return yield* onHeader(frame)
      case TYPE.data:
        return yield* onData(frame)
      case TYPE.settings:
        return yield* onSettings(frame)
      case TYPE.ping:
        return yield* onPing(frame)
      case TYPE.windowUpdate:
        return yield* onWindow(frame)
      case TYPE.reset:
        throw resetBy(frame, answer.begun())
      case TYPE.goaway: {
        const gone = goneBy(frame, STREAM)
        if (gone !== undefined) throw gone
      }
    }
    // Those that only say goodbye, those of a priority, which means nothing, and those that nobody knows.
    idled()
  }

  return {
    begin: () =>
      Buffer.concat([
        Buffer.from(PREFACE, 'latin1'),
        frame(TYPE.settings, 0, 0, settingsPayload(receiving.initial, MAX_HEADERS)),
        receiving.opening(),
        headFrames(
          requestFields(request, request.body === undefined ? undefined : body.length),
          STREAM,
          body.length === 0,
        ),
        sending.next(),
      ]),
    *receive(bytes) {
      for (const frame of read(bytes)) yield* take(frame)
    },
  }
}

/** Whether a frame may come now, and on that stream. Throws Http2Error. */
function checkPlace({ type, stream, payload }: Frame, withinHeader: boolean): void {
  if (withinHeader !== (type === TYPE.continuation)) {
    throw new Http2Error(
      'PROTOCOL_ERROR',
      withinHeader ? 'a header that is interrupted' : 'the rest of a header that never began',
    )
  }
  if (type === TYPE.push) throw new Http2Error('PROTOCOL_ERROR', 'a push, which was forbidden')
  if (type === TYPE.priority && payload.length !== 5)
    throw new Http2Error('FRAME_SIZE_ERROR', 'a priority of another length')
  const wrong =
    (ofConnection.has(type) && stream !== 0) ||
    (ofStream.has(type) && stream !== STREAM) ||
    (type === TYPE.priority && stream === 0) ||
    (type === TYPE.windowUpdate && stream > STREAM)
  if (wrong) throw new Http2Error('PROTOCOL_ERROR', 'a frame of another stream')
}
