import { once } from 'node:events'
import { readdirSync, readFileSync } from 'node:fs'
import { connect, type Socket } from 'node:net'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, test } from 'vitest'
import type { HttpAnswer } from '../../../../src/checks/http/answer.ts'
import { exchangeHttp2 } from '../../../../src/checks/http/h2/exchange.ts'
import type { HttpRequest } from '../../../../src/checks/http/request.ts'
import { PeerError } from '../../../../src/checks/net/peer-error.ts'
import { leavingNothing, tcpServer } from '../../servers/loopback.ts'
import { data, field, flood, frame, goaway, headers, resetStream, SETTINGS, word } from '../frames.ts'
import { exchange } from './exchanging.ts'

const MIB = 1024 * 1024

/** A server that does something once it was spoken to. */
async function hostile(
  answer: (socket: Socket) => unknown,
  timeoutMs?: number,
  changes?: Partial<HttpRequest>,
): Promise<HttpAnswer> {
  await using server = await tcpServer((socket) =>
    socket.once('data', () => {
      socket.resume()
      answer(socket)
    }),
  )
  return await leavingNothing(() => exchange(server.port, changes, timeoutMs))
}

describe('with a hostile server', () => {
  const many = (one: Buffer) => Buffer.concat(Array.from({ length: 1000 }, () => one))

  test.each<[string, readonly Buffer[], Buffer]>([
    ['pings', [SETTINGS], frame(6, 0, 0, Buffer.alloc(8))],
    ['settings', [], SETTINGS],
    ['empty bodies', [SETTINGS, headers(false)], data('', false)],
    ['openings', [SETTINGS], frame(8, 0, 1, word(1))],
    ['priorities', [SETTINGS], frame(2, 0, 3, Buffer.alloc(5))],
    ['unknown frames', [SETTINGS], frame(99, 255, 5)],
    ['continuations', [SETTINGS, frame(1, 0, 1)], frame(9, 0, 1)],
    ['interim answers', [SETTINGS], frame(1, 4, 1, Buffer.from([0x08, 3, 0x31, 0x30, 0x30]))],
  ])('a flood of %s ends by itself', async (_, first, one) => {
    const answer = hostile((socket) => {
      socket.write(Buffer.concat([...first]))
      flood(socket, many(one))
    })
    await expect(answer).rejects.toMatchObject({ name: 'PeerError', reason: 'protocol' })
  })

  test('a body of a million frames takes the room of its bytes', async () => {
    const before = process.memoryUsage().rss
    const answer = await hostile((socket) => {
      socket.write(Buffer.concat([SETTINGS, headers(false)]))
      flood(socket, many(data('x', false)))
    })
    expect(answer).toMatchObject({ cut: true, body: { length: MIB } })
    expect(process.memoryUsage().rss - before).toBeLessThan(200 * MIB)
  })

  test.each<[string, Buffer[], string, string]>([
    ['nothing', [], 'timeout', 'no answer from web'],
    ['half an answer', [SETTINGS, headers(false), data('half', false)], 'timeout', 'the answer of web did not end'],
  ])('that says %s and waits', async (_, frames, reason, message) => {
    const answer = hostile((socket) => socket.write(Buffer.concat(frames)), 300)
    await expect(answer).rejects.toMatchObject({ reason, message })
  })

  test.each<[string, Buffer[]]>([
    ['nothing', []],
    ['half a frame', [SETTINGS.subarray(0, 5)]],
    ['half an answer', [SETTINGS, headers(false, field('content-length', '9')), data('half', false)]],
  ])('that says %s and closes', async (_, frames) => {
    const answer = hostile((socket) => socket.end(Buffer.concat(frames)))
    await expect(answer).rejects.toMatchObject({
      reason: 'reset',
      message: 'web closed the connection before its answer ended',
    })
  })

  test('a signal that is over asks nothing', async () => {
    await using server = await tcpServer((socket) => socket.resume())
    const socket = connect(server.port, '127.0.0.1')
    await once(socket, 'connect')
    const request = { url: new URL('http://x/'), method: 'GET', headers: {}, own: true }
    const reason = new Error('over')
    const asked = exchangeHttp2(
      request,
      { socket, from: 'web' },
      { wantsBody: () => true, extra: {} },
      AbortSignal.abort(reason),
    )
    await expect(asked).rejects.toBe(reason)
    expect(socket.destroyed).toBe(true)
  })
})

/** Numbers from a seed (mulberry32): below `limit`. */
function seeded(seed: number): (limit: number) => number {
  let state = seed
  return (limit) => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) % limit
  }
}

/** Frames as a server might send them, some of them broken. */
function stream(random: (limit: number) => number): Buffer {
  const bytes = (most: number) => Buffer.from(Array.from({ length: random(most) }, () => random(256)))
  const kinds = [
    () => headers(random(2) === 0, field('x', 'y')),
    () => data('some text', random(4) === 0),
    () => frame(4, 0, 0, Buffer.from([0, random(7), 0, random(2), random(256), random(256)])),
    () => frame(6, random(2), 0, Buffer.alloc(8)),
    () => frame(8, 0, random(2), word(random(100_000))),
    () => goaway(random(3), random(20)),
    () => resetStream(random(20)),
    () => frame(1, random(256), random(4), bytes(100)),
    () => frame(random(12), random(256), random(3), bytes(40)),
    () => bytes(50),
  ]
  // What leaves the most to come later is likelier.
  const pick = () => kinds[Math.min(random(kinds.length), random(kinds.length))]?.() as Buffer
  const all = Buffer.concat([SETTINGS, ...Array.from({ length: random(12) }, pick)])
  for (let left = random(4); left > 0; left--) all[random(all.length)] = random(256)
  return all
}

test('whatever a server sends, an exchange ends in time and leaves nothing', async () => {
  let seed = 0
  await using server = await tcpServer((socket) => {
    const random = seeded(seed++)
    const all = stream(random)
    const cut = random(all.length)
    socket.resume()
    socket.write(all.subarray(0, cut))
    socket.write(all.subarray(cut))
    if (random(3) > 0) socket.end()
    else if (random(2) > 0) socket.resetAndDestroy()
  })
  const seen = new Set<string>()
  await leavingNothing(async () => {
    for (let count = 0; count < 400; count++) {
      const body = count % 2 === 0 ? {} : { method: 'POST', body: 'x'.repeat(100_000) }
      const [settled] = await Promise.allSettled([exchange(server.port, body, 150)])
      if (settled.status === 'fulfilled') seen.add(String(settled.value.status))
      else if (settled.reason instanceof PeerError) seen.add(settled.reason.reason)
      else seen.add(settled.reason.code)
    }
  })
  const possible = ['200', 'protocol', 'reset', 'timeout', 'ECONNRESET', 'EPIPE', 'ECONNABORTED']
  expect([...seen].filter((one) => !/^[1-9]\d\d$/.test(one) && !possible.includes(one))).toEqual([])
  expect([...seen]).toEqual(expect.arrayContaining(['200', 'protocol', 'reset']))
}, 60_000)

test('nobody loads the HTTP/2 of Node, which a peer can bring down', () => {
  const folder = fileURLToPath(new URL('../../../../src', import.meta.url))
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((file) => /\.tsx?$/.test(file))
  const loading = files.filter((file) =>
    /(from|import|require)\s*\(?\s*'(node:)?http2'|allowH2/.test(readFileSync(join(folder, file), 'utf8')),
  )
  expect(loading).toEqual([])
})
