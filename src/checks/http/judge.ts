import { STATUS_CODES } from 'node:http'
import { safeText } from '../../lib/text.ts'
import { CHECK_ORDER, type CheckOutcome } from '../../model/check.ts'
import { down, up } from '../check.ts'
import { CERTIFICATE_LEFT_MS, judgeCertificate } from '../net/certificate-judge.ts'
import type { HttpAnswer } from './answer.ts'
import { type Body, decodeBody } from './body.ts'
import {
  type Judged,
  judgeBody,
  judgedCertificate,
  judgeHeader,
  judgeJson,
  judgeLatency,
  judgeStatus,
} from './expectations.ts'
import { answerFacts, headerFacts, shownValue } from './facts.ts'
import { httpFailure } from './failure.ts'
import type { Arrival, Reached } from './follow.ts'
import type { HttpSettings } from './settings.ts'

type Rest = Omit<CheckOutcome, 'state' | 'reason' | 'error' | 'expectations'>
/** Takes out of a text what the request told in confidence. */
type Mask = (text: string) => string

/** What was found at the end of the way, against what was wanted. */
export async function judgeArrival(
  arrival: Arrival,
  settings: HttpSettings,
  mask: Mask,
  nowMs: number,
): Promise<CheckOutcome> {
  if ('unreached' in arrival) return httpFailure(arrival.unreached, arrival.from)
  const { from, phases, latencyS, certificate } = arrival
  const rest = { latencyS, phases, ...(certificate === undefined ? {} : { certificate }) }
  const trust = judgeTrust(arrival, settings, nowMs)
  if ('trouble' in arrival) {
    const facts = [{ name: 'from', value: safeText(from, 300) }]
    const expectations = trust.map(({ expectation }) => expectation)
    return httpFailure(arrival.trouble, from, { ...rest, facts, expectations })
  }
  if (!('answer' in arrival)) return outcomeOf(trust, rest)
  const { answer, lost } = arrival
  const told = { ...rest, headers: headerFacts(answer.headers, mask) }
  let body: Body
  try {
    body = await decodeBody(answer, (name) => headerOf(answer, name), mask)
  } catch (error) {
    return httpFailure(error, from, told)
  }
  const statusText = answer.statusText || (STATUS_CODES[answer.status] ?? '')
  const all = { ...told, facts: answerFacts({ ...arrival, answer: { ...answer, statusText }, body }) }
  if (lost !== undefined) return down('redirect', lost, all)
  const latency = settings.expect?.latency
  const judgements = [
    ...(latency === undefined ? [] : [judgeLatency(latencyS, latency)]),
    judgeStatus(answer.status, statusText, statusesOf(settings)),
    ...judgeContent(answer, body, settings, mask),
    ...trust,
  ]
  return masked(outcomeOf(judgements, all), mask)
}

function judgeTrust({ certificate, name }: Reached, settings: HttpSettings, nowMs: number): readonly Judged[] {
  if (certificate === undefined) return []
  const { expect, insecure = false } = settings
  // Who does not ask whether it is trusted does not ask for how long, unless it is said.
  const leastMs = expect?.certificate ?? (insecure ? 0 : CERTIFICATE_LEFT_MS)
  const verdict = judgeCertificate(certificate, { name, leastMs, insecure }, nowMs)
  return leastMs === 0 && verdict.state === 'up' ? [] : [judgedCertificate(verdict)]
}

function statusesOf({ expect, redirects }: HttpSettings): readonly string[] {
  return expect?.status ?? (redirects === 0 ? ['2xx', '3xx'] : ['2xx'])
}

/** Body, JSON and header fields, in the order in which they are shown. */
function judgeContent(answer: HttpAnswer, body: Body, { expect = {} }: HttpSettings, mask: Mask): readonly Judged[] {
  return [
    ...(expect.body === undefined ? [] : [judgeBody(body, expect.body)]),
    ...(expect.json === undefined ? [] : judgeJson(body, expect.json)),
    ...Object.entries(expect.headers ?? {}).map(([name, matcher]) => {
      const value = headerOf(answer, name)
      return judgeHeader(name, value, matcher, shownValue(name.toLowerCase(), mask(value ?? '')))
    }),
  ]
}

/** All values of a header field, as one (RFC 9110, section 5.3). */
function headerOf({ headers }: HttpAnswer, wanted: string): string | undefined {
  const values = headers.filter(([name]) => name === wanted.toLowerCase()).map(([, value]) => value)
  return values.length === 0 ? undefined : values.join(', ')
}

function outcomeOf(judgements: readonly Judged[], rest: Rest): CheckOutcome {
  const all = { ...rest, expectations: judgements.map(({ expectation }) => expectation) }
  const [worst] = judgements.toSorted((a, b) => CHECK_ORDER.indexOf(a.state) - CHECK_ORDER.indexOf(b.state))
  if (worst?.reason === undefined || worst.error === undefined) return up(all)
  return { ...all, state: worst.state, reason: worst.reason, error: worst.error }
}

/** What was found may be what was sent. */
function masked(outcome: CheckOutcome, mask: Mask): CheckOutcome {
  const { error, expectations = [] } = outcome
  return {
    ...outcome,
    ...(error === undefined ? {} : { error: mask(error) }),
    expectations: expectations.map((expectation) => ({ ...expectation, found: mask(expectation.found) })),
  }
}
