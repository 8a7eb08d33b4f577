import type { Transform } from 'node:stream'
import { createBrotliDecompress, createGunzip, createInflate, createInflateRaw } from 'node:zlib'
import { MAX_BODY } from './content.ts'

export interface Body {
  readonly text: string
  /** The text without what the request told in confidence. Not safe yet. */
  readonly shown: string
  /** Bytes of what was decoded. */
  readonly length: number
  /** There is more than the 1 MiB that was read. */
  readonly cut: boolean
}

/** A body that is not encoded as its header says. */
export class BodyError extends Error {
  override readonly name = 'BodyError'
}

/** Nobody encodes an answer more often, but for those who want to keep a client busy. */
const MOST_CODINGS = 3

/** The body as text: content codings undone (gzip, deflate, br), at most 1 MiB of each step, in its charset. Throws BodyError. */
export async function decodeBody(
  { body, cut }: { readonly body: Buffer; readonly cut: boolean },
  header: (name: string) => string | undefined,
  mask: (text: string) => string,
): Promise<Body> {
  const codings = (header('content-encoding') ?? '')
    .toLowerCase()
    .split(',')
    .map((coding) => coding.trim())
    .filter((coding) => coding !== '' && coding !== 'identity')
  if (codings.length > MOST_CODINGS) throw new BodyError(`the body is encoded ${codings.length} times`)
  let bytes = body
  let more = cut
  for (const coding of codings.reverse()) {
    // HEAD, 204 and 304 name a coding and have no body.
    if (bytes.length === 0) break
    const decoded = await inflate(decoderOf(coding, bytes), bytes, coding)
    bytes = decoded.bytes
    more ||= decoded.cut
  }
  const text = textOf(bytes, header('content-type'))
  return { text, shown: mask(text), length: bytes.length, cut: more }
}

function decoderOf(coding: string, bytes: Buffer): Transform {
  if (coding === 'gzip' || coding === 'x-gzip') return createGunzip()
  // Some send the bare stream of RFC 1951, which does not begin as RFC 1950 wants.
  if (coding === 'deflate') return ((bytes[0] as number) & 0x0f) === 8 ? createInflate() : createInflateRaw()
  if (coding === 'br') return createBrotliDecompress()
  throw new BodyError(`the body is encoded in an unknown way`)
}

/** What comes out of a decoder, at most 1 MiB; one that was cut short gives what there is. */
function inflate(decoder: Transform, bytes: Buffer, coding: string): Promise<{ bytes: Buffer; cut: boolean }> {
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = []
    let length = 0
    const done = (cut: boolean) => {
      decoder.destroy()
      resolve({ bytes: Buffer.concat(chunks).subarray(0, MAX_BODY), cut })
    }
    decoder.on('data', (chunk: Buffer) => {
      chunks.push(chunk)
      length += chunk.length
      if (length > MAX_BODY) done(true)
    })
    decoder.on('end', () => done(false))
    decoder.on('error', (error: NodeJS.ErrnoException) => {
      // The end is missing of a body that was read up to the limit.
      if (error.code === 'Z_BUF_ERROR' && length > 0) done(true)
      else reject(new BodyError(`the body is no ${coding}`))
    })
    decoder.end(bytes)
  })
}

const LATIN = /charset\s*=\s*"?(iso-8859-1|latin-?1|windows-1252|us-ascii)\b/i

function textOf(bytes: Buffer, contentType: string | undefined): string {
  if (LATIN.test(contentType ?? '')) return bytes.toString('latin1')
  // Without its byte order mark.
  return bytes.toString('utf8').replace(/^\ufeff/, '')
}
