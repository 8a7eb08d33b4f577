import { getServers } from 'node:dns'
import { isIP } from 'node:net'
import { safeText } from '../lib/text.ts'
import type { CheckOutcome } from '../model/check.ts'
import { type CheckContext, defineCheck, down, unknown } from './check.ts'
import { hostPort } from './net/address.ts'
import { askNameServer, type NameServer } from './net/dns-exchange.ts'
import { type DnsSettings, judgeDns } from './net/dns-judge.ts'
import { NameError, questionName, RCODE, RECORD_TYPES, type RecordType } from './net/dns-message.ts'
import { parseEndpoint, targetEndpoint, targetError, targetMatcher, targetParts } from './net/endpoint.ts'
import { hostsPath, readHosts } from './net/hosts-file.ts'
import { PeerError } from './net/peer-error.ts'
import { isLocalhost, resolve } from './net/resolve.ts'

const DNS_PORT = 53
/** The C library asks no more of those in resolv.conf(5) either (MAXNS). */
const MOST_SERVERS = 3
const EXPECTED = `dns://NAME, dns://NAME@SERVER or dns://NAME@SERVER:PORT, perhaps with ?type=${RECORD_TYPES.join('|')}`

/** Asks a name server, or the servers that this host asks, for the records of a name. */
export const dns = defineCheck({
  type: 'dns',
  help: 'asks for the records of a name, of the system’s name servers or of one of its own',
  uses: 'network',
  schema: (fields) =>
    fields.object({
      query: fields.host().describe('the name that is asked for; an address for its name'),
      record: fields
        .oneOf(...(RECORD_TYPES as readonly [RecordType, ...RecordType[]]))
        .optional()
        .describe('which records; A unless said, PTR for an address'),
      resolver: fields
        .host()
        .refine((text) => parseEndpoint(text, DNS_PORT) !== undefined, 'expected a host, or a host and a port')
        .optional()
        .describe('the name server that is asked, perhaps with its port; those of this host unless said'),
      transport: fields.oneOf('udp', 'tcp').optional().describe('how; udp unless said'),
      expect: fields.oneOrMore(fields.matcher()).optional().describe('what has to be among the answers, each of them'),
      nxdomain: fields.boolean().optional().describe('the name must not exist'),
      latency: fields.duration().optional().describe('slower is degraded'),
    }),
  target: ({ query, record, resolver }) => {
    const words = [
      query,
      ...(record === undefined ? [] : [record]),
      ...(resolver === undefined ? [] : [`@${resolver}`]),
    ]
    return safeText(words.join(' '), 300)
  },
  schemes: ['dns'],
  parseTarget: (target, expect) => {
    const parts = targetParts(target, EXPECTED, ['type'])
    const at = parts.authority.lastIndexOf('@')
    const query = at < 0 ? parts.authority : parts.authority.slice(0, at)
    const resolver = at < 0 ? undefined : parts.authority.slice(at + 1)
    const record = parts.options.get('type')?.toUpperCase()
    const known = RECORD_TYPES.find((type) => type === record)
    if (query === '' || (record !== undefined && known === undefined)) throw targetError(EXPECTED, target)
    if (resolver !== undefined) targetEndpoint({ ...parts, authority: resolver }, EXPECTED, DNS_PORT)
    return {
      query,
      ...(known !== undefined && { record: known }),
      ...(resolver !== undefined && { resolver }),
      ...(expect !== undefined && { expect: [targetMatcher(expect)] }),
    }
  },
  peer: ({ resolver }) => resolver ?? 'the name servers of this host',
  run: async (settings, context) => {
    const type = settings.record ?? (isIP(settings.query) === 0 ? 'A' : 'PTR')
    if (settings.resolver === undefined) return askSystem(settings, type, context)
    const endpoint = parseEndpoint(settings.resolver, DNS_PORT)
    if (endpoint === undefined) return unknown('resolver', `${safeText(settings.resolver, 100)} is no name server`)
    const addresses = await resolve(endpoint.host, undefined, context.signal)
    const servers = addresses.map(({ address }) => ({ address, port: endpoint.port }))
    return askInTurn(servers, settings, type, context)
  },
})

/** As a program of this host would: what its hosts file says, else the first of its name servers that can tell. */
async function askSystem(settings: DnsSettings, type: RecordType, context: CheckContext): Promise<CheckOutcome> {
  const family = type === 'A' ? 4 : type === 'AAAA' ? 6 : undefined
  const listed = readHosts(hostsPath()).has(settings.query.toLowerCase().replace(/\.$/, ''))
  if (family !== undefined && (listed || isLocalhost(settings.query))) {
    const begun = context.now().monoMs
    const addresses = await resolve(settings.query, family, context.signal)
    const answers = addresses.map(({ address }) => address)
    const from = listed ? 'hosts file' : 'this host'
    const latencyS = (context.now().monoMs - begun) / 1000
    return judgeDns(settings, type, { rcode: RCODE.noError, truncated: false, answers }, { from, latencyS })
  }
  const servers = getServers()
    .slice(0, MOST_SERVERS)
    .flatMap((text) => parseEndpoint(text, DNS_PORT) ?? [])
    .map(({ host, port }) => ({ address: host, port }))
  if (servers.length === 0) return unknown('resolver', 'this host has no name server')
  return askInTurn(servers, settings, type, context)
}

/** Each server has its part of what is left of the time; one that gives no answer makes room for the next. */
async function askInTurn(
  [first, ...others]: readonly NameServer[],
  settings: DnsSettings,
  type: RecordType,
  context: CheckContext,
): Promise<CheckOutcome> {
  const waitMs = (context.deadlineMono - context.now().monoMs) / (others.length + 1)
  const isLast = () => others.length === 0 || context.signal.aborted
  try {
    const outcome = await ask(first as NameServer, settings, type, waitMs, context)
    if (isLast() || !NO_ANSWER.has(outcome.reason ?? '')) return outcome
  } catch (error) {
    // An error of the system, such as a port where nobody listens, is no answer either.
    if (isLast()) throw error
  }
  return askInTurn(others, settings, type, context)
}

/** Reasons that say something of a server and nothing of the name. */
const NO_ANSWER = new Set(['timeout', 'closed', 'denied', 'servfail', 'garbage'])

async function ask(
  server: NameServer,
  settings: DnsSettings,
  type: RecordType,
  waitMs: number,
  { signal, now }: CheckContext,
): Promise<CheckOutcome> {
  const from = serverText(server)
  const begun = now().monoMs
  try {
    const question = { name: questionName(settings.query, type), type, transport: settings.transport ?? 'udp' }
    const answer = await askNameServer(server, question, waitMs, signal)
    return judgeDns(settings, type, answer, { from, latencyS: (now().monoMs - begun) / 1000 })
  } catch (error) {
    if (error instanceof NameError) return unknown('name', safeText(error.message, 400))
    if (error instanceof PeerError) return down(error.reason, error.message)
    if (signal.aborted) return down('timeout', `no answer from ${from}`)
    throw error
  }
}

function serverText({ address, port }: NameServer): string {
  return port === DNS_PORT ? address : hostPort(address, port)
}
