import { Http2Error, overlong } from './error.ts'
import type { Field } from './field.ts'
import { FLAG, type Frame, unpadded } from './frame.ts'
import { hpackDecoder } from './hpack-decoder.ts'

/** Of one header, HEADERS and CONTINUATION together. Nobody has use for more. */
const MAX_FRAMES = 32
/** Bytes ahead of a header that has a priority, which means nothing any more. */
const PRIORITY = 5

export interface Header {
  readonly fields: readonly Field[]
  /** Nothing follows it on its stream. */
  readonly ends: boolean
}

export interface HeaderBlocks {
  /** A header was begun and not ended: nothing but CONTINUATION may come. */
  readonly isOpen: () => boolean
  /** Takes HEADERS or CONTINUATION; the header where it is whole. Throws Http2Error. */
  readonly take: (frame: Frame) => Header | undefined
}

/** Puts headers together, at most `maxSize` bytes each, and decodes them (RFC 9113, section 4.3). */
export function headerBlocks(maxSize: number): HeaderBlocks {
  const decode = hpackDecoder(maxSize)
  let parts: Buffer[] = []
  let size = 0
  let ends: boolean | undefined
  return {
    isOpen: () => ends !== undefined,
    take(frame) {
      const part = ends === undefined ? begun(frame) : frame.payload
      ends ??= (frame.flags & FLAG.endStream) !== 0
      parts.push(part)
      size += part.length
      if (size > maxSize) throw overlong()
      if (parts.length > MAX_FRAMES)
        throw new Http2Error('ENHANCE_YOUR_CALM', `a header in more than ${MAX_FRAMES} frames`)
      if ((frame.flags & FLAG.endHeaders) === 0) return undefined
      const header = { fields: decode(Buffer.concat(parts)), ends }
      parts = []
      size = 0
      ends = undefined
      return header
    },
  }
}

function begun(frame: Frame): Buffer {
  const part = unpadded(frame)
  if ((frame.flags & FLAG.priority) === 0) return part
  if (part.length < PRIORITY) throw new Http2Error('FRAME_SIZE_ERROR', 'a frame shorter than it has to be')
  return part.subarray(PRIORITY)
}
