import { createSecureServer, createServer, type ServerHttp2Stream } from 'node:http2'
import { afterAll, describe, expect, test } from 'vitest'
import { STATIC_TABLE } from '../../../../src/checks/http/h2/static-table.ts'
import { PeerError } from '../../../../src/checks/net/peer-error.ts'
import { hasOpenssl, makeCertificates } from '../../servers/certificates.ts'
import { leavingNothing, serving } from '../../servers/loopback.ts'
import { ask, fact } from '../asked.ts'
import { exchange } from './exchanging.ts'

const MIB = 1024 * 1024

/** A server of Node's that answers as the test says. */
function http2Server(answer: (stream: ServerHttp2Stream, headers: Readonly<Record<string, unknown>>) => void) {
  const server = createServer()
  server.on('sessionError', () => {})
  server.on('stream', (stream, headers) => {
    stream.on('error', () => {})
    answer(stream, headers)
  })
  return serving(server)
}

describe('with a server of Node', () => {
  test('all fields of the static table, and all bytes, come as they were sent', async () => {
    const names = [...new Set(STATIC_TABLE.map(([name]) => name))].filter(
      (name) => !/^:|transfer-encoding|^content-length$|^host$|^te$/.test(name),
    )
    const text = Array.from({ length: 256 }, (_, code) => String.fromCharCode(code))
      .filter((one) => /[\x21-\x7e]/.test(one))
      .join('')
    const all = Object.fromEntries(
      names.map((name) => [name, name === 'set-cookie' ? [text, 'b=2'] : `${text}${name}`]),
    )
    await using server = await http2Server((stream) => {
      stream.additionalHeaders({ ':status': 103, link: '</a>' })
      stream.respond({ ':status': 418, ...all })
      stream.end('ok')
    })
    const answer = await exchange(server.port)
    expect(answer).toMatchObject({ status: 418, statusText: '', cut: false })
    expect(answer.body.toString()).toBe('ok')
    for (const name of names) {
      const values = answer.headers.filter(([one]) => one === name).map(([, value]) => value)
      expect(values).toEqual(name === 'set-cookie' ? [text, 'b=2'] : [all[name]])
    }
    expect(answer.phases.first_byte).toBeGreaterThan(0)
  })

  test('a long request comes whole', async () => {
    let got: Readonly<Record<string, unknown>> = {}
    await using server = await http2Server(async (stream, headers) => {
      got = headers
      const body = Buffer.concat(await stream.toArray())
      stream.respond({ ':status': 200, trailer: 'x-sum' }, { waitForTrailers: true })
      stream.on('wantTrailers', () => stream.sendTrailers({ 'x-sum': '1' }))
      stream.end(String(body.length))
    })
    const body = 'ü'.repeat(MIB)
    const answer = await exchange(server.port, {
      method: 'POST',
      body,
      headers: { 'X-Long': 'k'.repeat(20_000), Authorization: 'Bearer k' },
    })
    expect(answer.body.toString()).toBe(String(2 * MIB))
    expect(got).toMatchObject({
      ':method': 'POST',
      ':scheme': 'http',
      'x-long': 'k'.repeat(20_000),
      authorization: 'Bearer k',
    })
    expect(got['content-length']).toBe(String(2 * MIB))
  })

  test('a long answer is read to 1 MiB, and then it is told', async () => {
    let code: number | undefined
    await using server = await http2Server((stream) => {
      stream.on('close', () => {
        code = stream.rstCode
      })
      stream.respond({ ':status': 200 })
      const more = () => {
        while (!stream.destroyed && stream.write(Buffer.alloc(64 * 1024, 'x')));
      }
      stream.on('drain', more)
      more()
    })
    const answer = await leavingNothing(() => exchange(server.port))
    expect(answer).toMatchObject({ cut: true, body: { length: MIB } })
    await expect.poll(() => code).toBe(8)
  })

  test('one of exactly 1 MiB is whole', async () => {
    await using server = await http2Server((stream) => {
      stream.respond({ ':status': 200, 'content-length': MIB })
      stream.end(Buffer.alloc(MIB, 'x'))
    })
    expect(await exchange(server.port)).toMatchObject({ cut: false, body: { length: MIB } })
  })

  test('a body that nobody wants is not waited for, nor one that there cannot be', async () => {
    await using server = await http2Server((stream) => {
      stream.respond({ ':status': 302, location: '/x' })
      stream.write('never ends')
    })
    expect(await leavingNothing(() => exchange(server.port, {}, 20_000, false))).toMatchObject({ status: 302 })
    await using empty = await http2Server((stream, { ':method': method }) => {
      stream.respond({ ':status': method === 'HEAD' ? 200 : 304, 'content-length': 9 }, { endStream: true })
    })
    expect(await exchange(empty.port, { method: 'HEAD' })).toMatchObject({ status: 200, body: { length: 0 } })
    expect(await exchange(empty.port)).toMatchObject({ status: 304, body: { length: 0 } })
  })

  test.each([
    [7, 'web refused the request (REFUSED_STREAM)'],
    [13, 'web wants HTTP/1.1 for this request (HTTP_1_1_REQUIRED)'],
  ])('a stream that is refused with %i', async (code, error) => {
    await using server = await http2Server((stream) => stream.close(code))
    await expect(exchange(server.port)).rejects.toThrow(new PeerError('protocol', error))
  })

  test('a server that goes down answers what it was asked', async () => {
    await using server = await http2Server((stream) => {
      stream.session?.close()
      setImmediate(() => {
        stream.respond({ ':status': 200 })
        stream.end('still here')
      })
    })
    expect((await exchange(server.port)).body.toString()).toBe('still here')
  })
})

const present = hasOpenssl()
const made = present ? makeCertificates() : undefined
afterAll(() => made?.[Symbol.dispose]())

test.skipIf(!present)('over TLS, and a client certificate that is missed', async () => {
  const { authority, server: own } = made as NonNullable<typeof made>
  const options = { cert: own.certificate, key: own.key, ca: authority.certificate }
  const answering = createSecureServer(options, (request, response) => response.end(request.authority))
  await using server = await serving(answering)
  const written = {
    ca: authority.certificatePath,
    headers: { host: 'shop.example' },
    expect: { body: '/^shop.example$/' },
  }
  const outcome = await leavingNothing(() => ask({ url: `https://localhost:${server.port}/`, ...written }))
  expect(outcome.state).toBe('up')
  expect(fact(outcome, 'answer')).toBe('200 OK, 12 B, HTTP/2')
  const wanting = createSecureServer({ ...options, requestCert: true, rejectUnauthorized: true })
  wanting.on('sessionError', () => {})
  await using locked = await serving(wanting)
  const refused = await leavingNothing(() => ask({ url: `https://localhost:${locked.port}/`, ...written }))
  expect(refused).toMatchObject({ state: 'down', error: expect.stringMatching(/ wants a client certificate$/) })
})
