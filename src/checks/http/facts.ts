import { safeText } from '../../lib/text.ts'
import type { Fact } from '../../model/check.ts'
import type { HttpAnswer } from './answer.ts'
import type { Body } from './body.ts'
import { shownUrl } from './url.ts'

const SHOWN_BODY = 200
const LONGEST_VALUE = 500
const MOST_HEADERS = 100

/** Fields whose value lets in whoever has it, or tells who somebody is. */
const SECRET =
  /^(set-cookie2?|cookie|authorization|authentication-info|proxy-auth.*|.*(token|secret|password|api-?key|session|csrf|xsrf).*)$/

/** The value of a header field as people may see it. Safe text. */
export function shownValue(name: string, value: string): string {
  // The name of a cookie, and what may be done with it, are no secret.
  if (/^set-cookie2?$/.test(name)) return safeText(value.replace(/^([^=;]*)=[^;]*/, '$1=…'), LONGEST_VALUE)
  return SECRET.test(name) ? '…' : safeText(value, LONGEST_VALUE)
}

/** Header fields of an answer, in the order they came, secrets masked. */
export function headerFacts(headers: HttpAnswer['headers'], mask: (text: string) => string): readonly Fact[] {
  return headers.slice(0, MOST_HEADERS).map(([name, value]) => ({
    name: safeText(name, 100),
    value: shownValue(name, mask(value)),
  }))
}

function sizeOf({ length, cut }: Body): string {
  if (cut) return 'more than 1 MiB'
  if (length < 1000) return `${length} B`
  const kib = length / 1024
  return kib < 1000 ? `${kib.toFixed(kib < 10 ? 1 : 0)} KiB` : `${(kib / 1024).toFixed(1)} MiB`
}

export interface Answered {
  readonly answer: HttpAnswer
  readonly body: Body
  readonly version: 1 | 2
  readonly from: string
  /** URLs that were redirected to, in order. */
  readonly redirects: readonly URL[]
}

/** `answer` `200 OK, 318 B, HTTP/2`, `from` `127.0.0.1:8443`, `redirected` `2 times to …`, `body`. */
export function answerFacts({ answer, body, version, from, redirects }: Answered): readonly Fact[] {
  const status = `${answer.status} ${safeText(answer.statusText, 60)}`.trim()
  const last = redirects.at(-1)
  const times = redirects.length === 1 ? 'once' : `${redirects.length} times`
  return [
    { name: 'answer', value: `${status}, ${sizeOf(body)}, ${version === 2 ? 'HTTP/2' : 'HTTP/1.1'}` },
    { name: 'from', value: safeText(from, 300) },
    ...(last === undefined ? [] : [{ name: 'redirected', value: `${times} to ${shownUrl(last)}` }]),
    ...(body.shown.trim() === '' ? [] : [{ name: 'body', value: safeText(body.shown.trim(), SHOWN_BODY) }]),
  ]
}
