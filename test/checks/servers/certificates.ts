import { execFileSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

/** A certificate and its key; PEM texts, and the files that hold them. */
export interface Pair {
  readonly certificate: string
  readonly key: string
  readonly certificatePath: string
  readonly keyPath: string
}

export interface PairOptions {
  /** Common name; `localhost` unless given. */
  readonly subject?: string
  /** `DNS:localhost,IP:127.0.0.1,IP:::1` unless given. */
  readonly names?: string
  /** Whose signature it has; its own unless given. */
  readonly issuer?: Pair
  /** May sign others. */
  readonly authority?: boolean
  /** `20240101000000Z`; now and a year unless given. */
  readonly from?: string
  readonly until?: string
  /** Of the file of the key. */
  readonly passphrase?: string
  /** `ec` (P-256) unless given. */
  readonly algorithm?: 'ec' | 'rsa' | 'ed25519'
}

export interface Certificates extends Disposable {
  /** The folder that holds the files. */
  readonly folder: string
  readonly make: (options?: PairOptions) => Pair
  /** An authority that this host does not know. */
  readonly authority: Pair
  /** For localhost, signed by the authority. */
  readonly server: Pair
}

/** `20261125000000Z`, so many days from now. */
export function daysFromNow(days: number): string {
  return new Date(Date.now() + days * 86_400_000).toISOString().replace(/[-:T]|\.\d+/g, '')
}

const ALGORITHMS = {
  ec: ['-algorithm', 'EC', '-pkeyopt', 'ec_paramgen_curve:P-256'],
  rsa: ['-algorithm', 'RSA', '-pkeyopt', 'rsa_keygen_bits:2048'],
  ed25519: ['-algorithm', 'ED25519'],
} as const

/** Whether openssl(1) is here; where CI is set it has to be. */
export function hasOpenssl(): boolean {
  try {
    openssl(['version'])
    return true
  } catch (error) {
    if (process.env.CI) throw error
    return false
  }
}

function openssl(args: readonly string[]): void {
  execFileSync('openssl', args, { stdio: ['ignore', 'ignore', 'pipe'] })
}

/** Makes certificates with openssl(1) in a temporary folder, which goes with it. */
export function makeCertificates(): Certificates {
  const folder = mkdtempSync(join(tmpdir(), 'healthtop-certificates-'))
  let count = 0
  const make = (options: PairOptions = {}) => makePair(folder, `${count++}`, options)
  const authority = make({ subject: 'Example Test Root', authority: true })
  return {
    folder,
    make,
    authority,
    server: make({ issuer: authority }),
    [Symbol.dispose]: () => rmSync(folder, { recursive: true, force: true }),
  }
}

/**
 * `openssl ca` is the one command that takes both ends of the validity in all versions of OpenSSL 1.1 and 3; it wants a folder with a
 * database.
 */
function makePair(folder: string, name: string, options: PairOptions): Pair {
  const path = (suffix: string) => join(folder, `${name}.${suffix}`)
  const { subject = 'localhost', names = 'DNS:localhost,IP:127.0.0.1,IP:::1', issuer, authority = false } = options
  openssl(['genpkey', ...ALGORITHMS[options.algorithm ?? 'ec'], '-out', path('key')])
  writeFileSync(path('database'), '')
  writeFileSync(path('database.attr'), 'unique_subject = no\n')
  writeFileSync(
    path('config'),
    [
      '[req]',
      'distinguished_name = name',
      '[name]',
      '[ca]',
      'default_ca = this',
      '[this]',
      `database = ${path('database')}`,
      `new_certs_dir = ${folder}`,
      'rand_serial = yes',
      'default_md = sha256',
      'policy = any',
      'x509_extensions = extensions',
      '[any]',
      'commonName = optional',
      '[extensions]',
      `basicConstraints = critical,CA:${authority ? 'TRUE' : 'FALSE'}`,
      ...(names === '' || authority ? [] : [`subjectAltName = ${names}`]),
    ].join('\n'),
  )
  const config = ['-config', path('config')]
  const distinguished = subject === '' ? '/' : `/CN=${subject.replaceAll('/', '\\/')}`
  openssl(['req', '-new', ...config, '-utf8', '-key', path('key'), '-subj', distinguished, '-out', path('request')])
  const signer =
    issuer === undefined
      ? ['-selfsign', '-keyfile', path('key')]
      : ['-keyfile', issuer.keyPath, '-cert', issuer.certificatePath]
  const validity = ['-startdate', options.from ?? daysFromNow(-1), '-enddate', options.until ?? daysFromNow(365)]
  const output = ['-in', path('request'), '-out', path('certificate'), '-notext', '-batch', '-utf8', '-preserveDN']
  openssl(['ca', ...config, ...signer, ...validity, ...output])
  if (options.passphrase !== undefined) {
    openssl(['pkey', '-in', path('key'), '-aes256', '-passout', `pass:${options.passphrase}`, '-out', path('locked')])
  }
  const keyPath = path(options.passphrase === undefined ? 'key' : 'locked')
  return {
    certificate: readFileSync(path('certificate'), 'utf8'),
    key: readFileSync(keyPath, 'utf8'),
    certificatePath: path('certificate'),
    keyPath,
  }
}
