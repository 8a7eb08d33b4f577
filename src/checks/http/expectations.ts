import { findMatch, type Matcher, MatchTimeout, matcherText, parseMatcher } from '../../lib/matcher.ts'
import { safeText } from '../../lib/text.ts'
import type { CheckState, Expectation } from '../../model/check.ts'
import type { CertificateVerdict } from '../net/certificate-judge.ts'
import { milliseconds } from '../net/expected.ts'
import type { Body } from './body.ts'
import { valueAt, valueText } from './json-path.ts'
import type { HttpExpect } from './settings.ts'

/** An expectation, and what it means for the service. */
export interface Judged {
  readonly expectation: Expectation
  readonly state: CheckState
  /** One word; absent when met. */
  readonly reason?: string
  /** The sentence; absent when met. */
  readonly error?: string
}

function judged(
  expectation: Expectation,
  error: string,
  state: CheckState = 'down',
  reason = expectation.name,
): Judged {
  return expectation.met ? { expectation, state: 'up' } : { expectation, state, reason, error }
}

/** A judgement that may take a pattern longer than it has: then nothing is known. */
function patient(name: string, wanted: string, judge: () => Judged): Judged {
  try {
    return judge()
  } catch (error) {
    if (!(error instanceof MatchTimeout)) throw error
    const expectation = { name, met: false, found: 'the pattern took too long', wanted }
    return judged(expectation, safeText(error.message), 'unknown', 'pattern')
  }
}

/** Of what was found or wanted, in a row. */
const SHORT = 60

function short(text: string): string {
  const safe = safeText(text, SHORT + 1)
  return safe.length > SHORT ? `${safe.slice(0, SHORT)}…` : safe
}

/** Slower than `limitMs` is degraded. */
export function judgeLatency(latencyS: number, limitMs: number): Judged {
  const found = milliseconds(latencyS)
  const limit = milliseconds(limitMs / 1000)
  const met = latencyS * 1000 < limitMs
  const row = { name: 'latency', met, found, wanted: `under ${limit}` }
  return judged(row, `answered in ${found}, expected under ${limit}`, 'degraded', 'slow')
}

/** `200`, `2xx`. */
function isStatus(status: number, wanted: string): boolean {
  return wanted.endsWith('xx') ? Math.floor(status / 100) === Number(wanted[0]) : status === Number(wanted)
}

export function judgeStatus(status: number, statusText: string, statuses: readonly string[]): Judged {
  const met = statuses.some((wanted) => isStatus(status, wanted))
  const wanted = listed(statuses)
  const row = { name: 'status', met, found: String(status), wanted }
  return judged(row, `expected status ${wanted}, got ${short(`${status} ${statusText}`.trim())}`)
}

/** `200`, `200 or 204`, `200, 204 or 3xx`. */
function listed(words: readonly string[]): string {
  return words.length < 2 ? (words[0] ?? '') : `${words.slice(0, -1).join(', ')} or ${words.at(-1)}`
}

export function judgeBody(body: Body, matcher: Matcher): Judged {
  const isText = 'text' in matcher
  const text = short(matcherText(matcher))
  const wanted = `${isText ? 'contains' : 'matches'} ${text}`
  return patient('body', wanted, () => {
    const match = findMatch(matcher, body.text)
    const found = match === undefined ? beginning(body) : short(around(body.text, match))
    const row = { name: 'body', met: match !== undefined, found, wanted }
    return judged(row, `expected the body to ${isText ? 'contain' : 'match'} ${text}, got ${found}`)
  })
}

function beginning({ shown, cut }: Body): string {
  const start = short(shown.trimStart())
  if (start === '') return 'nothing'
  return cut ? `${start} (more than 1 MiB)` : start
}

/** Around a match, as far as the word or the member of an object goes. */
const ASIDE = 24

function around(text: string, { 0: found, index }: RegExpExecArray): string {
  const end = index + found.length
  const before = /[^\s,{}<>;]*$/.exec(text.slice(Math.max(0, index - ASIDE), index))?.[0] ?? ''
  const after = /^[^\s,{}<>;]*/.exec(text.slice(end, end + ASIDE))?.[0] ?? ''
  return `${before}${found}${after}`
}

/** One judgement for each path. */
export function judgeJson(body: Body, wanted: NonNullable<HttpExpect['json']>): readonly Judged[] {
  const { value, trouble } = parse(body)
  return Object.entries(wanted).map(([path, expected]) => {
    const text = short(`${path} = ${scalarText(expected)}`)
    if (trouble !== undefined) {
      return judged(
        { name: 'json', met: false, found: 'no JSON', wanted: text },
        `expected json ${text}, but ${trouble}`,
      )
    }
    return patient('json', text, () => {
      const at = valueAt(value, path)
      const found = short(valueText(at))
      const row = { name: 'json', met: isValue(at, expected), found: short(`${path} = ${found}`), wanted: text }
      return judged(row, `expected json ${text}, got ${found}`)
    })
  })
}

function parse({ text, cut }: Body): { readonly value?: unknown; readonly trouble?: string } {
  if (cut) return { trouble: 'the body is longer than 1 MiB' }
  if (text.trim() === '') return { trouble: 'the body is empty' }
  try {
    return { value: JSON.parse(text) }
  } catch {
    return { trouble: 'the body is no JSON' }
  }
}

type Scalar = string | number | boolean | null

function scalarText(value: Scalar): string {
  return value === '' ? 'an empty text' : String(value)
}

/** Scalars are compared as text: what comes of a variable or out of YAML is not always what JSON has. */
function isValue(found: unknown, wanted: Scalar): boolean {
  if (typeof found === 'object' && found !== null) return false
  if (typeof wanted !== 'string' || found === undefined || found === null) return found === wanted
  const matcher = parseMatcher(wanted)
  return 'text' in matcher ? String(found) === wanted : findMatch(matcher, String(found)) !== undefined
}

/** `shown` is the value as people may see it. */
export function judgeHeader(name: string, value: string | undefined, matcher: Matcher, shown: string): Judged {
  const wanted = short(`${name} ${matcherText(matcher)}`)
  return patient('header', wanted, () => {
    const found = value === undefined ? 'none' : short(shown)
    const met = value !== undefined && findMatch(matcher, value) !== undefined
    return judged({ name: 'header', met, found, wanted }, `expected header ${wanted}, got ${found}`)
  })
}

/** What `judgeCertificate` says, as the other judgements are. */
export function judgedCertificate({ expectation, state, error }: CertificateVerdict): Judged {
  return judged(expectation, error ?? '', state)
}
