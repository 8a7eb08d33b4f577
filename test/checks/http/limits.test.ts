import { Readable } from 'node:stream'
import { setTimeout as pause } from 'node:timers/promises'
import { brotliCompressSync, deflateRawSync, deflateSync, gzipSync } from 'node:zlib'
import { beforeAll, describe, expect, test } from 'vitest'
import { warmClient } from '../../../src/checks/http/warm-client.ts'
import { drip, leavingNothing, resetAfter, tcpServer } from '../servers/loopback.ts'
import { ask, fact, rows, webServer } from './asked.ts'

const MIB = 1024 * 1024

// Loading it is no part of the time that a test gives to a server.
beforeAll(async () => {
  await warmClient()
})

function* endless() {
  for (;;) yield Buffer.alloc(64 * 1024, 'x')
}

describe('what ends with the signal', () => {
  test.each([
    ['a server that says nothing', () => {}, /^no answer from 127\.0\.0\.1:\d+$/],
    ['a header that drips', (head: string) => head, /^no answer from 127\.0\.0\.1:\d+$/],
  ])('%s', async (_, text, error) => {
    await using server = await tcpServer((socket) => {
      socket.resume()
      drip(socket, String(text('HTTP/1.1 200 OK\r\nX: '.padEnd(500, 'x')) ?? ''), 10)
    })
    const asked = () => ask({ url: `http://127.0.0.1:${server.port}/` }, { timeoutMs: 500 })
    const outcome = await leavingNothing(asked)
    expect(outcome).toMatchObject({ state: 'down', reason: 'timeout', error: expect.stringMatching(error) })
  })

  test('a body that drips', async () => {
    await using server = await webServer(async (_, response) => {
      for (let count = 0; count < 1000 && !response.destroyed; count++) {
        response.write('.')
        await pause(10)
      }
    })
    const outcome = await leavingNothing(() => ask({ url: server.url }, { timeoutMs: 500 }))
    expect(outcome).toMatchObject({ state: 'down', reason: 'timeout' })
    expect(outcome.error).toBe(`the answer of 127.0.0.1:${server.port} did not end`)
  })
})

describe('what is no answer', () => {
  test.each([
    ['garbage', '\u001b[31mSSH-2.0-OpenSSH\r\n', 'protocol', /does not answer in HTTP/],
    ['a broken header', 'HTTP/1.1 200 OK\r\n\u0000bad header\r\n\r\n', 'protocol', /does not answer in HTTP/],
    [
      'two lengths',
      'HTTP/1.1 200 OK\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\nab',
      'protocol',
      /content-length$/,
    ],
    ['a chunk that is none', 'HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n', 'protocol', /HTTP/],
    ['too long a header', `HTTP/1.1 200 OK\r\nX: ${'x'.repeat(70_000)}\r\n\r\n`, 'protocol', /longer than 64 KiB/],
    ['nothing', '', 'reset', /closed the connection before its answer ended$/],
    ['half a header', 'HTTP/1.1 200 OK\r\nX: y', 'reset', /closed the connection before its answer ended$/],
    ['half a body', 'HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nhalf', 'reset', /closed the connection before/],
    ['no status', 'HTTP/1.1 000 \r\nContent-Length: 0\r\n\r\n', 'protocol', /does not answer in HTTP$/],
    ['a word', 'HELLO', 'protocol', /does not answer in HTTP/],
    ['another protocol', 'HTTP/1.1 101 Switching\r\nUpgrade: x\r\nConnection: upgrade\r\n\r\n', 'protocol', /changed/],
  ])('%s', async (_, text, reason, error) => {
    await using server = await tcpServer((socket) => socket.once('data', () => socket.resume().end(text)))
    const outcome = await leavingNothing(() => ask({ url: `http://127.0.0.1:${server.port}/` }))
    expect(outcome).toMatchObject({ state: 'down', reason, error: expect.stringMatching(error) })
    expect(outcome.error).toMatch(new RegExp(`127\\.0\\.0\\.1:${server.port}`))
    expect(outcome.error).not.toMatch(/[\u0000-\u001f]/)
  })

  test('a reset in the middle', async () => {
    await using server = await tcpServer((socket) =>
      resetAfter(socket, 'HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nhalf'),
    )
    const outcome = await leavingNothing(() => ask({ url: `http://127.0.0.1:${server.port}/` }))
    expect(outcome).toMatchObject({ state: 'down', reason: 'reset' })
    // Some systems tell of a reset that comes behind data as of an end.
    expect(outcome.error).toMatch(/^connection reset by 127.0.0.1:\d+$|closed the connection before its answer ended$/)
  })

  test('an end without a length is one', async () => {
    await using server = await tcpServer((socket) =>
      socket.once('data', () => socket.end('HTTP/1.0 200 OK\r\n\r\nto the end')),
    )
    const outcome = await ask({ url: `http://127.0.0.1:${server.port}/`, expect: { body: 'to the end' } })
    expect(outcome.state).toBe('up')
  })
})

describe('a body', () => {
  test('is read to 1 MiB, and then the connection is closed', async () => {
    let closed = false
    await using server = await webServer((_, response) => {
      const body = Readable.from(endless())
      response.on('close', () => {
        closed = true
        body.destroy()
      })
      body.pipe(response)
    })
    const wanted = { body: '/x{9}/', json: { a: 1 } }
    const outcome = await leavingNothing(() => ask({ url: server.url, expect: wanted }))
    expect(fact(outcome, 'answer')).toBe('200 OK, more than 1 MiB, HTTP/1.1')
    expect(rows(outcome)[1]).toBe(`✓ body: ${'x'.repeat(33)} | matches /x{9}/`)
    expect(outcome.error).toBe('expected json a = 1, but the body is longer than 1 MiB')
    await expect.poll(() => closed).toBe(true)
  })

  test('of exactly 1 MiB is read whole', async () => {
    await using server = await webServer((_, response) => response.end(Buffer.alloc(MIB, 'x')))
    expect(fact(await ask({ url: server.url }), 'answer')).toBe('200 OK, 1.0 MiB, HTTP/1.1')
  })

  test.each([
    ['gzip', gzipSync('decoded')],
    ['x-gzip', gzipSync('decoded')],
    ['deflate', deflateSync('decoded')],
    ['deflate', deflateRawSync('decoded')],
    ['br', brotliCompressSync('decoded')],
    ['identity', Buffer.from('decoded')],
    ['gzip, br', brotliCompressSync(gzipSync('decoded'))],
  ])('in %s is decoded', async (encoding, bytes) => {
    await using server = await webServer((_, response) => {
      response.writeHead(200, { 'content-encoding': encoding }).end(bytes)
    })
    const outcome = await leavingNothing(() => ask({ url: server.url, expect: { body: '/^decoded$/' } }))
    expect(outcome.state).toBe('up')
    expect(fact(outcome, 'answer')).toBe('200 OK, 7 B, HTTP/1.1')
  })

  test('that swells is let go at 1 MiB', async () => {
    const bomb = gzipSync(gzipSync(Buffer.alloc(300 * MIB)))
    await using server = await webServer((_, response) => {
      response.writeHead(200, { 'content-encoding': 'gzip, gzip' }).end(bomb)
    })
    const before = process.memoryUsage().rss
    const outcome = await leavingNothing(() => ask({ url: server.url }))
    expect(fact(outcome, 'answer')).toBe('200 OK, more than 1 MiB, HTTP/1.1')
    expect(process.memoryUsage().rss - before).toBeLessThan(100 * MIB)
  })

  test.each([
    ['gzip', 'plain text', 'the body is no gzip'],
    ['zstd', 'anything', 'the body is encoded in an unknown way'],
    ['br, br, br, br', 'anything', 'the body is encoded 4 times'],
  ])('that is no %s is down', async (encoding, text, error) => {
    await using server = await webServer((_, response) => {
      response.writeHead(200, { 'content-encoding': encoding }).end(text)
    })
    expect(await leavingNothing(() => ask({ url: server.url }))).toMatchObject({ state: 'down', reason: 'body', error })
  })
})
