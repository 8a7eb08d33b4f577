import type { Certificate } from '../../model/check.ts'

export interface Verification {
  /** What OpenSSL said last (`X509_verify_cert_error_string(3)`, without `X509_V_ERR_`); undefined when it trusts the chain. */
  readonly verified: string | undefined
  /** Of each certificate, whether it names itself as its issuer. */
  readonly selfIssued: readonly boolean[]
  /** What is wrong with its names. */
  readonly wrongName: string | undefined
  readonly nowMs: number
}

const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'] as const

/** `3 Dec`, and with the year where it is another than now; local time. */
export function dayOf(wallMs: number, nowMs: number): string {
  const date = new Date(wallMs)
  const day = `${date.getDate()} ${MONTHS[date.getMonth()]}`
  return date.getFullYear() === new Date(nowMs).getFullYear() ? day : `${day} ${date.getFullYear()}`
}

/** What else OpenSSL may say, and people meet. */
const WORDS: Readonly<Record<string, string>> = {
  CERT_REVOKED: 'revoked',
  INVALID_PURPOSE: 'not made for servers',
  INVALID_CA: 'signed by what is no authority',
  PATH_LENGTH_EXCEEDED: 'signed by an authority that may not sign authorities',
  CERT_SIGNATURE_FAILURE: 'its signature is wrong',
  CERT_UNTRUSTED: 'its root is not trusted for servers',
  CERT_REJECTED: 'its root is not trusted for servers',
  EE_KEY_TOO_SMALL: 'its key is too short',
  CA_KEY_TOO_SMALL: 'the key of its issuer is too short',
  CA_MD_TOO_WEAK: 'signed with a digest that is too weak',
}

/**
 * Why a chain, the server's own certificate first, is not trusted, in words, all reasons; undefined when it is. OpenSSL tells only its last
 * complaint: an expired certificate is expired, whoever signed it.
 */
export function distrustOf(
  certificates: readonly Certificate[],
  { verified, selfIssued, wrongName, nowMs }: Verification,
): string | undefined {
  const times = certificates.map((certificate, index) => untimely(certificate, index, nowMs))
  const chain = verified === undefined ? undefined : brokenChain(verified, certificates, selfIssued)
  const reasons = [...(verified === undefined ? [] : times), chain, wrongName].filter((reason) => reason !== undefined)
  if (reasons.length > 0) return reasons.join(', ')
  return verified === undefined ? undefined : wordsOf(verified)
}

function wordsOf(code: string): string {
  return WORDS[code] ?? code.toLowerCase().replaceAll('_', ' ')
}

function untimely({ subject, fromMs, untilMs }: Certificate, index: number, nowMs: number): string | undefined {
  const whose = index === 0 ? '' : `its issuer ${subject} `
  if (nowMs > untilMs) return `${whose}expired on ${dayOf(untilMs, nowMs)}`
  return nowMs < fromMs ? `${whose}not valid before ${dayOf(fromMs, nowMs)}` : undefined
}

const TIMES = ['CERT_HAS_EXPIRED', 'CERT_NOT_YET_VALID']
const NOT_COMPLETE = [
  'UNABLE_TO_GET_ISSUER_CERT',
  'UNABLE_TO_GET_ISSUER_CERT_LOCALLY',
  'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
]

function brokenChain(
  code: string,
  certificates: readonly Certificate[],
  selfIssued: readonly boolean[],
): string | undefined {
  if (code === 'DEPTH_ZERO_SELF_SIGNED_CERT' || (selfIssued[0] && TIMES.includes(code))) return 'self-signed'
  const last = certificates.at(-1)
  if (code === 'SELF_SIGNED_CERT_IN_CHAIN') return `its root ${last?.subject} is not trusted by this host`
  const open = selfIssued.at(-1) === false
  if (NOT_COMPLETE.includes(code) || (open && TIMES.includes(code))) return `issuer ${last?.issuer} not known`
  return TIMES.includes(code) ? undefined : wordsOf(code)
}
