import { Http2Error } from './error.ts'

/** Frame types (RFC 9113, section 6). */
export const TYPE = {
  data: 0,
  headers: 1,
  priority: 2,
  reset: 3,
  settings: 4,
  push: 5,
  ping: 6,
  goaway: 7,
  windowUpdate: 8,
  continuation: 9,
} as const

/** Flags of those types that have them. */
export const FLAG = { endStream: 0x1, ack: 0x1, endHeaders: 0x4, padded: 0x8, priority: 0x20 } as const

/** The longest payload, in bytes: what either side may send unless the other allows more, and we do not. */
export const MAX_FRAME = 16_384
/** Bytes of a frame ahead of its payload. */
const HEAD = 9

export interface Frame {
  readonly type: number
  readonly flags: number
  readonly stream: number
  readonly payload: Buffer
}

/** The bytes of a frame. */
export function frame(type: number, flags: number, stream: number, payload: Uint8Array = Buffer.alloc(0)): Buffer {
  const head = Buffer.alloc(HEAD)
  head.writeUIntBE(payload.length, 0, 3)
  head.writeUInt8(type, 3)
  head.writeUInt8(flags, 4)
  head.writeUInt32BE(stream, 5)
  return Buffer.concat([head, payload])
}

/** A payload of one number of 32 bits. */
export function number32(value: number): Buffer {
  const bytes = Buffer.alloc(4)
  bytes.writeUInt32BE(value)
  return bytes
}

/**
 * Cuts what comes into frames, whole ones only; no more than one frame is kept. Payloads are parts of what was handed in. Throws Http2Error
 * where a frame is too long, and where what comes first is not the frame that HTTP/2 begins with (section 3.4).
 */
export function frameReader(): (bytes: Buffer) => Generator<Frame> {
  let rest: Buffer = Buffer.alloc(0)
  let begun = false
  return function* read(bytes) {
    const all = rest.length === 0 ? bytes : Buffer.concat([rest, bytes])
    let at = 0
    while (all.length - at >= HEAD) {
      const length = all.readUIntBE(at, 3)
      const type = all.readUInt8(at + 3)
      const flags = all.readUInt8(at + 4)
      // The highest bit means nothing.
      const stream = all.readUInt32BE(at + 5) & 0x7fff_ffff
      if (!begun && (type !== TYPE.settings || (flags & FLAG.ack) !== 0 || stream !== 0)) {
        throw new Http2Error('PROTOCOL_ERROR', 'no settings', (from) => `${from} does not speak HTTP/2`)
      }
      begun = true
      if (length > MAX_FRAME) throw new Http2Error('FRAME_SIZE_ERROR', 'a frame longer than 16 KiB')
      if (all.length - at - HEAD < length) break
      const start = at + HEAD
      at = start + length
      yield { type, flags, stream, payload: all.subarray(start, at) }
    }
    rest = all.subarray(at)
  }
}

/** The payload of DATA, HEADERS or PUSH_PROMISE without its padding (section 6.1). Throws Http2Error. */
export function unpadded({ flags, payload }: Frame): Buffer {
  if ((flags & FLAG.padded) === 0) return payload
  const padding = payload[0]
  if (padding === undefined) throw new Http2Error('FRAME_SIZE_ERROR', 'a frame shorter than it has to be')
  if (padding >= payload.length) throw new Http2Error('PROTOCOL_ERROR', 'more padding than there is of the frame')
  return payload.subarray(1, payload.length - padding)
}
