import { Http2Error } from './error.ts'
import { MAX_FRAME } from './frame.ts'

/** Parameters of SETTINGS (RFC 9113, section 6.5.2), as far as anybody here looks at them. */
const PUSH = 2
const INITIAL_WINDOW = 4
const FRAME_SIZE = 5
const LIST_SIZE = 6
/** Bytes of a parameter and its value. */
const SIZE = 6
const LARGEST_FRAME = 2 ** 24 - 1

/** What we tell a peer: it may push nothing, send so much of a body at first, and a header of so many bytes. */
export function settingsPayload(initialWindow: number, maxList: number): Buffer {
  const settings = [
    [PUSH, 0],
    [INITIAL_WINDOW, initialWindow],
    [LIST_SIZE, maxList],
  ] as const
  const bytes = Buffer.alloc(settings.length * SIZE)
  for (const [index, [parameter, value]] of settings.entries()) {
    bytes.writeUInt16BE(parameter, index * SIZE)
    bytes.writeUInt32BE(value, index * SIZE + 2)
  }
  return bytes
}

/**
 * The initial windows that a peer's settings name, each in its turn; whatever else they say changes nothing of one request. Throws Http2Error
 * where they say what they must not.
 */
export function initialWindows(payload: Buffer): readonly number[] {
  if (payload.length % SIZE !== 0) throw new Http2Error('FRAME_SIZE_ERROR', 'settings that break off')
  const windows: number[] = []
  for (let at = 0; at < payload.length; at += SIZE) {
    const parameter = payload.readUInt16BE(at)
    const value = payload.readUInt32BE(at + 2)
    if (parameter === INITIAL_WINDOW) windows.push(value)
    if (parameter === PUSH && value !== 0) throw new Http2Error('PROTOCOL_ERROR', 'settings that let a server push')
    if (parameter === FRAME_SIZE && (value < MAX_FRAME || value > LARGEST_FRAME)) {
      throw new Http2Error('PROTOCOL_ERROR', 'settings with a size of frames that cannot be')
    }
  }
  return windows
}
