import type { Socket } from 'node:net'
import { TLSSocket } from 'node:tls'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { TargetError } from '../../src/checks/check.ts'
import { tls } from '../../src/checks/tls.ts'
import { complaints, context, settingsOf } from './asking.ts'
import { type Certificates, daysFromNow, hasOpenssl, makeCertificates, type Pair } from './servers/certificates.ts'
import { drip, freeTcpPort, leavingNothing, resetAfter, tcpServer, tlsServer } from './servers/loopback.ts'
import { hasNginxMail, startNginxMail } from './servers/nginx-mail.ts'
import { hasSmtpd, startSmtpd } from './servers/smtpd.ts'

const ESC = '\u001b'

function ask(written: Record<string, unknown>, timeoutMs = 20_000) {
  const settings = settingsOf(tls, { host: '127.0.0.1', ...written })
  return leavingNothing(() => tls.run(settings, context({ timeoutMs })))
}

const at = ({ port }: { readonly port: number }) => `127.0.0.1:${port}`

/** A server that says its lines in turn, each after it heard one, and then begins TLS. */
function speaks(lines: readonly string[], pair?: Pair) {
  return tcpServer((socket: Socket) => {
    const waiting = [...lines]
    socket.write(waiting.shift() ?? '')
    const answer = () => {
      socket.write(waiting.shift() ?? '')
      if (waiting.length > 0) return
      socket.removeListener('data', answer)
      if (pair === undefined) return
      const secured = new TLSSocket(socket, { isServer: true, cert: pair.certificate, key: pair.key })
      secured.on('error', () => {})
    }
    socket.on('data', answer)
  })
}

const SMTP = ['220 mail ESMTP\r\n', '250-mail\r\n250-SIZE 1000\r\n250 starttls\r\n', '220 2.0.0 go\r\n']
const IMAP = ['* OK [CAPABILITY IMAP4rev1 STARTTLS] ready\r\n', '* CAPABILITY IMAP4rev2\r\na1 OK begin\r\n']
const POP3 = ['+OK ready <1.2@mail>\r\n', '+OK begin\r\n']

describe.skipIf(!hasOpenssl())('with certificates', () => {
  let certificates: Certificates
  beforeAll(() => {
    certificates = makeCertificates()
  })
  afterAll(() => certificates[Symbol.dispose]())

  const served = ({ certificate: cert, key }: Pair) => ({ cert, key })
  const trusting = () => ({ ca: certificates.authority.certificatePath, serverName: 'localhost' })

  test('a chain that is trusted is up: what it is, how long it lasts, what it took', async () => {
    await using server = await tlsServer(served(certificates.server), () => {})
    const outcome = await ask({ ...trusting(), port: server.port })
    expect(outcome).toMatchObject({
      state: 'up',
      certificate: {
        trusted: true,
        protocol: 'TLS 1.3',
        certificates: [{ subject: 'localhost', issuer: 'Example Test Root' }, { root: true }],
      },
      expectations: [
        { name: 'certificate', met: true, found: '364 d left', wanted: '14 d or more' },
        { name: 'chain', met: true, found: 'trusted', wanted: 'trusted by this host' },
        { name: 'name', met: true, found: 'localhost', wanted: 'localhost' },
      ],
    })
    expect(Object.keys(outcome.phases ?? {})).toEqual(['connect', 'tls'])
    expect(outcome.facts?.map(({ name }) => name)).toEqual(['protocol', 'cipher', 'from'])
    expect(outcome.latencyS).toBeGreaterThan(0)
  })

  test('an authority of its own is not trusted by this host', async () => {
    await using server = await tlsServer(served(certificates.server), () => {})
    expect(await ask({ port: server.port })).toMatchObject({
      state: 'down',
      reason: 'certificate',
      error: expect.stringContaining('issuer Example Test Root not known'),
    })
  })

  test('a name that it is not for, and a chain that is trusted', async () => {
    await using server = await tlsServer(served(certificates.server), () => {})
    const outcome = await ask({ ...trusting(), serverName: 'shop.example', port: server.port })
    expect(outcome).toMatchObject({ state: 'down', error: expect.stringContaining('not for the name shop.example') })
    expect(outcome.expectations?.map(({ name, met }) => `${name} ${met}`)).toEqual([
      'certificate false',
      'chain true',
      'name false',
    ])
  })

  test('expired is down; near its end is degraded, by the limit that is set', async () => {
    const issuer = certificates.authority
    const old = certificates.make({ issuer, from: daysFromNow(-10), until: daysFromNow(-3) })
    const short = certificates.make({ issuer, until: daysFromNow(9.5) })
    await using expired = await tlsServer(served(old), () => {})
    await using ending = await tlsServer(served(short), () => {})
    expect(await ask({ ...trusting(), port: expired.port })).toMatchObject({
      state: 'down',
      reason: 'certificate',
      error: expect.stringContaining('expired on'),
    })
    expect((await ask({ ...trusting(), port: expired.port, insecure: true })).state).toBe('up')
    expect(await ask({ ...trusting(), port: ending.port })).toMatchObject({
      state: 'degraded',
      reason: 'certificate',
      error: 'certificate for localhost ends in 9 days',
    })
    expect((await ask({ ...trusting(), port: ending.port, expect: { certificate: '7d' } })).state).toBe('up')
    const insecure = { port: ending.port, insecure: true, expect: { certificate: '30d' } }
    expect(await ask(insecure)).toMatchObject({ state: 'degraded', reason: 'certificate' })
  })

  test('a version that is too old is down', async () => {
    await using server = await tlsServer({ ...served(certificates.server), maxVersion: 'TLSv1.2' }, () => {})
    const written = { ...trusting(), port: server.port }
    expect(await ask({ ...written, expect: { protocol: 'TLSv1.3' } })).toMatchObject({
      state: 'down',
      reason: 'protocol',
      error: 'expected TLS 1.3 or newer, got TLS 1.2',
    })
    expect((await ask({ ...written, expect: { protocol: 'TLSv1.2' } })).state).toBe('up')
  })

  test('slower than wanted is degraded', async () => {
    await using server = await tlsServer(served(certificates.server), () => {})
    const outcome = await ask({ ...trusting(), port: server.port, expect: { latency: '0.0001ms' } })
    expect(outcome).toMatchObject({ state: 'degraded', reason: 'slow' })
  })

  test('a client certificate is shown', async () => {
    const client = certificates.make({ issuer: certificates.authority, subject: 'client', passphrase: 'secret' })
    const wanting = { requestCert: true, rejectUnauthorized: true, ca: certificates.authority.certificate }
    const seen: string[] = []
    await using server = await tlsServer(
      { ...served(certificates.server), ...wanting, maxVersion: 'TLSv1.2' },
      (socket) => {
        seen.push(String(socket.getPeerCertificate().subject.CN))
      },
    )
    const own = { certificate: client.certificatePath, key: client.keyPath, passphrase: 'secret' }
    expect((await ask({ ...trusting(), ...own, port: server.port })).state).toBe('up')
    expect(seen).toEqual(['client'])
    await expect(ask({ ...trusting(), ...own, passphrase: 'wrong', port: server.port })).rejects.toMatchObject({
      name: 'CertificateError',
      message: 'the key is encrypted and the passphrase is missing or wrong',
    })
  })

  test('names with escape sequences come out clean', async () => {
    const evil = certificates.make({ subject: `a${ESC}[31m b`, names: '' })
    await using server = await tlsServer(served(evil), () => {})
    const outcome = await ask({ port: server.port })
    expect(JSON.stringify(outcome)).not.toContain('\\u001b')
    expect(outcome.certificate?.certificates[0]?.subject).toBe('a[31m b')
  })

  test.each([
    ['smtp', SMTP],
    ['imap', IMAP],
    ['pop3', POP3],
  ])('STARTTLS of %s', async (starttls, lines) => {
    await using server = await speaks(lines, certificates.server)
    const outcome = await ask({ ...trusting(), port: server.port, starttls })
    expect(outcome).toMatchObject({ state: 'up', certificate: { trusted: true, protocol: 'TLS 1.3' } })
    expect(outcome.facts).toContainEqual({ name: 'before', value: `${starttls}, STARTTLS` })
  })

  test.skipIf(!hasNginxMail())('the mail proxy of nginx, over STARTTLS', async () => {
    await using server = await startNginxMail(certificates.server)
    for (const starttls of ['smtp', 'imap', 'pop3'] as const) {
      const written = { port: server[starttls], starttls }
      const outcome = await ask({ ...trusting(), ...written })
      expect(outcome, starttls).toMatchObject({ state: 'up', certificate: { trusted: true } })
      expect(await ask(written), starttls).toMatchObject({ state: 'down', reason: 'certificate' })
    }
  })

  test.skipIf(!hasSmtpd())('smtpd talks until the handshake, which Debian 12 breaks', async () => {
    await using server = await startSmtpd(certificates.make({ issuer: certificates.authority, algorithm: 'rsa' }))
    const written = { ...trusting(), port: server.port, starttls: 'smtp' }
    const outcome = await ask(written).catch((error: unknown) => error)
    // OpenSMTPD 6.8 cannot sign with OpenSSL 3, and says so by an alert (OpenSMTPD issues 1171 and 1239); 7.4 and later can.
    expect(outcome).toMatchObject(
      outcome instanceof Error
        ? { message: expect.stringContaining('alert internal error') }
        : { state: 'up', certificate: { trusted: true } },
    )
  })

  test.skipIf(!hasSmtpd())('smtpd without a certificate', async () => {
    await using server = await startSmtpd()
    expect(await ask({ port: server.port, starttls: 'smtp' })).toMatchObject({
      state: 'down',
      reason: 'starttls',
      error: `${at(server)} does not offer STARTTLS`,
    })
  })
})

describe('servers that do not do their part', () => {
  test('nobody listens', async () => {
    const port = await freeTcpPort()
    await expect(ask({ port })).rejects.toMatchObject({ code: 'ECONNREFUSED', address: '127.0.0.1', port })
  })

  test.each<[string, Parameters<typeof tcpServer>[0]]>([
    ['a hang', () => {}],
    ['a slow drip', (socket) => drip(socket, '\u0016\u0003\u0003\u0040\u0000'.repeat(1000), 20)],
  ])('%s in the handshake', async (_, onConnection) => {
    await using server = await tcpServer(onConnection)
    expect(await ask({ port: server.port }, 300)).toMatchObject({
      state: 'down',
      reason: 'timeout',
      error: `connected, but ${at(server)} did not finish the TLS handshake`,
    })
  })

  test.each<[string, Parameters<typeof tcpServer>[0]]>([
    ['plain text', (socket) => socket.write('220 mail ESMTP\r\n')],
    ['random bytes', (socket) => socket.write(Buffer.from('f1e2d3c4b5a697887766554433221100', 'hex'))],
    ['a huge answer', (socket) => socket.write(Buffer.alloc(8_000_000, 0x16))],
    ['a reset', (socket) => resetAfter(socket, '\u0016\u0003')],
    ['an end', (socket) => socket.end()],
  ])('%s instead of the handshake', async (_, onConnection) => {
    await using server = await tcpServer(onConnection)
    await expect(ask({ port: server.port })).rejects.toThrow()
  })

  test.each<[string, string, readonly string[], string, string]>([
    [
      'an SMTP server that refuses',
      'smtp',
      ['554 no\r\n'],
      'answer',
      'expected an SMTP greeting of ADDRESS, got "554 no"',
    ],
    [
      'one that does not know EHLO',
      'smtp',
      ['220 a\r\n', '502 what?\r\n'],
      'starttls',
      'ADDRESS does not offer STARTTLS: "502 what?"',
    ],
    [
      'one without STARTTLS',
      'smtp',
      ['220 a\r\n', '250-a\r\n250 SIZE\r\n'],
      'starttls',
      'ADDRESS does not offer STARTTLS',
    ],
    [
      'one that says no then',
      'smtp',
      [...SMTP.slice(0, 2), '454 later\r\n'],
      'starttls',
      'ADDRESS does not offer STARTTLS: "454 later"',
    ],
    [
      'text behind the answer',
      'smtp',
      [...SMTP.slice(0, 2), '220 go\r\n250 injected\r\n'],
      'starttls',
      'ADDRESS sent text behind its answer to STARTTLS, before TLS began',
    ],
    [
      'an IMAP server without',
      'imap',
      ['* OK a\r\n', 'a1 BAD unknown\r\n'],
      'starttls',
      'ADDRESS does not offer STARTTLS: "a1 BAD unknown"',
    ],
    [
      'one that knows us already',
      'imap',
      ['* PREAUTH hi\r\n'],
      'starttls',
      'ADDRESS does not offer STARTTLS: "* PREAUTH hi"',
    ],
    [
      'text behind that',
      'imap',
      ['* OK a\r\n', 'a1 OK\r\n* 1 EXISTS\r\n'],
      'starttls',
      'ADDRESS sent text behind its answer to STARTTLS, before TLS began',
    ],
    [
      'a POP3 server without',
      'pop3',
      ['+OK\r\n', '-ERR no\r\n'],
      'starttls',
      'ADDRESS does not offer STARTTLS: "-ERR no"',
    ],
    [
      'text behind this',
      'pop3',
      ['+OK\r\n', '+OK\r\n+OK\r\n'],
      'starttls',
      'ADDRESS sent text behind its answer to STARTTLS, before TLS began',
    ],
    ['another protocol', 'pop3', ['SSH-2.0-x\r\n'], 'answer', 'expected a POP3 greeting of ADDRESS, got "SSH-2.0-x"'],
    [
      'escape sequences',
      'imap',
      [`${ESC}]0;x\u0007${ESC}[2J\r\n`],
      'answer',
      'expected an IMAP greeting of ADDRESS, got "]0;x[2J"',
    ],
    [
      'lines without end',
      'smtp',
      ['220-x\r\n'.repeat(500)],
      'answer',
      'ADDRESS sent more than 100 lines in the greeting',
    ],
    [
      'untagged lines without end',
      'imap',
      ['* OK\r\n', '* x\r\n'.repeat(500)],
      'answer',
      'ADDRESS sent more than 100 lines in the answer to STARTTLS',
    ],
    [
      'a line without an end',
      'smtp',
      ['2'.repeat(100_000)],
      'answer',
      'ADDRESS sent a line without an end in the greeting',
    ],
  ])('%s', async (_, starttls, lines, reason, error) => {
    await using server = await speaks(lines)
    const outcome = await ask({ port: server.port, starttls })
    expect(outcome).toMatchObject({ state: 'down', reason, error: error.replace('ADDRESS', at(server)) })
  })

  test.each<[string, Parameters<typeof tcpServer>[0], string, string]>([
    ['a hang', () => {}, 'timeout', 'connected, but ADDRESS said nothing in the greeting'],
    [
      'a slow drip',
      (socket) => drip(socket, '220-'.repeat(1000), 20),
      'timeout',
      'connected, but ADDRESS did not end its line in the greeting',
    ],
    [
      'an end in the middle',
      (socket) => socket.end('220 mail\r\n'),
      'closed',
      'ADDRESS closed the connection in the answer to EHLO',
    ],
  ])('%s before STARTTLS', async (_, onConnection, reason, error) => {
    await using server = await tcpServer(onConnection)
    const outcome = await ask({ port: server.port, starttls: 'smtp' }, reason === 'timeout' ? 300 : 20_000)
    expect(outcome).toMatchObject({ state: 'down', reason, error: error.replace('ADDRESS', at(server)) })
  })
})

test('targets of the command line', () => {
  expect(tls.parseTarget('tls://localhost:8443', undefined)).toEqual({ host: 'localhost', port: 8443 })
  expect(tls.parseTarget('tls://shop.example', undefined)).toEqual({ host: 'shop.example', port: 443 })
  expect(tls.parseTarget('tls://[::1]:25', undefined)).toEqual({ host: '::1', port: 25, starttls: 'smtp' })
  expect(tls.parseTarget('tls://a:587', undefined)).toMatchObject({ starttls: 'smtp' })
  expect(tls.parseTarget('tls://a:143', undefined)).toMatchObject({ starttls: 'imap' })
  expect(tls.parseTarget('tls://a:110', undefined)).toMatchObject({ starttls: 'pop3' })
  expect(tls.parseTarget('tls://a:2525?starttls=smtp', undefined)).toMatchObject({ port: 2525, starttls: 'smtp' })
  for (const target of ['tls://', 'tls://a:b', 'tls://a?starttls=ftp', 'tls://a?x=1', 'tls://a/b'])
    expect(() => tls.parseTarget(target, undefined), target).toThrow(TargetError)
  expect(() => tls.parseTarget('tls://a', 'x')).toThrow(TargetError)
})

test('how it reads', () => {
  expect(tls.target(settingsOf(tls, { host: 'shop.example' }))).toBe('shop.example:443')
})

test('what is written wrong is told', () => {
  const written = { host: 'a', starttls: 'ftp', expect: { certificate: 'soon', protocol: 'SSLv3' } }
  expect(complaints(tls, written)).toEqual([
    'starttls: expected one of smtp, imap, pop3, got "ftp"',
    'expect.certificate: expected a duration such as 14d, got "soon"',
    'expect.protocol: expected one of TLSv1.2, TLSv1.3, got "SSLv3"',
  ])
})
