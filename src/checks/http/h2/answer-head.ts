import { safeText } from '../../../lib/text.ts'
import { Http2Error } from './error.ts'
import { type Field, OF_CONNECTION, trimmed } from './field.ts'

export interface AnswerHead {
  /** 100 to 999. */
  readonly status: number
  /** In the order they came; cookies are not joined. */
  readonly headers: readonly Field[]
  /** What `content-length` promises. */
  readonly length: number | undefined
}

/** The first header of an answer, or one ahead of it (RFC 9113, sections 8.2 and 8.3.2). Throws Http2Error where it is malformed. */
export function readHead(fields: readonly Field[]): AnswerHead {
  const count = fields.findIndex(([name]) => !name.startsWith(':'))
  const pseudo = count < 0 ? fields : fields.slice(0, count)
  const [status, second] = pseudo
  if (status === undefined) throw malformed('without a status')
  if (status[0] !== ':status' || second !== undefined) {
    throw malformed(second?.[0] === ':status' ? 'with two of status' : `with ${quoted((second ?? status)[0])}`)
  }
  if (!/^[1-9]\d\d$/.test(status[1])) throw malformed(`with the status ${quoted(status[1])}`)
  const headers = regular(fields.slice(pseudo.length))
  return { status: Number(status[1]), headers, length: lengthOf(headers) }
}

/** What comes behind a body (section 8.1). Throws Http2Error where it is malformed; nobody wants to know what it says. */
export function checkTrailers(fields: readonly Field[]): void {
  regular(fields)
}

function malformed(how: string): Http2Error {
  return new Http2Error('PROTOCOL_ERROR', `a header ${how}`)
}

function quoted(text: string): string {
  return `"${safeText(text, 40)}"`
}

/** `token` of RFC 9110, without upper case. */
const NAME = /^[!#$%&'*+\-.^_`|~0-9a-z]+$/
const IN_NO_VALUE = /[\0\n\r]/

function regular(fields: readonly Field[]): readonly Field[] {
  return fields.map(([name, value]) => {
    if (!NAME.test(name)) throw malformed(`with the name ${quoted(name)}`)
    if (OF_CONNECTION.has(name)) throw malformed(`with ${name}, which is none of HTTP/2`)
    if (IN_NO_VALUE.test(value)) throw malformed(`with a line break in ${name}`)
    return [name, trimmed(value)]
  })
}

function lengthOf(headers: readonly Field[]): number | undefined {
  const said = headers.filter(([name]) => name === 'content-length').map(([, value]) => value)
  const [first] = said
  if (first === undefined) return undefined
  if (!/^\d+$/.test(first) || said.some((value) => value !== first)) throw wrongLength()
  return Number(first)
}

/** A body that is longer or shorter than was said, or of which nobody can tell. */
export function wrongLength(): Http2Error {
  const tell = (from: string) => `the body of ${from} is not as long as its content-length`
  return new Http2Error('PROTOCOL_ERROR', 'a body that is not as long as was said', tell)
}
