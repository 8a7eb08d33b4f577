import type { CertificateChain, CheckOutcome, Expectation } from '../model/check.ts'
import { defineCheck, down } from './check.ts'
import { hostPort } from './net/address.ts'
import { withCertificate } from './net/certificate-judge.ts'
import { familyOf, targetEndpoint, targetError, targetParts } from './net/endpoint.ts'
import { inTime } from './net/expected.ts'
import { peerFailure } from './net/peer-error.ts'
import type { SecureConnection } from './net/secure-dial.ts'
import { loadSecureParts } from './net/secure-parts.ts'
import { STARTTLS_PROTOCOLS, type StarttlsProtocol, usualStarttls } from './net/starttls.ts'
import type { Secured } from './net/tls-judge.ts'
import { type TlsSettings, tlsFields, tlsOptions } from './net/tls-settings.ts'

const HTTPS_PORT = 443
const PROTOCOLS = ['TLSv1.2', 'TLSv1.3'] as const
const EXPECTED = `tls://host or tls://host:port, perhaps with ?starttls=${STARTTLS_PROTOCOLS.join('|')}`

interface Settings extends TlsSettings {
  readonly host: string
  readonly port?: number | undefined
  readonly family?: 'ipv4' | 'ipv6' | undefined
  readonly starttls?: StarttlsProtocol | undefined
  readonly expect?:
    | {
        readonly certificate?: number | undefined
        readonly protocol?: (typeof PROTOCOLS)[number] | undefined
        readonly latency?: number | undefined
      }
    | undefined
}

/** Shakes hands and looks at the certificates, after STARTTLS where a server begins in plain text. */
export const tls = defineCheck({
  type: 'tls',
  help: 'certificates: trusted, for that name, not near their end; TLS version; STARTTLS for SMTP, IMAP and POP3',
  uses: 'network',
  schema: (fields) =>
    fields.object({
      host: fields.host().describe('whose certificate is looked at'),
      port: fields.port().optional().describe('the port there; 443 unless said'),
      family: fields.oneOf('ipv4', 'ipv6').optional().describe('the kind of address; any unless said'),
      starttls: fields
        .oneOf(...STARTTLS_PROTOCOLS)
        .optional()
        .describe('the protocol that begins without TLS and is told to start it'),
      ...tlsFields(fields),
      expect: fields
        .object({
          certificate: fields
            .duration('a duration such as 14d')
            .optional()
            .describe('what the certificate must have left; 14d unless said, less is degraded'),
          protocol: fields
            .oneOf(...PROTOCOLS)
            .optional()
            .describe('the oldest version that will do'),
          latency: fields.duration().optional().describe('slower is degraded'),
        })
        .optional()
        .describe('what has to be so'),
    }),
  target: ({ host, port = HTTPS_PORT }) => hostPort(host, port),
  schemes: ['tls'],
  parseTarget: (target, expect) => {
    if (expect !== undefined) throw targetError('nothing with --expect: a tls check has no answer to look at', expect)
    const parts = targetParts(target, EXPECTED, ['starttls'])
    const endpoint = targetEndpoint(parts, EXPECTED, HTTPS_PORT)
    const asked = parts.options.get('starttls')
    const starttls = STARTTLS_PROTOCOLS.find((protocol) => protocol === asked)
    if (asked !== undefined && starttls === undefined) throw targetError(EXPECTED, target)
    const spoken = starttls ?? usualStarttls(endpoint.port)
    return { ...endpoint, ...(spoken !== undefined && { starttls: spoken }) }
  },
  peer: ({ host, port = HTTPS_PORT }) => hostPort(host, port),
  prepare: async (settings) => (await loadSecureParts()).prepare(await tlsOptions(settings)),
  run: async (settings, context) => {
    const { host, port = HTTPS_PORT, family, starttls } = settings
    const to = { host, port, ...familyOf(family) }
    const { dialSecure, judgeTls } = await loadSecureParts()
    const begun = context.now().monoMs
    try {
      const connection = await dialSecure(to, await tlsOptions(settings), starttls, context.signal)
      try {
        const latencyS = (context.now().monoMs - begun) / 1000
        const least = settings.expect?.certificate
        const secured = judgeTls(connection.socket, settings, least, context.now().wallMs)
        return judge(settings, connection, secured, latencyS)
      } finally {
        connection.socket.destroy()
      }
    } catch (error) {
      return peerFailure(error)
    }
  },
})

function judge(
  settings: Settings,
  { phases, from }: SecureConnection,
  { certificate, verdict, expectations }: Secured,
  latencyS: number,
): CheckOutcome {
  const version = expectProtocol(settings.expect?.protocol, certificate)
  const facts = [
    { name: 'protocol', value: certificate.protocol ?? '' },
    { name: 'cipher', value: certificate.cipher ?? '' },
    { name: 'before', value: settings.starttls === undefined ? '' : `${settings.starttls}, STARTTLS` },
    { name: 'from', value: from },
  ].filter(({ value }) => value !== '')
  const all = [...expectations, ...(version === undefined ? [] : [version])]
  const rest = { phases, certificate, facts, expectations: all }
  if (version?.met === false) {
    return down('protocol', `expected ${version.wanted}, got ${version.found}`, { ...rest, latencyS })
  }
  return withCertificate(verdict, inTime(latencyS, settings.expect?.latency, rest))
}

function expectProtocol(
  least: (typeof PROTOCOLS)[number] | undefined,
  { protocol = 'no TLS' }: CertificateChain,
): Expectation | undefined {
  if (least === undefined) return undefined
  const text = least.replace('TLSv', 'TLS ')
  // Node speaks nothing older than TLS 1.2, and the names sort like the versions.
  return { name: 'protocol', met: protocol >= text, found: protocol, wanted: `${text} or newer` }
}
