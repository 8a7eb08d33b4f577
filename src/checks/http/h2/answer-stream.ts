import { type AnswerHead, checkTrailers, readHead, wrongLength } from './answer-head.ts'
import { Http2Error } from './error.ts'
import type { Header } from './header-blocks.ts'

/** What came of an answer. */
export type AnswerEvent =
  | ({ readonly kind: 'head' } & Pick<AnswerHead, 'status' | 'headers'>)
  | { readonly kind: 'body'; readonly bytes: Buffer }
  | { readonly kind: 'end' }

/** One answer: interim headers, its header, its body, trailers (RFC 9113, section 8.1). All throw Http2Error. */
export interface AnswerStream {
  /** Its header was there. */
  readonly begun: () => boolean
  /** Nothing where the header is an interim one. */
  readonly header: (header: Header) => readonly AnswerEvent[]
  readonly data: (bytes: Buffer, ends: boolean) => readonly AnswerEvent[]
}

const END: AnswerEvent = { kind: 'end' }

export function answerStream(method: string): AnswerStream {
  let head: AnswerHead | undefined
  let size = 0
  const checkedEnd = () => {
    if (head?.length !== undefined && head.length !== size) throw wrongLength()
    return END
  }
  return {
    begun: () => head !== undefined,
    header({ fields, ends }) {
      if (head !== undefined) {
        if (!ends) throw new Http2Error('PROTOCOL_ERROR', 'a header in the middle of a body')
        checkTrailers(fields)
        return [checkedEnd()]
      }
      const read = readHead(fields)
      if (read.status < 200) {
        checkInterim(read, ends)
        return []
      }
      head = read
      const { status, headers } = read
      const event: AnswerEvent = { kind: 'head', status, headers }
      // There is none, whatever its length says (RFC 9110, section 6.4.1); what a server sends nevertheless nobody waits for.
      if (method === 'HEAD' || status === 204 || status === 304) return [event, END]
      return ends ? [event, checkedEnd()] : [event]
    },
    data(bytes, ends) {
      if (head === undefined) throw new Http2Error('PROTOCOL_ERROR', 'a body ahead of its header')
      size += bytes.length
      if (head.length !== undefined && size > head.length) throw wrongLength()
      return [...(bytes.length > 0 ? [{ kind: 'body', bytes } as const] : []), ...(ends ? [checkedEnd()] : [])]
    },
  }
}

function checkInterim({ status }: AnswerHead, ends: boolean): void {
  if (status === 101) {
    const tell = (from: string) => `${from} changed the protocol, which nobody asked for`
    throw new Http2Error('PROTOCOL_ERROR', 'a change of the protocol', tell)
  }
  if (ends) throw new Http2Error('PROTOCOL_ERROR', 'an answer that ends before it begins')
}
