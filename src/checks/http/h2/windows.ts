import { Http2Error } from './error.ts'
import { FLAG, frame, MAX_FRAME, number32, TYPE } from './frame.ts'

/** What either window is until somebody says otherwise (RFC 9113, section 6.9.2). */
const INITIAL = 65_535
/** No window may be larger (section 6.9.1). */
export const MAX_WINDOW = 0x7fff_ffff

/** A body on its way to a peer, as far as the peer's windows let it. All throw Http2Error. */
export interface SendWindow {
  /** WINDOW_UPDATE: of the connection, or of the stream. */
  readonly open: (which: 'connection' | 'stream', bytes: number) => void
  /** SETTINGS_INITIAL_WINDOW_SIZE. */
  readonly begin: (size: number) => void
  /** DATA frames that may be sent now; empty where none may, or all was. */
  readonly next: () => Buffer
}

export function sendWindow(body: Buffer, stream: number): SendWindow {
  const left = { connection: INITIAL, stream: INITIAL }
  let initial = INITIAL
  let at = 0
  const grow = (which: 'connection' | 'stream', bytes: number) => {
    left[which] += bytes
    if (left[which] > MAX_WINDOW) throw new Http2Error('FLOW_CONTROL_ERROR', 'a window larger than it may be')
  }
  return {
    open(which, bytes) {
      if (bytes === 0) throw new Http2Error('PROTOCOL_ERROR', 'a window that is opened by nothing')
      grow(which, bytes)
    },
    begin(size) {
      if (size > MAX_WINDOW) throw new Http2Error('FLOW_CONTROL_ERROR', 'a window larger than it may be')
      // What was sent already still counts: a window may be less than nothing then.
      grow('stream', size - initial)
      initial = size
    },
    next() {
      const frames: Buffer[] = []
      for (;;) {
        const size = Math.min(body.length - at, left.connection, left.stream, MAX_FRAME)
        if (size <= 0) return Buffer.concat(frames)
        const part = body.subarray(at, at + size)
        at += size
        left.connection -= size
        left.stream -= size
        frames.push(frame(TYPE.data, at === body.length ? FLAG.endStream : 0, stream, part))
      }
    },
  }
}

/** What a peer may send ahead of our leave, in bytes: of the connection and of its one stream alike. */
const RECEIVED = 1024 * 1024

/** Our side: what is said at the beginning, and of each payload of DATA how much more may come. */
export interface ReceiveWindow {
  /** SETTINGS_INITIAL_WINDOW_SIZE. */
  readonly initial: number
  /** Makes the connection's as large. */
  readonly opening: () => Buffer
  /** What to answer, perhaps nothing: there is leave for more as soon as half of it was used. */
  readonly take: (bytes: number) => Buffer | undefined
}

export function receiveWindow(stream: number): ReceiveWindow {
  let left = RECEIVED
  return {
    initial: RECEIVED,
    opening: () => frame(TYPE.windowUpdate, 0, 0, number32(RECEIVED - INITIAL)),
    take(bytes) {
      left -= bytes
      if (left > RECEIVED / 2) return undefined
      const more = number32(RECEIVED - left)
      left = RECEIVED
      return Buffer.concat([0, stream].map((which) => frame(TYPE.windowUpdate, 0, which, more)))
    },
  }
}
