import { readFileSync, statSync } from 'node:fs'
import { createSecureContext, type SecureContext } from 'node:tls'
import { CertificateError } from './certificate-error.ts'

/** Whom to trust in a handshake, and who we are: PEM texts. */
export interface ContextOptions {
  readonly ca?: string
  readonly certificate?: string
  readonly key?: string
  readonly passphrase?: string
  readonly minVersion?: 'TLSv1.2' | 'TLSv1.3'
}

/** Of a handshake. */
export interface TlsOptions extends ContextOptions {
  /** Name for SNI and for the certificate; the host unless given. */
  readonly serverName?: string
  readonly alpn?: readonly string[]
}

/** Bundles of the authorities that a host trusts: Debian, Alpine, Arch; Red Hat; SUSE; macOS, BSD. */
const BUNDLES = [
  '/etc/ssl/certs/ca-certificates.crt',
  '/etc/pki/tls/certs/ca-bundle.crt',
  '/etc/ssl/ca-bundle.pem',
  '/etc/ssl/cert.pem',
]

/** Each holds all authorities, and to parse those takes milliseconds. */
const MOST_KEPT = 64

const NO_PEM = 'a certificate, key or authority is no PEM text'

/** Paths of what the host trusts, the first bundle there is. Node's own list would not know an authority that the administrator added. */
function trustPaths(): readonly string[] {
  const { SSL_CERT_FILE, NODE_EXTRA_CA_CERTS } = process.env
  const bundle = [SSL_CERT_FILE, ...BUNDLES].find((path) => path && statSync(path, { throwIfNoEntry: false })?.isFile())
  if (bundle === undefined) return []
  return [bundle, ...(NODE_EXTRA_CA_CERTS ? [NODE_EXTRA_CA_CERTS] : [])]
}

function stampOf(path: string): string {
  const status = statSync(path, { throwIfNoEntry: false })
  return `${path} ${status?.mtimeMs} ${status?.size}`
}

const kept = new Map<string, SecureContext>()

/**
 * What a handshake needs: whom to trust (`ca` alone where it is given, else this host's authorities, else Node's) and the client
 * certificate. Made once for equal settings and unchanged files. Throws CertificateError.
 */
export function secureContext({ ca, certificate, key, passphrase, minVersion }: ContextOptions): SecureContext {
  const paths = ca === undefined ? trustPaths() : []
  const name = JSON.stringify([ca, certificate, key, passphrase, minVersion, paths.map(stampOf)])
  const known = kept.get(name)
  if (known !== undefined) return known
  // OpenSSL would pass over it, and trust nobody.
  if (ca !== undefined && !/-----BEGIN (?:\w+ )?CERTIFICATE-----/.test(ca)) throw new CertificateError(NO_PEM)
  try {
    const context = createSecureContext({
      ...(ca !== undefined ? { ca } : paths.length > 0 ? { ca: paths.map((path) => readFileSync(path)) } : {}),
      ...(certificate === undefined ? {} : { cert: certificate }),
      ...(key === undefined ? {} : { key }),
      ...(passphrase === undefined ? {} : { passphrase }),
      ...(minVersion === undefined ? {} : { minVersion }),
    })
    kept.set(name, context)
    const [oldest] = kept.keys()
    if (kept.size > MOST_KEPT && oldest !== undefined) kept.delete(oldest)
    return context
  } catch (error) {
    throw new CertificateError(wordsOf(error as NodeJS.ErrnoException), { cause: error })
  }
}

/** OpenSSL's errors name its own functions; these are the ones that people meet. */
function wordsOf({ code, message }: NodeJS.ErrnoException): string {
  if (/KEY_VALUES_MISMATCH/.test(code ?? '')) return 'the key is not the one of the certificate'
  if (/PASSPHRASE|BAD_DECRYPT|BAD_PASSWORD/.test(code ?? '') || /passphrase/i.test(message))
    return 'the key is encrypted and the passphrase is missing or wrong'
  if (/NO_START_LINE|BAD_BASE64|PEM|ASN1/.test(`${code} ${message}`)) return NO_PEM
  return `a certificate, key or authority cannot be used: ${message}`
}
