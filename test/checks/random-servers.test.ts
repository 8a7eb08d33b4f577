import type { Socket } from 'node:net'
import { expect, test } from 'vitest'
import { checkType } from '../../src/checks/registry.ts'
import { runCheck } from '../../src/checks/run.ts'
import { systemClock } from '../../src/lib/clock.ts'
import { FIELDS } from '../../src/lib/fields.ts'
import { checkDefinition } from './definitions.ts'
import { data, field, frame, goaway, headers, resetStream, SETTINGS, word } from './http/frames.ts'
import { leavingNothing, tcpServer } from './servers/loopback.ts'

/** What servers of several protocols say, and some of what none does. */
const PIECES: readonly Buffer[] = [
  ...[SETTINGS, headers(false), headers(true), headers(false, field('x', 'y')), data('hello', false), data('x', true)],
  ...[resetStream(1), resetStream(8), goaway(0, 0), goaway(1, 2), frame(4, 1, 0), frame(6, 0, 0, Buffer.alloc(8))],
  ...[frame(9, 4, 1, field('a', 'b')), frame(8, 0, 1, word(100)), Buffer.from([22, 3, 3, 0, 50]), Buffer.alloc(12)],
  ...[
    ...[
      'HTTP/1.1 200 OK\r\n',
      'HTTP/1.1 100 Continue\r\n\r\n',
      'HTTP/1.1 302 X\r\nLocation: /\r\n',
      '\r\n',
      'X: y\r\n',
    ],
    ...[
      'Content-Length: 5\r\n',
      'Transfer-Encoding: chunked\r\n',
      '5\r\nhello\r\n',
      '0\r\n\r\n',
      '220 hi\r\n',
      '* OK\r\n',
    ],
    ...[
      '250-x\r\n250 STARTTLS\r\n',
      'a1 OK\r\n',
      '+OK\r\n',
      '\u001b[31m\u0000\u009b\r\n',
      'Content-Encoding: gzip\r\n',
    ],
  ].map((text) => Buffer.from(text, 'latin1')),
  Buffer.from([21, 3, 3, 0, 2, 2, 40]),
]

/** Numbers from 0 to 1 that are the same for the same seed (a linear congruential generator). */
function numbers(seed: number): () => number {
  let state = seed
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
    return state / 2 ** 32
  }
}

function sayAnything(socket: Socket, random: () => number): void {
  let left = 1 + Math.floor(random() * 10)
  const next = () => {
    if (socket.destroyed) return
    if (left-- === 0) {
      const end = random()
      if (end < 0.4) socket.resetAndDestroy()
      else if (end < 0.8) socket.end()
      return
    }
    const piece = Buffer.from(PIECES[Math.floor(random() * PIECES.length)] as Buffer)
    if (random() < 0.2) piece[Math.floor(random() * piece.length)] = Math.floor(random() * 256)
    socket.write(random() < 0.1 ? piece.subarray(0, Math.floor(random() * piece.length)) : piece)
    if (random() < 0.6) next()
    else setTimeout(next, random() * 5)
  }
  socket.resume()
  if (random() < 0.3) next()
  else socket.once('data', next)
}

const CHECKS: readonly (readonly [type: string, (port: number) => Record<string, unknown>])[] = [
  ['http', (port) => ({ url: `http://127.0.0.1:${port}/`, expect: { body: '/(l|ll)+o$/', json: { a: 1 } } })],
  [
    'http',
    (port) => ({ url: `http://127.0.0.1:${port}/`, http2: 'always', method: 'POST', body: 'x'.repeat(100_000) }),
  ],
  ['http', (port) => ({ url: `https://127.0.0.1:${port}/`, insecure: true })],
  ['http', (port) => ({ url: 'https://a.example/', proxy: `http://u:p@127.0.0.1:${port}` })],
  ['tcp', (port) => ({ host: '127.0.0.1', port, send: 'x', expect: '/never/' })],
  ['tls', (port) => ({ host: '127.0.0.1', port, starttls: 'smtp' })],
  ['tls', (port) => ({ host: '127.0.0.1', port, starttls: 'imap' })],
  ['dns', (port) => ({ query: 'a.example', resolver: `127.0.0.1:${port}`, transport: 'tcp' })],
]

test('servers that say anything at any time leave nothing behind, and are told of in safe words', async () => {
  const random = numbers(7)
  await using server = await tcpServer((socket) => sayAnything(socket, random))
  const environment = {
    clock: systemClock,
    processes: async () => [],
    memories: new Map(),
    left: new Map<string, number>(),
    redact: (text: string) => text,
  }
  const once = async ([name, written]: (typeof CHECKS)[number]) => {
    const type = checkType(name)
    if (type === undefined) throw new Error(`no type ${name}`)
    const settings = type.schema(FIELDS).parse(written(server.port))
    const definition = checkDefinition(name, { type: name, settings, timeoutMs: 300 })
    const { outcome } = await runCheck(type, definition, environment, new AbortController().signal)
    // By chance some say what is asked for: then there is no reason.
    expect(outcome.reason ?? 'well', outcome.error).not.toMatch(/^(bug|hangs|error|failed)$/)
    expect(JSON.stringify(outcome)).not.toMatch(/\\u00[01]|[\u007f-\u009f]/)
  }
  for (const check of CHECKS) await once(check)
  await leavingNothing(async () => {
    for (let round = 0; round < 5; round++) await Promise.all([...CHECKS, ...CHECKS].map(once))
  })
  expect(environment.left.size).toBe(0)
}, 30_000)
