import { setTimeout as pause } from 'node:timers/promises'
import { describe, expect, test } from 'vitest'
import { TargetError } from '../../src/checks/check.ts'
import { http } from '../../src/checks/http.ts'
import { complaints, settingsOf } from './asking.ts'
import { ask, fact, rows, webServer } from './http/asked.ts'

const UP = JSON.stringify({ status: 'UP', db: { nodes: [{ state: 'slow' }, { state: 'ok' }] }, count: 3 })

describe('an answer', () => {
  test('that is as expected is up, with all there is to tell', async () => {
    await using server = await webServer((_, response) => {
      response.setHeader('content-type', 'application/json')
      response.end(UP)
    })
    const outcome = await ask({
      url: `${server.url}healthz`,
      expect: {
        latency: '10s',
        status: [200, 204],
        body: '/ok|UP/',
        json: { status: 'UP', 'db.nodes[1].state': '/^ok$/', count: 3 },
        headers: { 'Content-Type': '/json/' },
      },
    })
    expect(outcome).toMatchObject({ state: 'up', facts: expect.anything() })
    expect(outcome.error).toBeUndefined()
    expect(rows(outcome)).toEqual([
      expect.stringMatching(/^✓ latency: .* ms \| under 10.00 s$/),
      '✓ status: 200 | 200 or 204',
      '✓ body: "status":"UP" | matches /ok|UP/',
      '✓ json: status = UP | status = UP',
      '✓ json: db.nodes[1].state = ok | db.nodes[1].state = /^ok$/',
      '✓ json: count = 3 | count = 3',
      '✓ header: application/json | Content-Type /json/',
    ])
    expect(fact(outcome, 'answer')).toBe(`200 OK, ${UP.length} B, HTTP/1.1`)
    expect(fact(outcome, 'from')).toBe(`127.0.0.1:${server.port}`)
    expect(fact(outcome, 'body')).toBe(UP)
    expect(outcome.headers).toContainEqual({ name: 'content-type', value: 'application/json' })
    expect(Object.keys(outcome.phases ?? {})).toEqual(['connect', 'first_byte', 'transfer'])
    const sum = Object.values(outcome.phases ?? {}).reduce((all, seconds) => all + seconds, 0)
    expect(sum).toBeLessThanOrEqual(outcome.latencyS ?? 0)
  })

  test('that is not is down, and says what was wanted and what came', async () => {
    await using server = await webServer((_, response) => {
      response.writeHead(503, { 'content-type': 'text/html' }).end('<h1>down for maintenance</h1>')
    })
    const wanted = { body: 'fine', json: { status: 'UP' }, headers: { 'content-type': '/json/', 'x-node': 'a' } }
    const outcome = await ask({ url: server.url, expect: wanted })
    expect(outcome).toMatchObject({ state: 'down', reason: 'status' })
    expect(outcome.error).toBe('expected status 2xx, got 503 Service Unavailable')
    expect(rows(outcome)).toEqual([
      '✖ status: 503 | 2xx',
      '✖ body: <h1>down for maintenance</h1> | contains "fine"',
      '✖ json: no JSON | status = UP',
      '✖ header: text/html | content-type /json/',
      '✖ header: none | x-node "a"',
    ])
  })

  test.each([
    [{ body: 'fine' }, 'body', 'expected the body to contain "fine", got {"status":"DOWN","deep":[[1]]}'],
    [{ body: '/fine/i' }, 'body', 'expected the body to match /fine/i, got {"status":"DOWN","deep":[[1]]}'],
    [{ json: { status: 'UP' } }, 'json', 'expected json status = UP, got DOWN'],
    [{ json: { 'a.b': 1 } }, 'json', 'expected json a.b = 1, got nothing'],
    [{ json: { deep: 1 } }, 'json', 'expected json deep = 1, got a list of 1'],
    [{ json: { constructor: '/./' } }, 'json', 'expected json constructor = /./, got nothing'],
    [{ headers: { server: 'x' } }, 'header', 'expected header server "x", got none'],
    [{ status: '3xx' }, 'status', 'expected status 3xx, got 200 OK'],
  ])('against %j', async (wanted, reason, error) => {
    await using server = await webServer((_, response) => response.end('{"status":"DOWN","deep":[[1]]}'))
    expect(await ask({ url: server.url, expect: wanted })).toMatchObject({ state: 'down', reason, error })
  })

  test.each([
    ['<p>', 'expected json a = 1, but the body is no JSON'],
    ['', 'expected json a = 1, but the body is empty'],
    ['['.repeat(500_000), 'expected json a = 1, but the body is no JSON'],
    [`${'['.repeat(300_000)}${']'.repeat(300_000)}`, 'expected json a = 1, got nothing'],
  ])('that is no JSON', async (body, error) => {
    await using server = await webServer((_, response) => response.end(body))
    expect(await ask({ url: server.url, expect: { json: { a: 1 } } })).toMatchObject({ reason: 'json', error })
  })

  test('that is late is degraded, and down when it is wrong as well', async () => {
    await using server = await webServer(async (_, response) => {
      await pause(60)
      response.end('late')
    })
    const late = await ask({ url: server.url, expect: { latency: '50ms' } })
    expect(late).toMatchObject({ state: 'degraded', reason: 'slow' })
    expect(late.error).toMatch(/^answered in \d+ ms, expected under 50 ms$/)
    expect(await ask({ url: server.url, expect: { latency: '50ms', body: 'early' } })).toMatchObject({
      state: 'down',
      reason: 'body',
    })
  })

  test('on which a pattern takes for ever says nothing of the service', async () => {
    await using server = await webServer((_, response) => response.end(`${'a'.repeat(40)}b`))
    const outcome = await ask({ url: server.url, expect: { body: '/^(a+)+$/' } })
    expect(outcome).toMatchObject({ state: 'unknown', reason: 'pattern' })
    expect(outcome.error).toMatch(/took longer than/)
  })

  test('may have no body', async () => {
    await using server = await webServer((request, response) => {
      if (request.method === 'HEAD') response.writeHead(200, { 'content-length': 500 }).end()
      else response.writeHead(204, { 'content-encoding': 'gzip' }).end()
    })
    expect(fact(await ask({ url: server.url, method: 'head' }), 'answer')).toBe('200 OK, 0 B, HTTP/1.1')
    expect(fact(await ask({ url: server.url }), 'answer')).toBe('204 No Content, 0 B, HTTP/1.1')
  })

  test('may come after interim ones, in pieces, with trailers', async () => {
    await using server = await webServer((_, response) => {
      response.writeEarlyHints({ link: '</a>; rel=preload' })
      response.writeHead(200, { trailer: 'x-sum' })
      response.write('one ')
      response.write('two')
      response.addTrailers({ 'x-sum': '2' })
      response.end()
    })
    expect(await ask({ url: server.url, expect: { body: 'one two' } })).toMatchObject({ state: 'up' })
  })

  test('in Latin-1 is read so', async () => {
    await using server = await webServer((_, response) => {
      response.setHeader('content-type', 'text/plain; charset=ISO-8859-1')
      response.end(Buffer.from('läuft', 'latin1'))
    })
    expect(await ask({ url: server.url, expect: { body: 'läuft' } })).toMatchObject({ state: 'up' })
  })

  test('with escape sequences comes out clean', async () => {
    await using server = await webServer((_, response) => {
      response.writeHead(500, 'Oh\u0085 no', { 'x-odd': 'a\u009bb' })
      response.end('\u001b]0;owned\u0007\u001b[2J{"a":"\u202e\u001b[31m"}')
    })
    const outcome = await ask({ url: server.url, expect: { body: 'fine', json: { a: 1 }, headers: { 'x-odd': 'z' } } })
    expect(outcome.state).toBe('down')
    expect(JSON.stringify(outcome)).not.toMatch(/\\u00[0189]|[\p{Cc}\p{Cf}]/u)
    expect(fact(outcome, 'body')).toBe(']0;owned[2J{"a":"[31m"}')
  })
})

describe('a request', () => {
  test('is what the settings say', async () => {
    await using server = await webServer(async (request, response) => {
      const body = (await request.toArray()).join('')
      response.end(JSON.stringify({ method: request.method, url: request.url, headers: request.headers, body }))
    })
    const outcome = await ask({
      url: `${server.url}a%20b?q=1#part`,
      method: 'post',
      headers: { 'content-type': 'text/plain', 'User-Agent': 'mine', host: 'shop.example' },
      body: 'grüße',
      expect: {
        json: {
          method: 'POST',
          url: '/a%20b?q=1',
          body: 'grüße',
          'headers.host': 'shop.example',
          'headers.user-agent': 'mine',
          'headers["content-length"]': '7',
          'headers.content-type': 'text/plain',
        },
      },
    })
    expect(rows(outcome).filter((row) => !row.startsWith('✓'))).toEqual([])
  })

  test.each([
    ['basic', { auth: { basic: { user: 'tom', password: 's3cret:x' } } }, 'Basic dG9tOnMzY3JldDp4'],
    ['bearer', { auth: { bearer: 'abcdef' } }, 'Bearer abcdef'],
    ['a header', { headers: { Authorization: 'Key abcdef' } }, 'Key abcdef'],
  ])('shows who asks: %s', async (_, settings, wanted) => {
    await using server = await webServer((request, response) => {
      const { authorization } = request.headers
      response.statusCode = authorization === wanted ? 200 : 401
      response.end(`you are ${authorization}`)
    })
    expect(await ask({ url: server.url })).toMatchObject({ reason: 'status' })
    const outcome = await ask({ url: server.url, ...settings })
    expect(outcome.state).toBe('up')
    // What a server says back is no less a secret.
    expect(fact(outcome, 'body')).toMatch(/^you are .{0,9}…$/)
    expect(JSON.stringify(outcome)).not.toMatch(/abcdef|s3cret|dG9tOnM/)
  })

  test('takes user and password of the URL', async () => {
    await using server = await webServer((request, response) => response.end(request.headers.authorization))
    const url = server.url.replace('//', '//tom:p%40ss@')
    const outcome = await ask({ url, expect: { body: 'Basic dG9tOnBAc3M=' } })
    expect(outcome.state).toBe('up')
    expect(http.target(settingsOf(http, { url }))).toBe(server.url)
  })

  test('masks what the answer tells in confidence', async () => {
    await using server = await webServer((_, response) => {
      response.setHeader('set-cookie', ['sid=abc123; HttpOnly', 'theme=dark'])
      response.setHeader('x-auth-token', 'abc123')
      response.end()
    })
    const { headers } = await ask({ url: server.url })
    expect(headers).toContainEqual({ name: 'set-cookie', value: 'sid=…; HttpOnly' })
    expect(headers).toContainEqual({ name: 'x-auth-token', value: '…' })
    expect(JSON.stringify(headers)).not.toContain('abc123')
  })

  test('that cannot be sent says nothing of the service', async () => {
    await using server = await webServer((_, response) => response.end())
    const outcome = await ask({ url: server.url, headers: { 'transfer-encoding': 'odd' } })
    expect(outcome).toMatchObject({ state: 'unknown', reason: 'setting' })
  })
})

describe('redirects', () => {
  const hops = (count: number) =>
    webServer((request, response) => {
      const at = Number(request.url?.slice(1))
      if (at < count) response.writeHead(302, { location: `/${at + 1}` }).end('moved')
      else response.end('here')
    })

  test('are followed', async () => {
    await using server = await hops(2)
    const outcome = await ask({ url: `${server.url}0`, expect: { body: 'here' } })
    expect(outcome.state).toBe('up')
    expect(fact(outcome, 'redirected')).toBe(`2 times to ${server.url}2`)
  })

  test('end when there are too many', async () => {
    await using server = await hops(Number.POSITIVE_INFINITY)
    const outcome = await ask({ url: `${server.url}0` })
    expect(outcome).toMatchObject({ state: 'down', reason: 'redirect' })
    expect(outcome.error).toBe(`redirected more than 5 times, last by ${server.url}5`)
  })

  test('are not followed where nobody wants it', async () => {
    await using server = await hops(1)
    const outcome = await ask({ url: `${server.url}0`, redirects: 0, expect: { headers: { location: '/1' } } })
    expect(rows(outcome)).toEqual(['✓ status: 302 | 2xx or 3xx', '✓ header: /1 | location "/1"'])
    expect(fact(outcome, 'body')).toBe('moved')
  })

  test('lead only to what speaks HTTP', async () => {
    await using server = await webServer((_, response) =>
      response.writeHead(301, { location: 'file:///etc/passwd' }).end(),
    )
    const outcome = await ask({ url: server.url })
    expect(outcome).toMatchObject({ state: 'down', reason: 'redirect' })
    expect(outcome.error).toBe(`${server.url} redirects to what is no http or https URL`)
  })

  test('take no secrets to another host, and no body', async () => {
    await using other = await webServer(async (request, response) => {
      const body = (await request.toArray()).join('')
      response.end(JSON.stringify({ method: request.method, headers: request.headers, body }))
    })
    await using server = await webServer((_, response) => response.writeHead(302, { location: other.url }).end())
    const outcome = await ask({
      url: server.url,
      method: 'POST',
      body: 'secret body',
      auth: { bearer: 'abcdef' },
      headers: { cookie: 'sid=1', 'x-key': 'k', accept: 'text/x' },
      expect: { json: { method: 'GET', body: '', 'headers.accept': 'text/x', 'headers.x-key': 'k' } },
    })
    expect(rows(outcome).slice(1)).toEqual([
      '✓ json: method = GET | method = GET',
      '✓ json: body = an empty text | body = an empty text',
      '✓ json: headers.accept = text/x | headers.accept = text/x',
      '✖ json: headers.x-key = nothing | headers.x-key = k',
    ])
    expect(fact(outcome, 'body')).not.toMatch(/authorization|cookie|content-length/)
  })
})

describe('a target of the command line', () => {
  test.each([
    ['http://localhost:8080/x', undefined, {}],
    ['https://localhost/', '200', { expect: { status: ['200'] } }],
    ['https://localhost/', '200, 3XX', { expect: { status: ['200', '3xx'] } }],
    ['https://localhost/', 'ok', { expect: { body: { text: 'ok' } } }],
    ['https://localhost/', '/ok/i', { expect: { body: { source: 'ok', flags: 'i' } } }],
  ])('%s with %s', (target, wanted, rest) => {
    expect(http.parseTarget(target, wanted)).toEqual({ url: target, ...rest })
  })

  test.each([
    [
      'http://',
      undefined,
      'expected https://host/path, http://host:port/path or http+unix://%2Fpath%2Fof.sock/path, got "http://"',
    ],
    ['https://u:p@:1', undefined, /got "https:\/\/:1"$/],
    ['http://x', '/(/', 'expected a status such as 200 or 2xx, a text or a /pattern/, got "/(/"'],
  ])('%s with %s is none', (target, wanted, message) => {
    expect(() => http.parseTarget(target, wanted)).toThrow(TargetError)
    expect(() => http.parseTarget(target, wanted)).toThrow(message)
  })

  test('is shown without its secrets, and counts by host and port', () => {
    const settings = { url: 'https://u:p@[::1]:8443/a?api_key=123&page=2#x' }
    expect(http.target(settings)).toBe('https://[::1]:8443/a?api_key=…&page=2')
    expect(http.peer?.(settings)).toBe('[::1]:8443')
    expect(http.peer?.({ url: 'https://shop.example/' })).toBe('shop.example:443')
    expect(http.peer?.({ url: 'http+unix://%2Frun%2Fx.sock/' })).toBe('/run/x.sock')
    expect(http.target({ url: 'masked \u001b' })).toBe('masked ')
  })
})

test('settings that are wrong are told', () => {
  const url = 'http://localhost/'
  expect(complaints(http, { url: 'ftp://u:secret@host' })).toEqual([
    'url: expected a URL: https://host/path, http://host:port/path or http+unix://%2Fpath%2Fof.sock/path',
  ])
  expect(complaints(http, { url, expect: { status: [99, '2xx'], json: { a: '/(/' }, certificate: 'soon' } })).toEqual([
    'expect.status.0: expected a status such as 200, or a class such as 2xx, got 99',
    'expect.json.a: expected a value or a /pattern/, got "/(/"',
    'expect.certificate: expected a duration such as 14d, or 0, got "soon"',
  ])
  expect(complaints(http, { url, headers: { 'a b': 'x' } })).toEqual([
    'headers: expected names of headers, such as Accept',
  ])
  expect(complaints(http, { url, headers: { a: 'secret\n' } })).toEqual([
    'headers: expected values of headers without line breaks and control characters',
  ])
  expect(complaints(http, { url, proxy: 'socks5://localhost' })).toEqual([
    'proxy: expected the URL of a proxy: http://host:port',
  ])
  expect(complaints(http, { url, method: 'CONNECT' })).toEqual([
    'method: expected a method such as GET or POST, got "CONNECT"',
  ])
  expect(complaints(http, { url, expect: { certificate: 0, status: '2XX' }, redirects: 0 })).toEqual([])
})
