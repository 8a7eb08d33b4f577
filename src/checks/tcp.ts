import type { Socket } from 'node:net'
import type { TLSSocket } from 'node:tls'
import { findMatch, type Matcher, matcherText } from '../lib/matcher.ts'
import { safeText } from '../lib/text.ts'
import type { CheckOutcome, Phases } from '../model/check.ts'
import { type CheckContext, defineCheck, down } from './check.ts'
import { hostPort } from './net/address.ts'
import { withCertificate } from './net/certificate-judge.ts'
import { type Heard, hear } from './net/conversation.ts'
import { type Connection, dial } from './net/dial.ts'
import { familyOf, targetEndpoint, targetMatcher, targetParts } from './net/endpoint.ts'
import { expectAnswer, firstLine, inTime, quoted } from './net/expected.ts'
import { PeerError, peerFailure } from './net/peer-error.ts'
import { loadSecureParts, type SecureParts } from './net/secure-parts.ts'
import { type TlsSettings, tlsFields, tlsOptions } from './net/tls-settings.ts'

const EXPECTED = 'tcp://host:port'

/** As much of an answer is read. */
const LONGEST = 64 * 1024
/** Who greets does so at once; a service that says nothing is not waited for longer. */
const GREETING_MS = 30

interface Settings extends TlsSettings {
  readonly host: string
  readonly port: number
  readonly family?: 'ipv4' | 'ipv6' | undefined
  readonly send?: string | undefined
  readonly expect?: Matcher | undefined
  readonly tls?: boolean | undefined
  readonly latency?: number | undefined
}

/** Connects; says something and listens for an answer where the settings say so. */
export const tcp = defineCheck({
  type: 'tcp',
  help: 'connects; may send a line and expect an answer, over TLS as well',
  uses: 'network',
  schema: (fields) =>
    fields.object({
      host: fields.host().describe('what is connected to'),
      port: fields.port().describe('the port there'),
      family: fields.oneOf('ipv4', 'ipv6').optional().describe('the kind of address; any unless said'),
      send: fields.anyText().optional().describe('what is sent first, as it stands: write line ends as "\\r\\n"'),
      expect: fields.matcher().optional().describe('what has to be in the answer, or in what the server says first'),
      latency: fields.duration().optional().describe('slower is degraded'),
      tls: fields.boolean().optional().describe('speaks TLS'),
      ...tlsFields(fields),
    }),
  target: ({ host, port }) => hostPort(host, port),
  schemes: ['tcp'],
  parseTarget: (target, expect) => ({
    ...targetEndpoint(targetParts(target, EXPECTED), EXPECTED),
    ...(expect !== undefined && { expect: targetMatcher(expect) }),
  }),
  peer: ({ host, port }) => hostPort(host, port),
  prepare: async (settings) => {
    if (settings.tls === true) (await loadSecureParts()).prepare(await tlsOptions(settings))
  },
  run: async (settings, context) => {
    try {
      const parts = settings.tls === true ? await loadSecureParts() : undefined
      const connection = await connect(settings, parts, context.signal)
      try {
        return await talk(settings, connection, parts, context)
      } finally {
        connection.socket.destroy()
      }
    } catch (error) {
      return peerFailure(error)
    }
  },
})

async function connect(settings: Settings, parts: SecureParts | undefined, signal: AbortSignal): Promise<Connection> {
  const { host, port, family } = settings
  const to = { host, port, ...familyOf(family) }
  return parts === undefined ? dial(to, signal) : parts.dialSecure(to, await tlsOptions(settings), undefined, signal)
}

async function talk(
  settings: Settings,
  connection: Connection,
  parts: SecureParts | undefined,
  context: CheckContext,
): Promise<CheckOutcome> {
  const { send, expect, latency } = settings
  const { socket, from } = connection
  const secure = parts?.judgeTls(socket as TLSSocket, settings, undefined, context.now().wallMs)
  const begun = context.now().monoMs
  if (send !== undefined) socket.write(send, 'utf8')
  const heard =
    expect === undefined
      ? await hearGreeting(socket, context.signal)
      : await hear(socket, (bytes) => (matches(expect, bytes) ? bytes.length : undefined), LONGEST, context.signal)
  const answer = heard.bytes.toString('utf8')
  const row = expect === undefined ? undefined : expectAnswer(expect, answer)
  // A greeting that nobody expected is no part of the latency: it may come or not.
  const waited = expect === undefined ? {} : { first_byte: (context.now().monoMs - begun) / 1000 }
  const phases = { ...connection.phases, ...waited }
  const rest = {
    phases,
    facts: [
      { name: 'answer', value: firstLine(answer) || (heard.ending === 'closed' ? 'nothing, closed at once' : '') },
      { name: 'from', value: from },
    ].filter(({ value }) => value !== ''),
    expectations: [...(row === undefined ? [] : [row]), ...(secure?.expectations ?? [])],
    ...(secure !== undefined && { certificate: secure.certificate }),
  }
  const failure = row?.met === true ? undefined : failureOf(expect, heard, answer, from)
  if (failure !== undefined) return down(failure.reason, failure.message, { ...rest, latencyS: total(phases) })
  const outcome = inTime(total(phases), latency, rest)
  return secure === undefined ? outcome : withCertificate(secure.verdict, outcome)
}

function total(phases: Phases): number {
  return Object.values(phases).reduce((sum, seconds) => sum + seconds, 0)
}

function matches(expect: Matcher, bytes: Buffer): boolean {
  return findMatch(expect, bytes.toString('utf8')) !== undefined
}

/** What a service says by itself, if it does so at once. */
async function hearGreeting(socket: Socket, signal: AbortSignal): Promise<Heard> {
  const turn = new AbortController()
  const stop = () => turn.abort()
  const timer = setTimeout(stop, GREETING_MS)
  signal.addEventListener('abort', stop)
  try {
    return await hear(socket, (bytes) => (bytes.length > 0 ? bytes.length : undefined), LONGEST, turn.signal)
  } finally {
    clearTimeout(timer)
    signal.removeEventListener('abort', stop)
  }
}

/** Why what was heard is not what was expected, or undefined where nothing was and the connection stands. */
function failureOf(expect: Matcher | undefined, heard: Heard, answer: string, from: string): PeerError | undefined {
  const { ending, bytes } = heard
  if (ending === 'broken' && bytes.length === 0) return new PeerError('reset', `connection reset by ${from}`)
  if (expect === undefined) return undefined
  if (bytes.length === 0) {
    return ending === 'closed'
      ? new PeerError('closed', `connected, but ${from} closed the connection without a word`)
      : new PeerError('timeout', `connected, but ${from} said nothing`)
  }
  const wanted = safeText(matcherText(expect), 200)
  const ends: Partial<Record<Heard['ending'], string>> = {
    broken: ' and a reset',
    limit: ` and more, ${LONGEST / 1024} KiB without it`,
  }
  const reason = ending === 'broken' ? 'reset' : 'answer'
  return new PeerError(reason, `expected ${wanted}, got ${quoted(answer)}${ends[ending] ?? ''}`)
}
