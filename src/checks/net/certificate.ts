import { X509Certificate } from 'node:crypto'
import { isIP } from 'node:net'
import { checkServerIdentity, type DetailedPeerCertificate, type TLSSocket } from 'node:tls'
import { safeText } from '../../lib/text.ts'
import type { Certificate, CertificateChain } from '../../model/check.ts'
import { distrustOf } from './distrust.ts'

/** Longer chains are an attack or a mistake. */
const MOST_CERTIFICATES = 10
const MOST_NAMES = 100
const LONGEST_NAME = 253

/**
 * The certificates that a server showed in a handshake that stands, and whether this host trusts them for `name`, the host that was asked
 * for. All text has passed text safety. Trust is what OpenSSL found, with the authorities that `dial` was told; the name is compared here
 * too, since OpenSSL's first complaint hides others.
 */
export function certificateChain(socket: TLSSocket, name: string, nowMs: number): CertificateChain {
  const chain = walk(socket.getPeerCertificate(true))
  const verified = socket.authorized ? undefined : codeOf(socket.authorizationError)
  const certificates = chain.map((peer, index) => certificateOf(peer, index === 0))
  const [own] = chain
  const distrust =
    own === undefined
      ? 'no certificate was shown'
      : distrustOf(certificates, {
          verified: isNameError(verified) ? undefined : verified,
          selfIssued: chain.map(isSelfIssued),
          wrongName: wrongName(own, name),
          nowMs,
        })
  const last = chain.at(-1)
  const rooted = last !== undefined && isSelfIssued(last) && (verified === undefined || isNameError(verified))
  const protocol = socket.getProtocol()
  return {
    certificates: rooted
      ? certificates.map((one, index) => (index === chain.length - 1 ? { ...one, root: true } : one))
      : certificates,
    ...(protocol === null ? {} : { protocol: safeText(protocol.replace(/^TLSv/, 'TLS '), 16) }),
    cipher: safeText(socket.getCipher().standardName ?? socket.getCipher().name, 80),
    trusted: distrust === undefined,
    ...(distrust === undefined ? {} : { distrust }),
  }
}

/** Node gives the code as a text or as an error, whatever its types say. */
function codeOf(error: unknown): string {
  if (error instanceof Error) return (error as NodeJS.ErrnoException).code ?? error.message
  return String(error)
}

function isNameError(code: string | undefined): boolean {
  return code?.startsWith('ERR_TLS_CERT_ALTNAME') === true
}

/** The server's own certificate and its issuers. A root is its own issuer, and two roots that signed each other go round for ever. */
function walk(own: DetailedPeerCertificate): readonly DetailedPeerCertificate[] {
  const chain: DetailedPeerCertificate[] = []
  const seen = new Set<string>()
  let next: DetailedPeerCertificate | undefined = own
  while (next?.raw !== undefined && !seen.has(next.fingerprint256) && chain.length < MOST_CERTIFICATES) {
    seen.add(next.fingerprint256)
    chain.push(next)
    next = next.issuerCertificate
  }
  return chain
}

type NameParts = { readonly CN?: unknown; readonly OU?: unknown; readonly O?: unknown }

function isSelfIssued({ subject, issuer }: DetailedPeerCertificate): boolean {
  return JSON.stringify(subject) === JSON.stringify(issuer)
}

function wrongName(own: DetailedPeerCertificate, name: string): string | undefined {
  try {
    if (checkServerIdentity(name, own) === undefined) return undefined
  } catch {
    // Names in a form that nobody reads: it is for none.
  }
  return `not for the ${isIP(name) === 0 ? 'name' : 'address'} ${safeText(name, LONGEST_NAME)}`
}

function certificateOf(peer: DetailedPeerCertificate, own: boolean): Certificate {
  const names = own ? namesOf(peer.subjectaltname) : []
  const key = own ? keyOf(peer.raw) : undefined
  return {
    subject: named(peer.subject) ?? names[0] ?? 'a certificate without a name',
    issuer: named(peer.issuer) ?? 'an issuer without a name',
    fromMs: Date.parse(peer.valid_from),
    untilMs: Date.parse(peer.valid_to),
    ...(names.length > 0 ? { names } : {}),
    ...(key === undefined ? {} : { key }),
    fingerprint: peer.fingerprint256.replaceAll(':', '').toLowerCase(),
  }
}

/** A distinguished name as people say it: the common name, else the unit, else the organization. */
function named(name: NameParts | undefined): string | undefined {
  const parts = [name?.CN, name?.OU, name?.O].flat()
  const first = parts.find((part) => typeof part === 'string' && part !== '')
  return first === undefined ? undefined : safeText(String(first), LONGEST_NAME)
}

/** `DNS:localhost, IP Address:127.0.0.1` as Node writes it; a name with odd characters stands in quotes, as JSON. */
function namesOf(text: string | undefined): readonly string[] {
  const found = (text ?? '').matchAll(/(?:^|, )(?:DNS|IP Address):("(?:[^"\\]|\\.)*"|[^,]*)/g)
  return [...found].slice(0, MOST_NAMES).map((match) => shortAddress(safeText(match[1] as string, LONGEST_NAME)))
}

/** OpenSSL writes `0:0:0:0:0:0:0:1`, people `::1`. */
function shortAddress(name: string): string {
  return isIP(name) === 6 ? new URL(`http://[${name}]`).hostname.slice(1, -1) : name
}

const CURVES: Readonly<Record<string, string>> = { prime256v1: 'P-256', secp384r1: 'P-384', secp521r1: 'P-521' }

function keyOf(raw: Buffer): string | undefined {
  try {
    const { asymmetricKeyType: type, asymmetricKeyDetails: details } = new X509Certificate(raw).publicKey
    if (type === 'ec') {
      const curve = details?.namedCurve ?? 'on an unknown curve'
      return `ECDSA ${CURVES[curve] ?? curve}`
    }
    if (details?.modulusLength !== undefined) return `${type?.replace('-', ' ').toUpperCase()} ${details.modulusLength}`
    return type === undefined ? undefined : type.replace(/^ed/, 'Ed')
  } catch {
    // A kind of key that this OpenSSL does not know.
    return undefined
  }
}
