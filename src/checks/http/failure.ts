import { safeText } from '../../lib/text.ts'
import type { CheckOutcome } from '../../model/check.ts'
import { down, unknown } from '../check.ts'
import { failureOf } from '../failure.ts'
import { BodyError } from './body.ts'

type Rest = Parameters<typeof down>[2]

/** What an error in the middle of a request over HTTP says of the service, in words; `from` is whom it was with. */
export function httpFailure(error: unknown, from: string, rest: Rest = {}): CheckOutcome {
  if (error instanceof BodyError) return down('body', error.message, rest)
  const { code = '', message } = error as NodeJS.ErrnoException
  if (code === 'UND_ERR_HEADERS_OVERFLOW') {
    return down('protocol', `the header fields of ${from} are longer than 64 KiB`, rest)
  }
  if ((error as Error).name === 'HTTPParserError') {
    const why = safeText(/\((.*)\)$/.exec(message)?.[1] ?? message, 100)
    return down('protocol', `${from} does not answer in HTTP: ${why.charAt(0).toLowerCase()}${why.slice(1)}`, rest)
  }
  // undici asserts what it expects of an answer: a status of 000.
  if (code === 'ERR_ASSERTION' || (code === 'UND_ERR_SOCKET' && message === 'bad response')) {
    return down('protocol', `${from} does not answer in HTTP`, rest)
  }
  if (code === 'UND_ERR_SOCKET' && message === 'bad upgrade') {
    return down('protocol', `${from} changed the protocol, which nobody asked for`, rest)
  }
  if (code === 'UND_ERR_SOCKET') return down('reset', `${from} closed the connection before its answer ended`, rest)
  if (/^UND_ERR_(RES|REQ)_CONTENT_LENGTH_MISMATCH$/.test(code)) {
    return down('protocol', `the body of ${from} is not as long as its content-length`, rest)
  }
  if (code === 'UND_ERR_INVALID_ARG' || code === 'UND_ERR_NOT_SUPPORTED') {
    return unknown('setting', `the request cannot be sent: ${safeText(message, 200)}`, rest)
  }
  return { ...rest, ...failureOf(error, from) }
}
