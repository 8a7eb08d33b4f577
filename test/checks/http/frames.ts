import type { Socket } from 'node:net'

/** A frame of HTTP/2 (RFC 9113, section 4.1). */
export function frame(type: number, flags: number, stream: number, payload: Buffer = Buffer.alloc(0)): Buffer {
  const head = Buffer.alloc(9)
  head.writeUIntBE(payload.length, 0, 3)
  head.writeUInt8(type, 3)
  head.writeUInt8(flags, 4)
  head.writeUInt32BE(stream, 5)
  return Buffer.concat([head, payload])
}

export function word(number: number): Buffer {
  const bytes = Buffer.alloc(4)
  bytes.writeUInt32BE(number)
  return bytes
}

/** A header field without Huffman coding and without an index, of less than 127 characters (RFC 7541, section 6.2.2). */
export function field(name: string, value: string): Buffer {
  const text = (part: string) => Buffer.concat([Buffer.from([part.length]), Buffer.from(part, 'latin1')])
  return Buffer.concat([Buffer.from([0]), text(name), text(value)])
}

/** The same, to be referred to as 0xbe (RFC 7541, section 6.2.1). */
export function kept(name: string, value: string): Buffer {
  return Buffer.concat([Buffer.from([0x40]), field(name, value).subarray(1)])
}

const END_STREAM = 1
const END_HEADERS = 4

export const SETTINGS = frame(4, 0, 0)
const OK = Buffer.from([0x88])

/** `:status` 200 and other fields, of the first request. */
export function headers(end: boolean, ...fields: readonly Buffer[]): Buffer {
  return frame(1, END_HEADERS | (end ? END_STREAM : 0), 1, Buffer.concat([OK, ...fields]))
}

export function data(text: string, end: boolean): Buffer {
  return frame(0, end ? END_STREAM : 0, 1, Buffer.from(text))
}

export function resetStream(code: number): Buffer {
  return frame(3, 0, 1, word(code))
}

export function goaway(last: number, code: number): Buffer {
  return frame(7, 0, 0, Buffer.concat([word(last), word(code), Buffer.from('\u001b[31mbye')]))
}

/** Says something for ever, as fast as it is taken. */
export function flood(socket: Socket, chunk: Buffer): void {
  const more = () => {
    while (socket.writable && socket.write(chunk));
  }
  socket.on('drain', more)
  more()
}
