import { safeText } from '../../../lib/text.ts'
import { errorCode, errorName, Http2Error } from './error.ts'
import type { Frame } from './frame.ts'

/** Of what a peer says about its reasons. */
const MAX_REASON = 80

/** What RST_STREAM of the request says (RFC 9113, section 6.4); `begun`: the answer had begun. */
export function resetBy({ payload }: Frame, begun: boolean): Http2Error {
  if (payload.length !== 4) return new Http2Error('FRAME_SIZE_ERROR', 'a reset of another length')
  const name = errorName(payload.readUInt32BE())
  const what = begun ? 'broke off its answer' : wordsOf(name)
  return new Http2Error('NO_ERROR', name, (from) => `${from} ${what} (${name})`)
}

function wordsOf(name: string): string {
  return name === 'HTTP_1_1_REQUIRED' ? 'wants HTTP/1.1 for this request' : 'refused the request'
}

/** What GOAWAY says (section 6.8); undefined where the peer only takes no more requests than it has. Throws Http2Error. */
export function goneBy({ payload }: Frame, stream: number): Http2Error | undefined {
  if (payload.length < 8) throw new Http2Error('FRAME_SIZE_ERROR', 'a goodbye that breaks off')
  const last = payload.readUInt32BE() & 0x7fff_ffff
  const code = payload.readUInt32BE(4)
  const taken = last >= stream
  if (taken && code === errorCode('NO_ERROR')) return undefined
  const said = safeText(payload.toString('latin1', 8, 8 + MAX_REASON), MAX_REASON).trim()
  const name = errorName(code)
  const why = said === '' ? name : `${name}: ${said}`
  return new Http2Error('NO_ERROR', why, (from) => `${from} ${taken ? 'ended the connection' : wordsOf(name)} (${why})`)
}
