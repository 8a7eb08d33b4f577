import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { TargetError } from '../../src/checks/check.ts'
import { tcp } from '../../src/checks/tcp.ts'
import { complaints, context, settingsOf } from './asking.ts'
import { type Certificates, daysFromNow, hasOpenssl, makeCertificates } from './servers/certificates.ts'
import { drip, freeTcpPort, leavingNothing, resetAfter, tcpServer, tlsServer } from './servers/loopback.ts'
import { hasSshd, startSshd } from './servers/sshd.ts'

const ESC = '\u001b'

function ask(written: Record<string, unknown>, timeoutMs = 20_000) {
  const settings = settingsOf(tcp, { host: '127.0.0.1', ...written })
  return leavingNothing(() => tcp.run(settings, context({ timeoutMs })))
}

const at = ({ port }: { readonly port: number }) => `127.0.0.1:${port}`

test.skipIf(!hasSshd())('sshd greets', async () => {
  await using server = await startSshd()
  const outcome = await ask({ port: server.port, expect: '/^SSH-2\\.0-\\S+/' })
  expect(outcome).toMatchObject({
    state: 'up',
    expectations: [{ name: 'answer', met: true, wanted: 'matches /^SSH-2\\.0-\\S+/' }],
  })
  expect(outcome.facts?.[0]?.value).toMatch(/^SSH-2\.0-OpenSSH/)
  expect(await ask({ port: server.port, expect: '/^220 /' }, 500)).toMatchObject({
    state: 'down',
    reason: 'answer',
    error: expect.stringMatching(/^expected \/\^220 \/, got "SSH-2\.0-OpenSSH/),
  })
})

describe('without anything expected', () => {
  test('a connection that stands is up, however silent', async () => {
    await using server = await tcpServer(() => {})
    const outcome = await ask({ port: server.port })
    expect(outcome).toMatchObject({ state: 'up', facts: [{ name: 'from', value: at(server) }], expectations: [] })
    expect(Object.keys(outcome.phases ?? {})).toEqual(['connect'])
    expect(outcome.latencyS).toBe(outcome.phases?.connect)
  })

  test('a greeting is told, its first line, clean', async () => {
    await using server = await tcpServer((socket) => socket.write(`\r\n220 ${ESC}[31mmail\u202e ready\r\nmore\r\n`))
    expect((await ask({ port: server.port })).facts?.[0]).toEqual({ name: 'answer', value: '220 [31mmail ready' })
  })

  test('who hangs up without a word is told', async () => {
    await using server = await tcpServer((socket) => socket.end())
    const { state, facts } = await ask({ port: server.port })
    expect({ state, value: facts?.[0]?.value }).toEqual({ state: 'up', value: 'nothing, closed at once' })
  })

  test('a reset is down', async () => {
    await using server = await tcpServer((socket) => socket.resetAndDestroy())
    const outcome = await ask({ port: server.port }).catch((error: unknown) => error)
    // The kernel may tell of it before the connection counts as standing.
    expect(outcome).toMatchObject(
      outcome instanceof Error
        ? { code: 'ECONNRESET' }
        : { state: 'down', reason: 'reset', error: `connection reset by ${at(server)}` },
    )
  })
})

test('what is sent arrives as it was written, and is answered', async () => {
  await using server = await tcpServer((socket) => {
    socket.on('data', (bytes) => socket.write(bytes.toString() === 'PING\r\n' ? '+PONG\r\n' : '-ERR\r\n'))
  })
  const outcome = await ask({ port: server.port, send: 'PING\r\n', expect: '+PONG' })
  expect(outcome).toMatchObject({ state: 'up', expectations: [{ found: '+PONG', wanted: 'holds "+PONG"' }] })
  expect(Object.keys(outcome.phases ?? {})).toEqual(['connect', 'first_byte'])
})

test('a name is looked up', async () => {
  await using server = await tcpServer(() => {})
  expect(await ask({ host: 'localhost', port: server.port, family: 'ipv4' })).toMatchObject({
    state: 'up',
    facts: [{ name: 'from', value: at(server) }],
  })
})

test('slower than wanted is degraded', async () => {
  await using server = await tcpServer(() => {})
  expect(await ask({ port: server.port, latency: '0.0001ms' })).toMatchObject({
    state: 'degraded',
    reason: 'slow',
    expectations: [{ name: 'latency', met: false }],
  })
})

test('nobody listens', async () => {
  const port = await freeTcpPort()
  await expect(ask({ port })).rejects.toMatchObject({ code: 'ECONNREFUSED', address: '127.0.0.1', port })
})

describe('an answer that does not come', () => {
  test.each<[string, Parameters<typeof tcpServer>[0], number, string, string]>([
    ['a hang', () => {}, 300, 'timeout', 'connected, but ADDRESS said nothing'],
    [
      'another answer',
      (socket) => socket.end('HTTP/1.1 400 Bad Request\r\n\r\n'),
      20_000,
      'answer',
      'expected /^SSH-/, got "HTTP/1.1 400 Bad Request"',
    ],
    ['a slow drip', (socket) => drip(socket, 'x'.repeat(1000), 10), 300, 'answer', 'expected /^SSH-/, got "xx'],
    [
      'an end',
      (socket) => socket.end(),
      20_000,
      'closed',
      'connected, but ADDRESS closed the connection without a word',
    ],
    [
      'a huge answer',
      (socket) => socket.write(Buffer.alloc(8_000_000, 'y')),
      20_000,
      'answer',
      'expected /^SSH-/, got "yyy',
    ],
    [
      'garbage',
      (socket) => socket.end(Buffer.from('00ff1b5b327e1b5d9c80fe0a', 'hex')),
      20_000,
      'answer',
      'expected /^SSH-/, got "�[',
    ],
  ])('%s', async (_, onConnection, timeoutMs, reason, error) => {
    await using server = await tcpServer(onConnection)
    const outcome = await ask({ port: server.port, expect: '/^SSH-/' }, timeoutMs)
    expect(outcome).toMatchObject({ state: 'down', reason })
    expect(outcome.error?.slice(0, error.length + 30).replace(at(server), 'ADDRESS')).toContain(error)
    expect(outcome.error).not.toMatch(/\p{Cc}/u)
    expect(outcome.error?.length).toBeLessThan(300)
  })

  test('a reset in the middle', async () => {
    await using server = await tcpServer((socket) => resetAfter(socket, 'SS'))
    const { state, error } = await ask({ port: server.port, send: 'hello', expect: '/^SSH-/' })
    expect(state).toBe('down')
    // What came just before a reset may go down with it, and some kernels (gVisor) make an end of a reset behind data.
    const known = [
      `connection reset by ${at(server)}`,
      ...['', ' and a reset'].map((end) => `expected /^SSH-/, got "SS"${end}`),
    ]
    expect(known).toContain(error)
  })

  test('a huge answer says how much was read', async () => {
    await using server = await tcpServer((socket) => socket.write(Buffer.alloc(200_000, 'y')))
    expect((await ask({ port: server.port, expect: 'x' })).error).toMatch(/ and more, 64 KiB without it$/)
  })

  test('what is found behind much else counts', async () => {
    await using server = await tcpServer((socket) => socket.write(`${'y'.repeat(60_000)}ready`))
    expect((await ask({ port: server.port, expect: 'ready' })).state).toBe('up')
  })

  test('a pattern that takes for ever is given up', async () => {
    await using server = await tcpServer((socket) => socket.write('a'.repeat(50)))
    await expect(ask({ port: server.port, expect: '/^(a+)+$b/' })).rejects.toMatchObject({ name: 'MatchTimeout' })
  })
})

describe.skipIf(!hasOpenssl())('over TLS', () => {
  let certificates: Certificates
  beforeAll(() => {
    certificates = makeCertificates()
  })
  afterAll(() => certificates[Symbol.dispose]())

  const pair = ({ certificate: cert, key } = certificates.server) => ({ cert, key })

  test('a trusted server that answers is up, with its certificate and phases', async () => {
    await using server = await tlsServer(pair(), (socket) => socket.write('* OK ready\r\n'))
    const outcome = await ask({
      host: 'localhost',
      family: 'ipv4',
      port: server.port,
      tls: true,
      ca: certificates.authority.certificatePath,
      expect: '/^\\* OK/',
    })
    expect(outcome).toMatchObject({ state: 'up', certificate: { trusted: true } })
    expect(outcome.expectations?.map(({ name, met }) => `${name} ${met}`)).toEqual([
      'answer true',
      'certificate true',
      'chain true',
      'name true',
    ])
    expect(Object.keys(outcome.phases ?? {})).toEqual(['dns', 'connect', 'tls', 'first_byte'])
  })

  test('one that is not trusted is down, unless nobody asks', async () => {
    await using server = await tlsServer(pair(), () => {})
    expect(await ask({ port: server.port, tls: true })).toMatchObject({ state: 'down', reason: 'certificate' })
    expect((await ask({ port: server.port, tls: true, insecure: true })).state).toBe('up')
  })

  test('one near its end is degraded', async () => {
    const short = certificates.make({ issuer: certificates.authority, until: daysFromNow(9.5) })
    await using server = await tlsServer(pair(short), () => {})
    const ca = certificates.authority.certificatePath
    expect(await ask({ port: server.port, tls: true, serverName: 'localhost', ca })).toMatchObject({
      state: 'degraded',
      reason: 'certificate',
      error: 'certificate for localhost ends in 9 days',
    })
  })

  test('a server that does not answer the handshake', async () => {
    await using server = await tcpServer(() => {})
    expect(await ask({ port: server.port, tls: true }, 300)).toMatchObject({
      state: 'down',
      reason: 'timeout',
      error: `connected, but ${at(server)} did not finish the TLS handshake`,
    })
  })

  test('an authority that is not there', async () => {
    await expect(ask({ port: 1, tls: true, ca: '/nowhere/ca.pem' })).rejects.toThrow('/nowhere/ca.pem is not there')
  })
})

test('targets of the command line', () => {
  expect(tcp.parseTarget('tcp://[::1]:80', undefined)).toEqual({ host: '::1', port: 80 })
  expect(tcp.parseTarget('tcp://localhost:22', '/^SSH-/')).toEqual({
    host: 'localhost',
    port: 22,
    expect: { source: '^SSH-', flags: '' },
  })
  for (const target of [
    'tcp://localhost',
    'tcp://localhost:70000',
    'tcp://[::1',
    'tcp://[x]:1',
    'tcp://a:1/b',
    'tcp://',
  ])
    expect(() => tcp.parseTarget(target, undefined), target).toThrow(TargetError)
})

test('how it reads', () => {
  expect(tcp.target(settingsOf(tcp, { host: '::1', port: 80 }))).toBe('[::1]:80')
})

test('what is written wrong is told', () => {
  expect(complaints(tcp, { host: 'a', port: 1, expect: '/(/', latency: 'soon', family: 'ipv5' })).toEqual([
    'family: expected one of ipv4, ipv6, got "ipv5"',
    expect.stringMatching(/^expect: expected a text or a \/pattern\/, got "\/\(\/"/),
    'latency: expected a duration such as 500ms, 3s or 1m, got "soon"',
  ])
})
