import { type Matcher, matcherText } from '../lib/matcher.ts'
import type { CheckOutcome } from '../model/check.ts'
import { type CheckContext, defineCheck, down } from './check.ts'
import { hostPort } from './net/address.ts'
import { exchangeDatagram } from './net/datagram.ts'
import { familyOf, targetEndpoint, targetMatcher, targetParts } from './net/endpoint.ts'
import { expectAnswer, firstLine, inTime, quoted } from './net/expected.ts'
import { type Address, resolve } from './net/resolve.ts'

const EXPECTED = 'udp://host:port'

interface UdpSettings {
  readonly port: number
  readonly send: string
  readonly expect?: Matcher | undefined
  readonly latency?: number | undefined
}

/** Sends a datagram and waits for an answer. Datagrams get lost, so a second one is sent after a third of the time. */
export const udp = defineCheck({
  type: 'udp',
  help: 'sends a datagram and expects an answer',
  uses: 'network',
  schema: (fields) =>
    fields.object({
      host: fields.host().describe('where it is sent'),
      port: fields.port().describe('the port there'),
      family: fields.oneOf('ipv4', 'ipv6').optional().describe('the kind of address; any unless said'),
      send: fields.anyText().describe('what is sent'),
      expect: fields.matcher().optional().describe('what has to be in the answer; any answer will do unless said'),
      latency: fields.duration().optional().describe('slower is degraded'),
    }),
  target: ({ host, port }) => hostPort(host, port),
  schemes: ['udp'],
  parseTarget: (target, expect) => ({
    ...targetEndpoint(targetParts(target, EXPECTED), EXPECTED),
    send: '',
    ...(expect !== undefined && { expect: targetMatcher(expect) }),
  }),
  peer: ({ host, port }) => hostPort(host, port),
  run: async (settings, context) => {
    const addresses = await resolve(settings.host, familyOf(settings.family).family, context.signal)
    return askFirst(addresses, settings, context)
  },
})

/** The first address on which something listens. */
async function askFirst(
  [first, ...others]: readonly Address[],
  settings: UdpSettings,
  context: CheckContext,
): Promise<CheckOutcome> {
  const { address } = first as Address
  try {
    return await ask(address, settings, context)
  } catch (error) {
    if (context.signal.aborted) return down('timeout', `no answer from ${hostPort(address, settings.port)}`)
    if (others.length === 0 || (error as NodeJS.ErrnoException).code === undefined) throw error
    // The first one is what the name means before all; where nothing better comes, its error tells most.
    return askFirst(others, settings, context).catch(() => {
      throw error
    })
  }
}

async function ask(
  address: string,
  { port, send, expect, latency }: UdpSettings,
  { signal, now, deadlineMono }: CheckContext,
): Promise<CheckOutcome> {
  const payload = Buffer.from(send, 'utf8')
  const begun = now().monoMs
  const resendMs = (deadlineMono - begun) / 3
  const bytes = await exchangeDatagram({ address, port, payload, resendMs }, () => true, signal)
  const latencyS = (now().monoMs - begun) / 1000
  const answer = bytes.toString('utf8')
  const facts = [
    { name: 'answer', value: firstLine(answer) },
    { name: 'size', value: `${bytes.length} B` },
    { name: 'from', value: hostPort(address, port) },
  ].filter(({ value }) => value !== '')
  if (expect === undefined) return inTime(latencyS, latency, { facts })
  const expectation = expectAnswer(expect, answer)
  const rest = { facts, expectations: [expectation] }
  if (expectation.met) return inTime(latencyS, latency, rest)
  return down('answer', `expected ${matcherText(expect)}, got ${quoted(answer)}`, { ...rest, latencyS })
}
