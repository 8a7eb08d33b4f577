import { rmSync, writeFileSync } from 'node:fs'
import { createServer as createHttpServer } from 'node:http'
import { createServer as createHttpsServer } from 'node:https'
import { networkInterfaces } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { hasOpenssl, makeCertificates } from '../checks/servers/certificates.ts'
import { freeTcpPort, serving, tcpServer, udpServer } from '../checks/servers/loopback.ts'
import { ConfigHome, type CountingServer, webServer } from './checking.ts'
import { sleeper } from './helpers.ts'
import { check, checksOf, start } from './run-check.ts'

let web: CountingServer
beforeAll(async () => {
  web = await webServer(({ url, headers }, response) => {
    if (url === '/broken') response.statusCode = 500
    setTimeout(() => response.end(url === '/echo' ? `${headers.authorization}` : 'ok'), url === '/slow' ? 300 : 0)
  })
})
afterAll(() => web[Symbol.asyncDispose]())
const at = (path = '/') => `http://127.0.0.1:${web.port}${path}`

test('every kind of target that needs no configuration is asked', async () => {
  await using greeter = await tcpServer((socket) => socket.end('220 ready\r\n'))
  await using echo = await udpServer((message) => [message])
  const name = `target-${process.pid}`
  using _ = sleeper(name)
  const targets = [
    at(),
    `tcp://localhost:${greeter.port}`,
    `udp://127.0.0.1:${echo.port}`,
    'dns://localhost',
    `process:${name}`,
    `file:${process.execPath}`,
    'exec:/bin/true',
  ]
  const run = await check('--format', 'json', ...targets)
  expect(checksOf(run).map(({ type, state }) => [type, state])).toEqual(
    ['http', 'tcp', 'udp', 'dns', 'process', 'file', 'exec'].map((type) => [type, 'up']),
  )
  expect(run.status).toBe(0)
})

test('ping and systemd are asked, or it is said why they cannot be', async () => {
  const checks = checksOf(await check('--format', 'json', 'ping://127.0.0.1', 'systemd:healthtop-has-none'))
  expect(checks.map(({ type }) => type)).toEqual(['icmp', 'systemd'])
  for (const { state, error } of checks) if (state !== 'up') expect(error).toMatch(/\w+ \w+/)
})

test.skipIf(!hasOpenssl())('https speaks HTTP/2, and tls tells the certificate', async () => {
  using certificates = makeCertificates()
  const { certificate: cert, key } = certificates.server
  await using server = await serving(createHttpsServer({ cert, key }, (_, response) => response.end('ok')))
  const targets = [`https://localhost:${server.port}/`, `tls://localhost:${server.port}`]
  const trusting = { SSL_CERT_FILE: certificates.authority.certificatePath }
  const trusted = await start(['check', '--format', 'json', ...targets], trusting).ended
  expect(checksOf(trusted).map(({ state }) => state)).toEqual(['up', 'up'])
  const strange = await check(...targets)
  expect(strange.status).toBe(2)
  expect(strange.stdout).toMatch(/down .*https:/)
})

test('json has the keys of the contract', async () => {
  const { stdout, status } = await check('--format', 'json', at(), at('/broken'))
  const { t, verdict, checks, v, ...more } = JSON.parse(stdout)
  expect([verdict, status, v, more]).toEqual(['critical', 2, 1, {}])
  expect(Math.abs(t - Date.now())).toBeLessThan(60_000)
  const { details, latency_s, since_ms, ...fixed } = checks[1]
  expect(fixed).toEqual({
    name: at('/broken'),
    type: 'http',
    target: at('/broken'),
    state: 'down',
    reason: 'status',
    flapping: false,
    error: 'expected status 2xx, got 500 Internal Server Error',
    labels: {},
  })
  expect(latency_s).toBeGreaterThan(0)
  expect(since_ms).toBeGreaterThan(t - 60_000)
  expect(details).toMatchObject({ origin: 'given', tries: 1, phases_s: { connect: expect.any(Number) } })
})

test('table, nagios and junit tell the same', async () => {
  const closed = await freeTcpPort()
  const targets = [at(), `tcp://127.0.0.1:${closed}`]
  const [table, nagios, junit] = await Promise.all([
    check(...targets),
    check('--format', 'nagios', ...targets),
    check('--format', 'junit', ...targets),
  ])
  expect([table.status, nagios.status, junit.status]).toEqual([2, 2, 2])
  const refused = `connection refused by 127.0.0.1:${closed}`
  expect(table.stdout.split('\n')[1]).toMatch(new RegExp(`^✖ down +127\\.0\\.0\\.1:${closed} +tcp .*${refused}$`))
  expect(table.stdout).toMatch(/\n\n1 down, 1 up\n$/)
  expect(table.stdout).not.toContain('\u001b')
  expect(nagios.stdout.split('\n')[0]).toMatch(
    new RegExp(`^HEALTHTOP CRITICAL - 1 down, 1 up: 127\\.0\\.0\\.1:${closed}: ${refused} \\| \\S+=[\\d.]+s;;;0$`),
  )
  expect(junit.stdout).toMatch(
    /^<\?xml version="1.0" encoding="UTF-8"\?>\n<testsuites name="healthtop" tests="2" failures="1"/,
  )
  const ascii = await start(['--ascii', 'check', ...targets]).ended
  expect(ascii.stdout).toMatch(/^[\x20-\x7e\n]*$/)
})

test('the exit code is the worst state', async () => {
  const slow = new ConfigHome(
    `checks:\n  - { name: slow, type: http, url: "${at('/slow')}", expect: { latency: 50ms } }\n`,
  )
  using _ = slow
  const given = ['-c', slow.path, 'check', 'slow']
  const closed = `tcp://127.0.0.1:${await freeTcpPort()}`
  const ends = await Promise.all([
    check(at()),
    start(given).ended,
    start([...given, closed]).ended,
    check('exec:/nowhere/at/all'),
    check('tcp://nowhere'),
  ])
  expect(ends.map(({ status }) => status)).toEqual([0, 1, 2, 3, 3])
})

test('--expect is what the answer has to be', async () => {
  const runs = await Promise.all([
    check(at(), '--expect', '204'),
    check(at(), '--expect', '/^o/'),
    check('process:healthtop-has-none', '--expect', '0'),
  ])
  expect(runs.map(({ status }) => status)).toEqual([2, 0, 0])
  expect(runs[0]?.stdout).toContain('expected status 204, got 200 OK')
})

test('names and labels choose from the configuration; retries and dependencies are those of it', async () => {
  const closed = await freeTcpPort()
  using home = new ConfigHome(`checks:
  - { name: api, type: http, url: "${at('/broken')}", depends: [db], labels: { team: web } }
  - { name: db, type: tcp, host: 127.0.0.1, port: ${closed}, retries: 2 }
  - { name: "shop :80", type: http, url: "${at('/shop')}", labels: { team: web } }
`)
  const json = async (...args: string[]) =>
    checksOf(await start(['-c', home.path, '--no-discover', 'check', '--format', 'json', ...args]).ended)
  const all = await json()
  expect(all.map(({ name, state }) => [name, state])).toEqual([
    ['api', 'unknown'],
    ['db', 'down'],
    ['shop :80', 'up'],
  ])
  expect(all[0]?.error).toContain('db')
  expect(all[1]?.details.tries).toBe(3)
  expect((await json('team=web')).map(({ name }) => name)).toEqual(['api', 'shop :80'])
  expect((await json('shop :80', at('/other'))).map(({ name }) => name)).toEqual([at('/other'), 'shop :80'])
  const wrong = await start(['-c', home.path, '--no-discover', 'check', 'apo']).ended
  expect(wrong).toEqual({ status: 3, stdout: '', stderr: 'healthtop: there is no check "apo"; did you mean api?\n' })
})

test('a target that is also the name of a check is a check of its own', async () => {
  const name = `127.0.0.1:${web.port}`
  using home = new ConfigHome(`checks:\n  - { name: "${name}", type: http, url: "${at()}" }\n`)
  const run = await start(['-c', home.path, 'check', '--format', 'json', name, `tcp://${name}`]).ended
  expect(checksOf(run).map((one) => [one.name, one.type])).toEqual([
    [`tcp ${name}`, 'tcp'],
    [name, 'http'],
  ])
  // The same one twice is asked once.
  expect(checksOf(await check('--format', 'json', at('/twice'), at('/twice')))).toHaveLength(1)
  expect(web.arrivals('/twice')).toHaveLength(1)
})

test('a configuration that is wrong is told whole, and nothing is asked', async () => {
  using home = new ConfigHome('checks:\n  - { name: a, type: tcp, host: x, prot: 1 }\n  - { name: b, type: htp }\n')
  const { status, stdout, stderr } = await start(['-c', home.path, 'check']).ended
  expect([status, stdout]).toEqual([3, ''])
  expect(stderr).toContain('healthtop.yaml:2:36 checks[0].prot: a check of type tcp has no "prot"; did you mean port?')
  expect(stderr).toContain('did you mean http?')
})

test('with no configuration it is what listens here, and nothing where that is not wanted', async () => {
  const found = checksOf(await check('--format', 'json'))
  expect(new Set(found.map(({ details }) => details.origin))).toEqual(new Set(['discovered']))
  // No more than 200 are made of one machine: on a crowded one it may be left out.
  const own = found.length === 200 ? { type: 'http', state: 'up' } : found.find(({ target }) => target === at())
  expect(own).toMatchObject({ type: 'http', state: 'up' })
  expect(await check('--no-discover')).toEqual({
    status: 3,
    stdout: '',
    stderr:
      'healthtop: check: nothing is configured and --no-discover looks for nothing; name a target: a URL, process:NAME, file:PATH, systemd:UNIT\n',
  })
}, 60_000)

const hasIpv6 = Object.values(networkInterfaces()).some((addresses) =>
  addresses?.some(({ address }) => address === '::1'),
)
test.skipIf(!hasIpv6)('addresses of IPv6 are addresses', async () => {
  await using server = await serving(
    createHttpServer((_, response) => response.end('ok')),
    { host: '::1' },
  )
  const run = await check('--format', 'json', `http://[::1]:${server.port}/`, `tcp://[::1]:${server.port}`)
  expect(checksOf(run).map(({ target, state }) => [target, state])).toEqual([
    [`http://[::1]:${server.port}/`, 'up'],
    [`[::1]:${server.port}`, 'up'],
  ])
})

test('a password in a URL is nowhere in what is printed, though the server tells it', async () => {
  const secret = 'hunter2hunter2'
  const url = at(`/echo?token=${secret}`).replace('//', `//admin:${secret}@`)
  const forms = [secret, Buffer.from(`admin:${secret}`).toString('base64')]
  for (const format of ['table', 'json', 'nagios', 'junit'])
    for (const expected of ['200', 'ready', '204']) {
      const { stdout, stderr, status } = await check('--format', format, '--expect', expected, url)
      expect(status).toBe(expected === '200' ? 0 : 2)
      for (const form of forms) expect(stdout + stderr).not.toContain(form)
    }
}, 60_000)

test('what a server says does not reach the terminal raw', async () => {
  const folder = new ConfigHome()
  using _ = folder
  const script = join(folder.home, 'plugin')
  writeFileSync(script, '#!/bin/sh\nprintf "bad \\033[31m\\007\\302\\233 |a=1\\n"; exit 2\n', { mode: 0o755 })
  await using rude = await tcpServer((socket) => socket.end('\u001b]0;title\u0007\u001b[2J'))
  for (const format of ['table', 'nagios', 'json', 'junit']) {
    const run = await check('--format', format, `exec:${script}`, `tcp://127.0.0.1:${rude.port}`, '--expect', 'x')
    // A plug-in takes no --expect, so that nothing is asked at all.
    expect(run.status).toBe(3)
    const { stdout } = await check('--format', format, `exec:${script}`, `tcp://127.0.0.1:${rude.port}`)
    expect(stdout).toContain('bad')
    expect(stdout).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f]/)
  }
  rmSync(script)
})
