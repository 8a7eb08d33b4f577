import { expect, test } from 'vitest'
import { TargetError } from '../../src/checks/check.ts'
import { udp } from '../../src/checks/udp.ts'
import { complaints, context, settingsOf } from './asking.ts'
import { freeUdpPort, leavingNothing, udpServer } from './servers/loopback.ts'

const ESC = '\u001b'

function ask(written: Record<string, unknown>, timeoutMs = 20_000) {
  const settings = settingsOf(udp, { host: '127.0.0.1', send: 'ping', ...written })
  return leavingNothing(() => udp.run(settings, context({ timeoutMs })))
}

test('an answer is up, with what it said and from where', async () => {
  await using server = await udpServer((message) => [Buffer.from(`pong to ${message}\nmore`)])
  const outcome = await ask({ port: server.port, expect: '/^pong/' })
  expect(outcome).toMatchObject({
    state: 'up',
    facts: [
      { name: 'answer', value: 'pong to ping' },
      { name: 'size', value: '17 B' },
      { name: 'from', value: `127.0.0.1:${server.port}` },
    ],
    expectations: [{ name: 'answer', met: true, found: 'pong', wanted: 'matches /^pong/' }],
  })
  expect(outcome.latencyS).toBeGreaterThan(0)
})

test('without anything expected any answer is up, an empty one too', async () => {
  await using server = await udpServer(() => [Buffer.alloc(0)])
  expect((await ask({ port: server.port, send: '' })).state).toBe('up')
})

test('another answer is down, and says both', async () => {
  await using server = await udpServer(() => [Buffer.from('busy')])
  expect(await ask({ port: server.port, expect: 'pong' })).toMatchObject({
    state: 'down',
    reason: 'answer',
    error: 'expected "pong", got "busy"',
  })
})

test('a slow answer is degraded', async () => {
  await using server = await udpServer(() => [Buffer.from('pong')])
  const outcome = await ask({ port: server.port, latency: '0.0001ms' })
  expect(outcome).toMatchObject({ state: 'degraded', reason: 'slow' })
  expect(outcome.error).toMatch(/^took [\d.]+ ms, expected under 0\.00 ms$/)
})

test('a port where nobody listens is refused at once', async () => {
  const port = await freeUdpPort()
  await expect(ask({ port })).rejects.toMatchObject({ code: 'ECONNREFUSED', address: '127.0.0.1', port })
})

test('of the addresses of a name the next is asked where nobody listens; the first tells why none did', async () => {
  const port = await freeUdpPort()
  await expect(ask({ host: 'localhost', port })).rejects.toMatchObject({ code: 'ECONNREFUSED', address: '127.0.0.1' })
})

test('silence is told when the time is over, and the datagram was sent twice', async () => {
  let heard = 0
  await using server = await udpServer(() => {
    heard++
    return []
  })
  expect(await ask({ port: server.port }, 300)).toMatchObject({
    state: 'down',
    reason: 'timeout',
    error: `no answer from 127.0.0.1:${server.port}`,
  })
  expect(heard).toBe(2)
})

test('a datagram that is lost is made up for by the second', async () => {
  let heard = 0
  await using server = await udpServer(() => (heard++ === 0 ? [] : [Buffer.from('pong')]))
  expect((await ask({ port: server.port }, 600)).state).toBe('up')
})

test('garbage and escape sequences come out clean, and the largest datagram is cut', async () => {
  const noise = Buffer.from(`${ESC}[31m\u202e${'x'.repeat(60_000)}`)
  await using server = await udpServer(() => [noise])
  const { error, facts } = await ask({ port: server.port, expect: '/^pong/' })
  expect(`${error}${facts?.[0]?.value}`).not.toMatch(/[\u001b\u202e]/)
  expect(error?.length).toBeLessThan(200)
  expect(facts?.[0]?.value.length).toBeLessThanOrEqual(200)
})

test('targets of the command line', () => {
  expect(udp.parseTarget('udp://[::1]:53', '/x/')).toEqual({
    host: '::1',
    port: 53,
    send: '',
    expect: { source: 'x', flags: '' },
  })
  expect(udp.parseTarget('udp://localhost:53/', undefined)).toEqual({ host: 'localhost', port: 53, send: '' })
  for (const target of ['udp://localhost', 'udp://localhost:0', 'udp://a:1?x=1', 'udp://a:1/path', 'udp://:1'])
    expect(() => udp.parseTarget(target, undefined), target).toThrow(TargetError)
  expect(() => udp.parseTarget('udp://a:1', '/(/')).toThrow('expected a text or a /pattern/, got "/(/"')
})

test('what is written wrong is told', () => {
  expect(complaints(udp, { host: 'a b', port: 0, send: 1 })).toEqual([
    'host: expected a host name or an address, got "a b"',
    'port: expected a port from 1 to 65535, got 0',
    'send: expected a text, got 1',
  ])
})
