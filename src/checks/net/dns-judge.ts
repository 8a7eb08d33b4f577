import { isIPv6 } from 'node:net'
import { findMatch, type Matcher, matcherText } from '../../lib/matcher.ts'
import { safeText } from '../../lib/text.ts'
import type { CheckOutcome, Expectation } from '../../model/check.ts'
import { down } from '../check.ts'
import { type DnsAnswer, RCODE, type RecordType } from './dns-message.ts'
import { inTime } from './expected.ts'

/** What a dns check was told to ask and to expect. */
export interface DnsSettings {
  readonly query: string
  readonly transport?: 'udp' | 'tcp' | undefined
  /** Each has to be among the answers. */
  readonly expect?: readonly Matcher[] | undefined
  /** The name must not exist. */
  readonly nxdomain?: boolean | undefined
  /** Milliseconds; slower is degraded. */
  readonly latency?: number | undefined
}

/** Answers that are shown; the rest is counted. */
const SHOWN = 10

/** Types whose data ends in a host, which is what people have in mind. */
const ENDS_IN_HOST: readonly RecordType[] = ['MX', 'SRV']

/** Judges what a name server, the hosts file or the system answered; `from` says which, as people read it. */
export function judgeDns(
  settings: DnsSettings,
  type: RecordType,
  { rcode, answers: found, alias }: DnsAnswer,
  { from, latencyS }: { readonly from: string; readonly latencyS: number },
): CheckOutcome {
  const name = safeText(settings.query, 255)
  const answers = [...new Set(found)].sort((a, b) => a.localeCompare(b, 'en', { numeric: true }))
  const facts = [
    { name: 'answer', value: listed(answers) },
    { name: 'alias of', value: alias ?? '' },
    { name: 'from', value: from },
  ].filter(({ value }) => value !== '')
  const rest = { facts, latencyS }

  if (rcode === RCODE.nxDomain && settings.nxdomain === true) {
    const expectations = [{ name: 'answer', met: true, found: 'NXDOMAIN', wanted: 'NXDOMAIN' }]
    return inTime(latencyS, settings.latency, {
      facts: [{ name: 'answer', value: 'NXDOMAIN' }, ...facts],
      expectations,
    })
  }
  if (rcode === RCODE.nxDomain) return down('nxdomain', `${name} does not exist (NXDOMAIN), says ${from}`, rest)
  if (rcode !== RCODE.noError) return down(...errorOf(rcode, from), rest)
  if (settings.nxdomain === true) {
    const what = answers.length === 0 ? `it exists, without ${type} records` : listed(answers)
    const expectations = [{ name: 'answer', met: false, found: what, wanted: 'NXDOMAIN' }]
    return down('answer', `expected that ${name} does not exist, got ${what}`, { ...rest, expectations })
  }
  if (answers.length === 0) return down('nodata', `${name} has no ${type} record, says ${from}`, rest)
  const expectations = (settings.expect ?? []).map((matcher) => expectation(matcher, answers, type))
  const missed = (settings.expect ?? []).filter((_, index) => expectations[index]?.met === false)
  if (missed.length === 0) return inTime(latencyS, settings.latency, { facts, expectations })
  const wanted = missed.map(wantedText).join(', ')
  return down('answer', `expected ${wanted}, got ${listed(answers)}`, { ...rest, expectations })
}

function errorOf(rcode: number, from: string): [reason: string, error: string] {
  if (rcode === RCODE.refused) return ['denied', `${from} refused to answer (REFUSED)`]
  if (rcode === RCODE.serverFailure) return ['servfail', `${from} failed to find an answer (SERVFAIL)`]
  if (rcode === RCODE.notImplemented) return ['rcode', `${from} does not know this kind of question (NOTIMP)`]
  if (rcode === RCODE.formatError) return ['rcode', `${from} cannot read the question (FORMERR)`]
  return ['rcode', `${from} answered with the error ${rcode}`]
}

function listed(answers: readonly string[]): string {
  const more = answers.length - SHOWN
  return safeText(answers.slice(0, SHOWN).join(', ') + (more > 0 ? ` and ${more} more` : ''), 1000)
}

function wantedText(matcher: Matcher): string {
  return safeText('text' in matcher ? matcher.text : matcherText(matcher), 200)
}

function expectation(matcher: Matcher, answers: readonly string[], type: RecordType): Expectation {
  const match = answers.find((answer) => meets(matcher, answer, type))
  return { name: 'answer', met: match !== undefined, found: match ?? listed(answers), wanted: wantedText(matcher) }
}

/** A text means the whole answer, its host, or a part of a TXT record: as a part of an address it would find too much. */
function meets(matcher: Matcher, answer: string, type: RecordType): boolean {
  if (!('text' in matcher) || type === 'TXT') return findMatch(matcher, answer) !== undefined
  const wanted = canonical(matcher.text)
  if (wanted === canonical(answer)) return true
  return ENDS_IN_HOST.includes(type) && wanted === canonical(answer.slice(answer.lastIndexOf(' ') + 1))
}

/** Names have no case and may end in a dot; an IPv6 address can be written in many ways. */
function canonical(text: string): string {
  const plain = text.trim().toLowerCase()
  if (isIPv6(plain) && !plain.includes('%')) return new URL(`http://[${plain}]`).hostname.slice(1, -1)
  return plain.length > 1 ? plain.replace(/\.$/, '') : plain
}
