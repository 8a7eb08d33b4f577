import type { RequestListener } from 'node:http'
import { createServer as createPlainHttp2, createSecureServer } from 'node:http2'
import { createServer, type ServerOptions } from 'node:https'
import { afterAll, describe, expect, test } from 'vitest'
import { daysFromNow, hasOpenssl, makeCertificates, type Pair } from '../servers/certificates.ts'
import { leavingNothing, serving, tcpServer } from '../servers/loopback.ts'
import { ask, fact, rows, type WebServer, webServer } from './asked.ts'

const present = hasOpenssl()
const made = present ? makeCertificates() : undefined
afterAll(() => made?.[Symbol.dispose]())

describe.skipIf(!present)('over TLS', () => {
  const { authority, server: own, make } = made ?? ({} as NonNullable<typeof made>)
  const ca = authority?.certificatePath
  const fine: RequestListener = (_, response) => response.end('fine')

  async function secureServer(pair: Pair, listener = fine, options: ServerOptions = {}): Promise<WebServer> {
    const server = await serving(createServer({ cert: pair.certificate, key: pair.key, ...options }, listener))
    return { ...server, url: `https://localhost:${server.port}/` }
  }

  test('an answer comes with its certificates', async () => {
    await using server = await secureServer(own)
    const outcome = await leavingNothing(() => ask({ url: server.url, ca, expect: { body: 'fine' } }))
    expect(outcome).toMatchObject({ state: 'up', certificate: { trusted: true, protocol: 'TLS 1.3' } })
    expect(outcome.certificate?.certificates.map(({ subject }) => subject)).toEqual(['localhost', 'Example Test Root'])
    expect(rows(outcome).at(-1)).toBe('✓ certificate: 364 d left | 14 d or more')
    expect(Object.keys(outcome.phases ?? {})).toEqual(['dns', 'connect', 'tls', 'first_byte', 'transfer'])
  })

  test('a server that is not trusted is sent nothing', async () => {
    let requests = 0
    await using server = await secureServer(own, (_, response) => {
      requests++
      response.end()
    })
    const outcome = await leavingNothing(() => ask({ url: server.url, auth: { bearer: 'abcdef' } }))
    expect(outcome).toMatchObject({ state: 'down', reason: 'certificate' })
    expect(outcome.error).toBe('the certificate of localhost is not trusted: issuer Example Test Root not known')
    expect(rows(outcome)).toEqual(['✖ certificate: issuer Example Test Root not known | trusted'])
    expect(requests).toBe(0)
    expect(await ask({ url: server.url, insecure: true })).toMatchObject({ state: 'up' })
    expect(requests).toBe(1)
  })

  test('a wrong name, an old certificate and one of its own are down, unless nobody minds', async () => {
    const ofMine = { ca, url: '' }
    const cases: [Pair, RegExp][] = [
      [make({ issuer: authority, names: 'DNS:shop.example' }), /: not for the name localhost$/],
      [make({ issuer: authority, from: '20240101000000Z', until: '20241203120000Z' }), /: expired on 3 Dec 2024$/],
      [make(), /: self-signed$/],
    ]
    for (const [pair, error] of cases) {
      await using server = await secureServer(pair)
      const outcome = await ask({ ...ofMine, url: server.url })
      expect(outcome).toMatchObject({ state: 'down', reason: 'certificate', error: expect.stringMatching(error) })
      expect(await ask({ ...ofMine, url: server.url, insecure: true })).toMatchObject({ state: 'up' })
    }
  })

  test('a name may be given that the certificate is for', async () => {
    await using server = await secureServer(make({ issuer: authority, names: 'DNS:shop.example' }))
    expect(await ask({ url: server.url, ca, serverName: 'shop.example' })).toMatchObject({ state: 'up' })
  })

  test('a certificate near its end is degraded', async () => {
    await using server = await secureServer(make({ issuer: authority, until: daysFromNow(9.5) }))
    const outcome = await ask({ url: server.url, ca })
    expect(outcome).toMatchObject({ state: 'degraded', reason: 'certificate' })
    expect(outcome.error).toBe('certificate for localhost ends in 9 days')
    expect(rows(outcome).at(-1)).toBe('✖ certificate: 9 d left | 14 d or more')
    expect(await ask({ url: server.url, ca, expect: { certificate: '7d' } })).toMatchObject({ state: 'up' })
    expect(rows(await ask({ url: server.url, ca, expect: { certificate: 0 } }))).toEqual(['✓ status: 200 | 2xx'])
    const wrong = await ask({ url: server.url, ca, expect: { status: 500 } })
    expect(wrong).toMatchObject({ state: 'down', reason: 'status' })
  })

  test('a client certificate is shown, and missed', async () => {
    const client = make({ issuer: authority, subject: 'monitor', passphrase: 'sesame' })
    const options = { ca: authority.certificate, requestCert: true, rejectUnauthorized: true }
    await using server = await secureServer(own, fine, options)
    const files = { certificate: client.certificatePath, key: client.keyPath }
    expect(await ask({ url: server.url, ca, ...files, passphrase: 'sesame' })).toMatchObject({ state: 'up' })
    const without = await leavingNothing(() => ask({ url: server.url, ca }))
    expect(without).toMatchObject({ state: 'down', reason: 'tls' })
    expect(without.error).toMatch(/^(127\.0\.0\.1|\[::1\]):\d+ wants a client certificate$/)
    const locked = await ask({ url: server.url, ca, ...files, passphrase: 'wrong' })
    expect(locked).toMatchObject({ state: 'unknown', reason: 'certificate' })
    const gone = await ask({ url: server.url, ca: '/nowhere/ca.pem' })
    expect(gone).toMatchObject({ state: 'unknown', error: '/nowhere/ca.pem is not there' })
  })

  test('HTTP/2 is spoken where it is offered, and asked for', async () => {
    const both = createSecureServer({ cert: own.certificate, key: own.key, allowHTTP1: true }, (request, response) => {
      response.setHeader('set-cookie', ['a=1', 'b=2'])
      response.end(`${request.method} ${request.httpVersion}`)
    })
    await using server = await serving(both)
    const url = `https://localhost:${server.port}/`
    const outcome = await leavingNothing(() =>
      ask({ url, ca, method: 'POST', body: 'x', expect: { body: 'POST 2.0' } }),
    )
    expect(outcome.state).toBe('up')
    expect(fact(outcome, 'answer')).toBe('200 OK, 8 B, HTTP/2')
    expect(outcome.headers?.filter(({ name }) => name === 'set-cookie')).toHaveLength(2)
    expect(fact(await ask({ url, ca, http2: 'never' }), 'body')).toBe('GET 1.1')
    await using old = await secureServer(own)
    const refused = await ask({ url: old.url, ca, http2: 'always' })
    expect(refused.state).toBe('down')
    expect(refused.error).toMatch(/speaks none of the protocols that were offered|does not speak HTTP\/2/)
  })

  test('HTTP/2 that breaks off is told', async () => {
    const breaking = createSecureServer({ cert: own.certificate, key: own.key })
    breaking.on('stream', (stream) => {
      stream.on('error', () => {})
      stream.respond({ ':status': 200 })
      stream.write('half', () => stream.session?.destroy())
    })
    await using server = await serving(breaking)
    const outcome = await leavingNothing(() => ask({ url: `https://localhost:${server.port}/`, ca }))
    expect(outcome.state).toBe('down')
    expect(outcome.reason).toMatch(/reset|protocol/)
  })

  test('HTTP/2 that refuses a stream, or hangs, is told', async () => {
    const refusing = createSecureServer({ cert: own.certificate, key: own.key })
    refusing.on('stream', (stream, headers) => {
      stream.on('error', () => {})
      if (headers[':path'] === '/') stream.close(11)
    })
    await using server = await serving(refusing)
    const url = `https://localhost:${server.port}/`
    const outcome = await leavingNothing(() => ask({ url, ca }))
    expect(outcome).toMatchObject({ state: 'down', reason: 'protocol' })
    const hanging = await leavingNothing(() => ask({ url: `${url}hang`, ca }, { timeoutMs: 500 }))
    expect(hanging).toMatchObject({ state: 'down', reason: 'timeout' })
  })

  test('HTTP/2 is spoken without TLS where it is wanted', async () => {
    await using server = await serving(createPlainHttp2((request, response) => response.end(request.httpVersion)))
    const url = `http://127.0.0.1:${server.port}/`
    const outcome = await leavingNothing(() => ask({ url, http2: 'always', expect: { body: '2.0' } }))
    expect(outcome.state).toBe('up')
    await using old = await webServer(fine)
    expect(await leavingNothing(() => ask({ url: old.url, http2: 'always' }))).toMatchObject({ state: 'down' })
  })

  test('what speaks no TLS, and TLS where none is wanted', async () => {
    await using plain = await webServer(fine)
    const asked = await leavingNothing(() => ask({ url: plain.url.replace('http:', 'https:') }))
    expect(asked).toMatchObject({ state: 'down', reason: 'tls' })
    expect(asked.error).toBe(`127.0.0.1:${plain.port} does not speak TLS`)
    await using secure = await secureServer(own)
    const outcome = await leavingNothing(() => ask({ url: `http://localhost:${secure.port}/` }))
    expect(outcome).toMatchObject({ state: 'down' })
    expect(outcome.reason).toMatch(/protocol|reset|status/)
  })

  test('redirects lead to where the certificate is looked at again', async () => {
    await using other = await secureServer(make())
    await using server = await webServer((_, response) => response.writeHead(301, { location: other.url }).end())
    const outcome = await ask({ url: server.url, ca })
    expect(outcome).toMatchObject({ state: 'down', reason: 'certificate' })
  })

  test('a handshake that hangs ends with the signal', async () => {
    await using server = await tcpServer((socket) => socket.resume())
    await leavingNothing(async () => {
      const asked = ask({ url: `https://127.0.0.1:${server.port}/` }, { timeoutMs: 200 })
      const outcome = await asked.catch((error: unknown) => error)
      expect(outcome).toMatchObject({ name: 'TimeoutError' })
    })
  })
})
