import { expect, test } from 'vitest'
import { tcpServer } from '../checks/servers/loopback.ts'
import { ConfigHome, headingOf, openWith, rowOf, webServer } from './checking.ts'
import { KEY } from './terminal.ts'

/** A window title, a cleared screen, C1 controls, bidi overrides, zero width, a private use area. */
const EVIL = '\x1b]0;pwned\x07\x1b[2J\x1b[31mred\x9b31m\x90q\u202ertl\u2066\u200b\ue000end'
const BODY = `${EVIL} `.repeat(Math.ceil(2 ** 20 / EVIL.length))

/** What the writer itself uses: cursor, styles, modes, the questions to the terminal. */
const OURS = new Set(['m', 'H', 'C', 'K', 'G', 'd', 'h', 'l', 'n', 'c', 'X', 'D', 'A', 'B', 'b', 't', 'u', ']11'])

test('nothing that a server sends reaches the terminal raw', { timeout: 90_000 }, async () => {
  await using web = await webServer(({ url }, response) => {
    // Node itself lets no control character but these into a header.
    response.setHeader('x-evil', '\x80\x9b31m\x85evil')
    response.setHeader('content-type', 'text/plain; charset=utf-8')
    response.statusCode = url === '/fails' ? 500 : 200
    response.statusMessage = 'OK \x9b2J'
    response.end(BODY)
  })
  await using banner = await tcpServer((socket) => socket.end(`${EVIL}\r\n${BODY}`))
  await using raw = await tcpServer((socket) =>
    socket.once('data', () =>
      socket.end(`HTTP/1.1 503 ${EVIL}\r\nX-Evil: ${EVIL}\r\nConnection: close\r\n\r\n${BODY}`),
    ),
  )
  using config = new ConfigHome(`defaults: { interval: 1s, retries: 0, failures: 1 }
checks:
  - { name: body, type: http, url: "http://127.0.0.1:${web.port}/", expect: { body: nowhere } }
  - { name: fails, type: http, url: "http://127.0.0.1:${web.port}/fails" }
  - { name: banner, type: tcp, host: 127.0.0.1, port: ${banner.port}, expect: nowhere }
  - { name: greets, type: tcp, host: 127.0.0.1, port: ${banner.port}, expect: /end/ }
  - { name: raw, type: http, url: "http://127.0.0.1:${raw.port}/" }
  - { name: well, type: http, url: "http://127.0.0.1:${web.port}/" }
`)
  await using terminal = openWith(config)
  await terminal.shows((rows) => headingOf(rows).includes('4 down') && rowOf(rows, 'well') !== '', 30_000)
  terminal.type('5')
  for (const name of ['body', 'fails', 'banner', 'greets', 'raw', 'well']) {
    terminal.type(`/${name}${KEY.enter}`)
    await terminal.shows((rows) => headingOf(rows).includes('1 of 6'))
    terminal.type(KEY.enter)
    await terminal.shows((rows) => rows[0]?.includes(`› ${name}`) === true)
    // Each panel of its page in full as well.
    for (const panel of '28') {
      terminal.type(`${panel}f`)
      await terminal.shows((rows) => rows.filter((row) => /^[╭┍]/.test(row)).length === 1)
      terminal.type('f')
      await terminal.shows((rows) => rows.filter((row) => /^[╭┍]/.test(row)).length > 2)
    }
    terminal.type(KEY.escape)
    await terminal.shows((rows) => headingOf(rows).includes('1 of 6'))
    terminal.type(KEY.escape)
    await terminal.shows((rows) => headingOf(rows) !== '' && !headingOf(rows).includes('1 of 6'))
  }
  terminal.type('5')
  await terminal.shows(/NAME +STATE/)
  const sequences = new Set(
    [...terminal.raw.matchAll(/\x1b(?:\[[?>]?[\d;]*[ -/]*([@-~])|\](\d+);[ -~]*\x1b\\|(.))/g)].map(
      (match) => match[1] ?? match[3] ?? `]${match[2]}`,
    ),
  )
  expect([...sequences].filter((final) => !OURS.has(final))).toEqual([])
  expect(terminal.raw).not.toMatch(
    /[\x00-\x06\x07\x0e-\x17\x19\x1a\x1c-\x1f\x7f\x80-\x9f\u200b-\u200f\u202a-\u202e\u2066-\u2069\ue000-\uf8ff]/,
  )
  expect(terminal.raw).not.toContain('pwned\x07')
})
