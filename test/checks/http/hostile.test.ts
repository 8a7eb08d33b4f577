import type { Socket } from 'node:net'
import { setTimeout as pause } from 'node:timers/promises'
import { beforeAll, describe, expect, test } from 'vitest'
import { warmClient } from '../../../src/checks/http/warm-client.ts'
import { leavingNothing, tcpServer } from '../servers/loopback.ts'
import { ask, fact } from './asked.ts'
import { data, field, flood, frame, goaway, headers, kept, resetStream, SETTINGS, word } from './frames.ts'

// Loading it is no part of the time that a test gives to a server.
beforeAll(async () => {
  await warmClient()
})

/** What a check says of a server that does this once it was asked. */
async function asked(answer: (socket: Socket) => unknown, written: Record<string, unknown> = {}, timeoutMs = 10_000) {
  await using server = await tcpServer((socket) =>
    socket.once('data', () => {
      socket.resume()
      answer(socket)
    }),
  )
  return await leavingNothing(() => ask({ url: `http://127.0.0.1:${server.port}/`, ...written }, { timeoutMs }))
}

const FINAL = 'HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok'

describe('interim answers', () => {
  test.each([
    ['an unasked 100', `HTTP/1.1 100 Continue\r\n\r\n${FINAL}`],
    ['several kinds', `HTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\nHTTP/1.1 100 Continue\r\n\r\n${FINAL}`],
    ['the most', `${'HTTP/1.1 102 Processing\r\n\r\n'.repeat(100)}${FINAL}`],
  ])('are read over: %s', async (_, text) => {
    const outcome = await asked((socket) => socket.end(text), { expect: { body: 'ok' } })
    expect(fact(outcome, 'answer')).toBe('200 OK, 2 B, HTTP/1.1')
    expect(outcome.state).toBe('up')
  })

  test('are read over where they come in pieces', async () => {
    const drip = async (socket: Socket) => {
      for (const part of `HTTP/1.1 100 Continue\r\nX: y\r\n\r\n${FINAL}`.match(/[\s\S]{1,3}/g) ?? []) {
        socket.write(part)
        await pause(1)
      }
    }
    expect((await asked(drip, { expect: { body: 'ok' } })).state).toBe('up')
  })

  test.each([
    ['100', 'HTTP/1.1 100 Continue\r\n\r\n'],
    ['103', 'HTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\n'],
    ['one that has no end', 'HTTP/1.1 100 Continue\r\nX: '.padEnd(70_000, 'x')],
  ])('without an end are an error: %s', async (_, text) => {
    const outcome = await asked((socket) => flood(socket, Buffer.from(text.repeat(text.length > 100 ? 1 : 100))))
    expect(outcome).toMatchObject({ state: 'down', reason: 'protocol' })
    expect(outcome.error).toMatch(/^127\.0\.0\.1:\d+ sends interim answers without an end$/)
  })
})

test('a body of a million parts takes the room of its bytes', async () => {
  const chunks = Buffer.from('1\r\nx\r\n'.repeat(10_000))
  const before = process.memoryUsage().rss
  const outcome = await asked((socket) => {
    socket.write('HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n')
    flood(socket, chunks)
  })
  expect(fact(outcome, 'answer')).toBe('200 OK, more than 1 MiB, HTTP/1.1')
  expect(process.memoryUsage().rss - before).toBeLessThan(100 * 1024 * 1024)
})

describe('over HTTP/2', () => {
  const always = { http2: 'always' }

  test('a server that closes the session still answers', async () => {
    const closing = async (socket: Socket) => {
      socket.write(Buffer.concat([SETTINGS, goaway(0x7fffffff, 0), goaway(1, 0)]))
      await pause(20)
      socket.write(Buffer.concat([headers(false), data('ok', true)]))
    }
    const outcome = await asked(closing, { ...always, expect: { body: 'ok' } })
    expect(fact(outcome, 'answer')).toBe('200 OK, 2 B, HTTP/2')
    expect(outcome.state).toBe('up')
  })

  test.each<[string, readonly Buffer[]]>([
    ['closes the session and will not answer', [SETTINGS, goaway(0, 0)]],
    ['closes the session with an error', [SETTINGS, goaway(1, 11)]],
    ['closes the session in the middle of its answer', [SETTINGS, headers(false), goaway(1, 2)]],
    ['closes a session that was not begun', [goaway(0, 0)]],
    ['gives up the request', [SETTINGS, resetStream(7)]],
    [
      'gives up its answer',
      [SETTINGS, headers(false, field('content-length', '10')), data('half', false), resetStream(8)],
    ],
    ['answers without a status', [SETTINGS, frame(1, 5, 1, field('x', 'y'))]],
    ['answers with status 000', [SETTINGS, frame(1, 5, 1, field(':status', '000'))]],
    ['pushes', [SETTINGS, frame(5, 4, 1, Buffer.concat([word(2), Buffer.from([0x82, 0x86, 0x84])])), resetStream(2)]],
    ['answers another request', [SETTINGS, frame(1, 5, 3, Buffer.from([0x88]))]],
    [
      'repeats a header field twelve thousand times',
      [SETTINGS, headers(true, kept('x', 'y'.repeat(100)), Buffer.alloc(12_000, 0xbe))],
    ],
    ['does not speak it', [Buffer.from('HTTP/1.1 400 Bad Request\r\n\r\n')]],
  ])('a server that %s is down', async (_, frames) => {
    const outcome = await asked((socket) => socket.write(Buffer.concat(frames)), always)
    expect(outcome).toMatchObject({ state: 'down', reason: expect.stringMatching(/^(protocol|reset)$/) })
    expect(outcome.error).toMatch(/^(HTTP\/2 with |the header fields of )?127\.0\.0\.1:\d+ /)
    expect(outcome.error).not.toMatch(/[\u0000-\u001f]/)
  })

  test.each<[string, Buffer]>([
    ['SETTINGS', frame(4, 0, 0, Buffer.from([0, 4, 0, 0, 255, 255]))],
    ['PING', frame(6, 0, 0, Buffer.alloc(8))],
    ['RST_STREAM', resetStream(8)],
    ['GOAWAY', goaway(0, 0)],
    ['empty CONTINUATION', frame(9, 0, 1)],
  ])('a flood of %s ends by itself', async (kind, one) => {
    const first = kind === 'empty CONTINUATION' ? [frame(1, 0, 1, Buffer.from([0x88]))] : []
    const many = Buffer.concat(Array.from({ length: 1000 }, () => one))
    const outcome = await asked((socket) => {
      socket.write(Buffer.concat([SETTINGS, ...first]))
      flood(socket, many)
    }, always)
    expect(outcome).toMatchObject({ state: 'down', reason: expect.stringMatching(/^(protocol|reset)$/) })
  })
})
