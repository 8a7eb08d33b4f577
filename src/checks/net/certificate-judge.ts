import { safeText } from '../../lib/text.ts'
import type { Certificate, CertificateChain, CheckOutcome, CheckState, Expectation } from '../../model/check.ts'
import { dayOf } from './distrust.ts'

/** What is wanted of a certificate where nothing was said. */
export const CERTIFICATE_LEFT_MS = 14 * 86_400_000

const DAY_MS = 86_400_000
const HOUR_MS = 3_600_000

export interface CertificateVerdict {
  readonly expectation: Expectation
  /** `up` when it is as wanted; `degraded` near its end, `down` when it is not trusted. */
  readonly state: Extract<CheckState, 'up' | 'degraded' | 'down'>
  /** The sentence; absent when up. */
  readonly error?: string
}

/** `64 d`, `5 h`: of a time to come, never more than there is. */
function left(ms: number): string {
  return ms >= DAY_MS ? `${Math.floor(ms / DAY_MS)} d` : `${Math.max(0, Math.floor(ms / HOUR_MS))} h`
}

function inWords(ms: number): string {
  const days = Math.floor(ms / DAY_MS)
  if (days >= 1) return days === 1 ? '1 day' : `${days} days`
  const hours = Math.max(0, Math.floor(ms / HOUR_MS))
  return hours === 1 ? '1 hour' : `${hours} hours`
}

/** The certificate whose time is over first; a root that this host trusts is judged by nobody. */
function firstToEnd({ certificates }: CertificateChain): Certificate | undefined {
  return certificates
    .filter(({ root }, index) => index === 0 || !root)
    .reduce<Certificate | undefined>(
      (first, certificate) => (first === undefined || certificate.untilMs < first.untilMs ? certificate : first),
      undefined,
    )
}

/**
 * Judges the certificates that a server showed for `name`: not trusted is down, unless `insecure`, and less than `leastMs` left is
 * degraded; 0 asks for no time.
 */
export function judgeCertificate(
  chain: CertificateChain,
  { name, leastMs, insecure }: { readonly name: string; readonly leastMs: number; readonly insecure: boolean },
  nowMs: number,
): CertificateVerdict {
  const row = { name: 'certificate', wanted: leastMs === 0 ? 'trusted' : `${left(leastMs)} or more` }
  const whose = safeText(name, 253)
  if (!chain.trusted && !insecure) {
    const found = chain.distrust ?? 'not trusted'
    const expectation = { ...row, met: false, found, wanted: 'trusted' }
    return { expectation, state: 'down', error: `the certificate of ${whose} is not trusted: ${found}` }
  }
  const first = firstToEnd(chain)
  if (first === undefined) return { expectation: { ...row, met: insecure, found: 'none' }, state: 'up' }
  const leftMs = first.untilMs - nowMs
  const found = leftMs < 0 ? `expired on ${dayOf(first.untilMs, nowMs)}` : `${left(leftMs)} left`
  if (leftMs >= leastMs || leastMs === 0) return { expectation: { ...row, met: true, found }, state: 'up' }
  const what = first === chain.certificates[0] ? `certificate for ${whose}` : `issuer ${first.subject} of ${whose}`
  const error = leftMs < 0 ? `the ${what} ${found}` : `${what} ends in ${inWords(leftMs)}`
  return { expectation: { ...row, met: false, found }, state: 'degraded', error }
}

/** An outcome of a service that answered, with what is wrong with its certificate, which matters more than that it was late. */
export function withCertificate({ state, error }: CertificateVerdict, outcome: CheckOutcome): CheckOutcome {
  if (state === 'up' || error === undefined || outcome.state === 'down') return outcome
  return { ...outcome, state, reason: 'certificate', error }
}
