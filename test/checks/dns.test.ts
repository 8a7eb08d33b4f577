import { getServers } from 'node:dns'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { TargetError } from '../../src/checks/check.ts'
import { dns } from '../../src/checks/dns.ts'
import { encodeQuestion } from '../../src/checks/net/dns-message.ts'
import { complaints, context, settingsOf } from './asking.ts'
import { hasDnsmasq, startDnsmasq } from './servers/dnsmasq.ts'
import {
  drip,
  freeUdpPort,
  type Loopback,
  leavingNothing,
  resetAfter,
  tcpServer,
  udpServer,
} from './servers/loopback.ts'

const ESC = '\u001b'

function ask(written: Record<string, unknown>, timeoutMs = 20_000) {
  const settings = settingsOf(dns, { query: 'shop.example', ...written })
  return leavingNothing(() => dns.run(settings, context({ timeoutMs })))
}

const at = ({ port }: { readonly port: number }) => `127.0.0.1:${port}`

describe.skipIf(!hasDnsmasq())('dnsmasq', () => {
  let server: Loopback
  const name = Array.from('ns1.shop.example'.split('.'), (label) => [label.length, ...Buffer.from(label)]).flat()
  const hex = (bytes: readonly number[]) => Buffer.from(bytes).toString('hex')

  beforeAll(async () => {
    server = await startDnsmasq([
      '--host-record=shop.example,192.0.2.7,2001:db8::7',
      '--host-record=shop.example,192.0.2.30',
      '--local=/example/',
      '--cname=www.shop.example,shop.example',
      '--mx-host=shop.example,mail.shop.example,10',
      '--mx-host=shop.example,backup.shop.example,20',
      '--srv-host=_http._tcp.shop.example,shop.example,8080,1,2',
      '--txt-record=shop.example,v=spf1 -all,second',
      `--txt-record=evil.example,${ESC}[31mred`,
      '--ptr-record=7.2.0.192.in-addr.arpa,shop.example',
      '--caa-record=shop.example,0,issue,ca.example',
      `--dns-rr=shop.example,2,${hex([...name, 0])}`,
      `--dns-rr=shop.example,6,${hex([...name, 0, ...name, 0, 0, 0, 0, 7, 0, 0, 0, 60, 0, 0, 0, 61, 0, 0, 0, 62, 0, 0, 1, 0])}`,
      ...Array.from({ length: 100 }, (_, index) => `--host-record=many.example,192.0.2.${index + 1}`),
    ])
  })
  afterAll(() => server[Symbol.asyncDispose]())

  test.each([
    ['A', 'shop.example', '192.0.2.7, 192.0.2.30'],
    ['AAAA', 'shop.example', '2001:db8::7'],
    ['CNAME', 'www.shop.example', 'shop.example'],
    ['MX', 'shop.example', '10 mail.shop.example, 20 backup.shop.example'],
    ['SRV', '_http._tcp.shop.example', '1 2 8080 shop.example'],
    ['TXT', 'shop.example', 'v=spf1 -allsecond'],
    ['PTR', '192.0.2.7', 'shop.example'],
    ['CAA', 'shop.example', '0 issue "ca.example"'],
    ['NS', 'shop.example', 'ns1.shop.example'],
    ['SOA', 'shop.example', 'ns1.shop.example ns1.shop.example 7 60 61 62 256'],
  ])('%s of %s', async (record, name, answer) => {
    for (const transport of ['udp', 'tcp']) {
      const outcome = await ask({ query: name, record, transport, resolver: at(server) })
      expect(outcome).toMatchObject({
        state: 'up',
        facts: [
          { name: 'answer', value: answer },
          { name: 'from', value: at(server) },
        ],
      })
      expect(outcome.latencyS).toBeGreaterThan(0)
    }
  })

  test('an alias is followed and told', async () => {
    const { facts } = await ask({ query: 'WWW.shop.example.', resolver: at(server) })
    expect(facts).toContainEqual({ name: 'alias of', value: 'shop.example' })
    expect(facts?.[0]?.value).toBe('192.0.2.7, 192.0.2.30')
  })

  test('answers that do not fit into a datagram are fetched over TCP', async () => {
    const { facts } = await ask({ query: 'many.example', resolver: at(server) })
    expect(facts?.[0]?.value).toMatch(/^192\.0\.2\.1, 192\.0\.2\.2, .* and 90 more$/)
  })

  test.each([
    ['192.0.2.7', 'A', true],
    [['192.0.2.7', '192.0.2.30'], 'A', true],
    ['/^192\\.0\\.2\\./', 'A', true],
    ['192.0.2.3', 'A', false],
    [['192.0.2.7', '192.0.2.8'], 'A', false],
    ['2001:DB8:0:0:0:0:0:7', 'AAAA', true],
    ['MAIL.shop.example.', 'MX', true],
    ['10 mail.shop.example', 'MX', true],
    ['shop.example', 'MX', false],
    ['v=spf1', 'TXT', true],
  ])('%s is among the answers for %s: %s', async (wanted, record, met) => {
    const { state, reason } = await ask({ record, expect: wanted, resolver: at(server) })
    expect({ state, reason }).toEqual(met ? { state: 'up', reason: undefined } : { state: 'down', reason: 'answer' })
  })

  test('a wrong answer says what was expected and what came', async () => {
    expect(await ask({ expect: ['192.0.2.7', '192.0.2.9', '/^10/'], resolver: at(server) })).toMatchObject({
      error: 'expected 192.0.2.9, /^10/, got 192.0.2.7, 192.0.2.30',
      expectations: [{ met: true, found: '192.0.2.7' }, { met: false }, { met: false }],
    })
  })

  test('a name that does not exist is down, or what was wanted', async () => {
    const written = { query: 'none.shop.example', resolver: at(server) }
    expect(await ask(written)).toMatchObject({
      state: 'down',
      reason: 'nxdomain',
      error: `none.shop.example does not exist (NXDOMAIN), says ${at(server)}`,
    })
    expect((await ask({ ...written, nxdomain: true })).state).toBe('up')
    expect(await ask({ nxdomain: true, resolver: at(server) })).toMatchObject({
      state: 'down',
      reason: 'answer',
      error: 'expected that shop.example does not exist, got 192.0.2.7, 192.0.2.30',
    })
  })

  test('a name without such a record is down', async () => {
    expect(await ask({ query: 'mail.shop.example', record: 'A', resolver: at(server), nxdomain: false })).toMatchObject(
      {
        state: 'down',
        error: `mail.shop.example does not exist (NXDOMAIN), says ${at(server)}`,
      },
    )
    expect(await ask({ query: 'www.shop.example', record: 'SRV', resolver: at(server) })).toMatchObject({
      reason: 'nodata',
      error: `www.shop.example has no SRV record, says ${at(server)}`,
    })
  })

  test('a server that asks nobody refuses what it does not know', async () => {
    expect(await ask({ query: 'elsewhere.test', resolver: at(server) })).toMatchObject({
      state: 'down',
      reason: 'denied',
      error: `${at(server)} refused to answer (REFUSED)`,
    })
  })

  test('a record with escape sequences comes out clean', async () => {
    const { facts } = await ask({ query: 'evil.example', record: 'TXT', resolver: at(server) })
    expect(facts?.[0]).toEqual({ name: 'answer', value: '[31mred' })
  })

  test('a resolver by name is tried on all its addresses', async () => {
    expect((await ask({ resolver: `localhost:${server.port}` })).state).toBe('up')
  })

  test('slower than wanted is degraded', async () => {
    expect(await ask({ resolver: at(server), latency: '0.0001ms' })).toMatchObject({
      state: 'degraded',
      reason: 'slow',
    })
  })
})

describe('servers that do not do their part', () => {
  /** The header of a question, made an answer: with these flags, and what follows. */
  const answer = (question: Buffer, flags: number, counts: readonly number[], rest = Buffer.alloc(0)) => {
    const bytes = Buffer.from(question)
    bytes.writeUInt16BE(flags, 2)
    counts.forEach((count, index) => {
      bytes.writeUInt16BE(count, 6 + 2 * index)
    })
    return Buffer.concat([bytes, rest])
  }
  /** An address as an answer to the only question, whose name a pointer repeats. */
  const address = Buffer.from([0xc0, 12, 0, 1, 0, 1, 0, 0, 0, 60, 0, 4, 192, 0, 2, 1])

  test('nobody listens', async () => {
    const port = await freeUdpPort()
    await expect(ask({ resolver: at({ port }) })).rejects.toMatchObject({ code: 'ECONNREFUSED', port })
  })

  test('one that never answers is asked twice, and told when the time is over', async () => {
    let heard = 0
    await using server = await udpServer(() => {
      heard++
      return []
    })
    expect(await ask({ resolver: at(server) }, 300)).toMatchObject({
      state: 'down',
      reason: 'timeout',
      error: `no answer from ${at(server)}`,
    })
    expect(heard).toBe(2)
  })

  test.each<[string, (question: Buffer) => Buffer]>([
    ['random bytes', () => Buffer.from('f1e2d3c4b5a697887766554433221100', 'hex')],
    ['a text', () => Buffer.from(`${ESC}[2J HTTP/1.1 400 Bad Request\r\n\r\n`)],
    ['nothing', () => Buffer.alloc(0)],
    [
      'another id',
      (question) => answer(Buffer.concat([Buffer.from([1, 2]), question.subarray(2)]), 0x8180, [1], address),
    ],
    ['another name', (question) => answer(encodeQuestion(question.readUInt16BE(0), 'other.example', 'A'), 0x8180, [0])],
    ['the question', (question) => question],
    ['a record that is cut off', (question) => answer(question, 0x8180, [1], address.subarray(0, 14))],
    ['a name that points at itself', (question) => answer(question, 0x8180, [1], Buffer.from([0xc0, 30, 0, 1, 0, 1]))],
    ['more records than there are', (question) => answer(question, 0x8180, [65_535, 65_535, 65_535], address)],
  ])('garbage: %s', async (_, garbage) => {
    await using server = await udpServer((question) => [garbage(question)])
    const outcome = await ask({ resolver: at(server) }, 300)
    expect(outcome).toMatchObject({ state: 'down', reason: 'garbage' })
    expect(outcome.error).toMatch(/^127\.0\.0\.1:\d+ answers (what is no DNS message|another question)$/)
  })

  test('the true answer counts, whatever comes before it', async () => {
    await using server = await udpServer((question) => [
      Buffer.from('junk'),
      answer(encodeQuestion(question.readUInt16BE(0) ^ 1, 'shop.example', 'A'), 0x8183, []),
      answer(question, 0x8180, [1], address),
    ])
    const { state, facts } = await ask({ resolver: at(server) })
    expect({ state, value: facts?.[0]?.value }).toEqual({ state: 'up', value: '192.0.2.1' })
  })

  test.each([
    [2, 'servfail', 'failed to find an answer (SERVFAIL)'],
    [4, 'rcode', 'does not know this kind of question (NOTIMP)'],
    [1, 'rcode', 'cannot read the question (FORMERR)'],
    [9, 'rcode', 'answered with the error 9'],
  ])('response code %i', async (rcode, reason, words) => {
    await using server = await udpServer((question) => [answer(question, 0x8180 | rcode, [0])])
    expect(await ask({ resolver: at(server) })).toMatchObject({
      state: 'down',
      reason,
      error: `${at(server)} ${words}`,
    })
  })

  test('an answer that is cut off, from a server without TCP, is refused there', async () => {
    await using server = await udpServer((question) => [answer(question, 0x8380, [0])])
    await expect(ask({ resolver: at(server) })).rejects.toMatchObject({ code: 'ECONNREFUSED' })
  })

  test.each<[string, Parameters<typeof tcpServer>[0], string, string]>([
    ['hang', () => {}, 'timeout', 'no answer from ADDRESS'],
    [
      'a slow drip',
      (socket) => drip(socket, `\u0000\u00ff${'x'.repeat(255)}`, 20),
      'timeout',
      'no answer from ADDRESS',
    ],
    ['an end', (socket) => socket.end('\u0000'), 'closed', 'ADDRESS closed the connection without a whole answer'],
    [
      'garbage',
      (socket) => socket.end(Buffer.from([0, 3, 1, 2, 3])),
      'garbage',
      'ADDRESS answers what is no DNS message',
    ],
    [
      'a huge answer',
      (socket) => socket.end(Buffer.concat([Buffer.from([255, 255]), Buffer.alloc(400_000)])),
      'garbage',
      'ADDRESS answers another question',
    ],
  ])('over TCP: %s', async (_, onConnection, reason, error) => {
    await using server = await tcpServer(onConnection)
    const outcome = await ask({ resolver: at(server), transport: 'tcp' }, reason === 'timeout' ? 300 : 20_000)
    expect(outcome).toMatchObject({ state: 'down', reason, error: error.replace('ADDRESS', at(server)) })
  })

  test('over TCP: a reset in the middle', async () => {
    await using server = await tcpServer((socket) => resetAfter(socket, '\u0000'))
    const outcome = await ask({ resolver: at(server), transport: 'tcp' }).catch((error: unknown) => error)
    // Some kernels (gVisor) make an end of a reset behind data.
    expect(outcome).toMatchObject(
      outcome instanceof Error ? { code: 'ECONNRESET' } : { state: 'down', reason: 'closed' },
    )
  })
})

describe('the system', () => {
  test('localhost is known without any server', async () => {
    const outcome = await ask({ query: 'localhost', expect: '127.0.0.1' })
    expect(outcome.state).toBe('up')
    expect(outcome.facts?.[0]).toEqual({ name: 'answer', value: '127.0.0.1' })
    expect(outcome.facts?.[1]?.value).toMatch(/^(hosts file|this host)$/)
    expect((await ask({ query: 'localhost', expect: '127.0.0.2' })).error).toBe('expected 127.0.0.2, got 127.0.0.1')
  })

  test.runIf(getServers().length > 0)('a name that nobody may ask for says so', async () => {
    expect(await ask({ query: `${'x'.repeat(64)}.example` })).toMatchObject({
      state: 'unknown',
      reason: 'name',
      error: `"${'x'.repeat(64)}.example" is no name for DNS: a part is longer than 63 characters`,
    })
  })
})

test('targets of the command line', () => {
  expect(dns.parseTarget('dns://localhost', undefined)).toEqual({ query: 'localhost' })
  expect(dns.parseTarget('dns://shop.example@127.0.0.1:5353?type=mx', '/mail/')).toEqual({
    query: 'shop.example',
    resolver: '127.0.0.1:5353',
    record: 'MX',
    expect: [{ source: 'mail', flags: '' }],
  })
  expect(dns.parseTarget('dns://shop.example@[::1]', undefined)).toEqual({ query: 'shop.example', resolver: '[::1]' })
  for (const target of ['dns://', 'dns://@1.1.1.1', 'dns://a@', 'dns://a?type=X', 'dns://a?kind=MX', 'dns://a@b:0'])
    expect(() => dns.parseTarget(target, undefined), target).toThrow(TargetError)
})

test('how it reads', () => {
  expect(dns.target(settingsOf(dns, { query: 'shop.example' }))).toBe('shop.example')
  expect(dns.target(settingsOf(dns, { query: 'a.example', record: 'MX', resolver: '::1' }))).toBe('a.example MX @::1')
})

test('what is written wrong is told', () => {
  expect(complaints(dns, { query: 'a', record: 'AX', resolver: '1.1.1.1:0', expect: [] })).toEqual([
    'record: expected one of A, NS, CNAME, SOA, PTR, MX, TXT, AAAA, SRV, CAA, got "AX"',
    'resolver: expected a host, or a host and a port',
    expect.stringMatching(/^expect: /),
  ])
})
