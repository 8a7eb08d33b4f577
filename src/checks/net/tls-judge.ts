import type { TLSSocket } from 'node:tls'
import type { CertificateChain, Expectation } from '../../model/check.ts'
import { certificateChain } from './certificate.ts'
import { CERTIFICATE_LEFT_MS, type CertificateVerdict, judgeCertificate } from './certificate-judge.ts'

export interface Secured {
  readonly certificate: CertificateChain
  readonly verdict: CertificateVerdict
  readonly expectations: readonly Expectation[]
}

export interface TlsWish {
  /** The host that was asked for. */
  readonly host: string
  /** Another name that its certificate is for. */
  readonly serverName?: string | undefined
  readonly insecure?: boolean | undefined
}

/** The name stands last among the reasons (`distrust.ts`), and has a row of its own. */
const WRONG_NAME = /(?:^|, )(not for the (?:name|address) .*)$/s

/** Judges the certificates of a handshake that stands; `leftMs` of their time has to be left, 14 days unless given. */
export function judgeTls(
  socket: TLSSocket,
  { host, serverName = host, insecure = false }: TlsWish,
  leftMs: number | undefined,
  nowMs: number,
): Secured {
  const certificate = certificateChain(socket, serverName, nowMs)
  // Who does not ask whether it is trusted does not ask for how long, unless it is said.
  const leastMs = leftMs ?? (insecure ? 0 : CERTIFICATE_LEFT_MS)
  const verdict = judgeCertificate(certificate, { name: serverName, leastMs, insecure }, nowMs)
  const wrongName = WRONG_NAME.exec(certificate.distrust ?? '')
  const distrust = certificate.distrust?.slice(0, wrongName?.index)
  const [own] = certificate.certificates
  const trust: readonly Expectation[] = [
    { name: 'chain', met: !distrust, found: distrust || 'trusted', wanted: 'trusted by this host' },
    { name: 'name', met: wrongName === null, found: own?.subject ?? 'no certificate', wanted: serverName },
  ]
  return { certificate, verdict, expectations: [verdict.expectation, ...(insecure ? [] : trust)] }
}
