import type { Socket } from 'node:net'
import { PeerError } from '../net/peer-error.ts'

/** At once: with many small header fields behind the limit the client would be busy for a tenth of a second. */
const MOST_BYTES = 16 * 1024
/** Nobody has so much to say before an answer. */
const MOST_INTERIM = 100
/** `HTTP/1.1 1xx`, but 101: that is the end of HTTP. */
const INTERIM = /^HTTP\/1\.[01] 1(?!01)\d\d/
const VERSION = 'HTTP/1.'
const STATUS_LENGTH = 'HTTP/1.1 100'.length

/**
 * Makes a socket on which an answer of HTTP/1.1 is awaited give the final answer only, in small parts. Interim ones (100 Continue, 103 Early
 * Hints) are to be read over, asked for or not (RFC 9110, section 15.2), which the client does not do; more than a hundred end it.
 */
export function readFinalAnswer(socket: Socket, from: string): void {
  const read = socket.read.bind(socket)
  let head: Buffer = Buffer.alloc(0)
  let interim = 0
  let begun = false

  /** Without interim answers; undefined while it is not known whether it is one. */
  const final = (): Buffer | undefined => {
    while (interim <= MOST_INTERIM) {
      const line = head.toString('latin1', 0, STATUS_LENGTH)
      const short = line.length < STATUS_LENGTH && VERSION.startsWith(line.slice(0, VERSION.length))
      if (!INTERIM.test(line)) return short ? undefined : head
      const end = head.indexOf('\r\n\r\n')
      if (end < 0) return undefined
      head = head.subarray(end + 4)
      interim++
    }
    return undefined
  }

  socket.read = (size?: number) => {
    // Node itself asks for nothing, to have something read: whatever it got would be lost.
    if (size === 0) return read(0)
    for (;;) {
      if (socket.destroyed) return null
      const length = Math.min(socket.readableLength, MOST_BYTES)
      const chunk: Buffer | null = length === 0 ? read() : read(length)
      if (chunk === null || begun) return chunk
      head = head.length === 0 ? chunk : Buffer.concat([head, chunk])
      const answer = final()
      if (interim > MOST_INTERIM || head.length > 4 * MOST_BYTES) {
        socket.destroy(new PeerError('protocol', `${from} sends interim answers without an end`))
        return null
      }
      if (answer === undefined) continue
      begun = true
      head = Buffer.alloc(0)
      return answer
    }
  }
}
