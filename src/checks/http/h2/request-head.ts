import { HARMLESS, type HttpRequest } from '../request.ts'
import { type Field, OF_CONNECTION, trimmed } from './field.ts'
import { FLAG, frame, MAX_FRAME, TYPE } from './frame.ts'
import { encodeFields } from './hpack-encoder.ts'

/** Methods of which servers expect a length even where there is no body. */
const WITH_BODY = new Set(['POST', 'PUT', 'PATCH'])

/**
 * The header of a request as HTTP/2 has it (RFC 9113, section 8.3.1): the URL and Host in fields of their own, names in lower case, nothing
 * about connections. The length is that of the body, whatever the fields say.
 */
export function requestFields({ url, method, headers }: HttpRequest, bodyLength: number | undefined): readonly Field[] {
  const fields = Object.entries(headers).map(([name, value]): Field => [name.toLowerCase(), trimmed(value)])
  const host = fields.find(([name]) => name === 'host')?.[1]
  const length = bodyLength ?? (WITH_BODY.has(method) ? 0 : undefined)
  return [
    [':method', method],
    [':scheme', url.protocol.slice(0, -1)],
    [':authority', host || url.host],
    [':path', `${url.pathname}${url.search}`],
    ...fields.filter(([name, value]) => isSent(name, value)),
    ...(length === undefined ? [] : [['content-length', String(length)] as const]),
  ]
}

function isSent(name: string, value: string): boolean {
  if (name === 'te') return value.toLowerCase() === 'trailers'
  return name !== 'host' && name !== 'content-length' && !OF_CONNECTION.has(name)
}

/** HEADERS, and CONTINUATION where it is long, of the stream; `ends` says that no body follows. */
export function headFrames(fields: readonly Field[], stream: number, ends: boolean): Buffer {
  const block = encodeFields(fields, (name) => !name.startsWith(':') && !HARMLESS.has(name))
  const parts: Buffer[] = []
  for (let at = 0; at < block.length; at += MAX_FRAME) parts.push(block.subarray(at, at + MAX_FRAME))
  return Buffer.concat(
    parts.map((part, index) => {
      const end = index === parts.length - 1 ? FLAG.endHeaders : 0
      if (index > 0) return frame(TYPE.continuation, end, stream, part)
      return frame(TYPE.headers, end | (ends ? FLAG.endStream : 0), stream, part)
    }),
  )
}
