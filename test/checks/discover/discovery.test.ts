import { createServer as createHttpServer } from 'node:http'
import { type AddressInfo, createServer, type Server } from 'node:net'
import { afterEach, expect, test, vi } from 'vitest'
import { Discovery } from '../../../src/checks/discover/discovery.ts'
import { candidatesOf } from '../../../src/checks/discover/guess.ts'
import type { Place } from '../../../src/checks/discover/places.ts'
import { checkType } from '../../../src/checks/registry.ts'
import { runCheck } from '../../../src/checks/run.ts'
import { systemClock } from '../../../src/lib/clock.ts'
import { FIELDS } from '../../../src/lib/fields.ts'
import type { CheckDefinition } from '../../../src/model/check.ts'
import type { Listener } from '../../../src/model/host.ts'

const OWN_PID = 99
const MINUTE = 60_000
const servers: Server[] = []
const stop = new AbortController()

afterEach(() => {
  for (const server of servers.splice(0)) server.close()
})

async function listening(server: Server, process: string): Promise<Listener> {
  servers.push(server)
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  return { protocol: 'tcp', address: '127.0.0.1', port, process, pid: 7 }
}

const speaking = (text: string) => createServer((socket) => socket.on('error', () => {}).end(text))

function discovery() {
  let definitions: readonly CheckDefinition[] = []
  let told = 0
  const turned: string[] = []
  const found = new Discovery({
    onTurned: (names) => turned.push(...names),
    ownPid: OWN_PID,
    onDefinitions(all) {
      definitions = all
      told++
    },
    run: (definition) =>
      runCheck(
        checkType(definition.type)!,
        definition,
        {
          clock: systemClock,
          processes: async () => [],
          memories: new Map(),
          left: new Map(),
          redact: (text) => text,
        },
        stop.signal,
      ),
  })
  return {
    found,
    turned,
    get told() {
      return told
    },
    get said() {
      return definitions.map(({ name, type, target }) => `${name} ${type} ${target}`)
    },
    get definitions() {
      return definitions
    },
  }
}

test('a web server is found to be one, whatever it answers', async () => {
  const server = createHttpServer((_, response) => response.writeHead(503).end('down for maintenance'))
  const listener = await listening(server, 'node')
  const one = discovery()
  await one.found.take([listener], 0)
  expect(one.said).toEqual([`node http http://127.0.0.1:${listener.port}/`])
  expect(one.definitions[0]).toMatchObject({ origin: 'discovered', failures: 1, labels: {} })
})

test('what does not speak what its program usually speaks is checked over TCP alone', async () => {
  const listener = await listening(speaking('\x00\x01\x02 not the web'), 'node')
  const one = discovery()
  await one.found.take([listener], 0)
  expect(one.said).toEqual([`node tcp 127.0.0.1:${listener.port}`])
})

test('a server that greets is checked for its greeting', async () => {
  const listener = await listening(speaking('SSH-2.0-Test_1\r\n'), 'sshd')
  const one = discovery()
  await one.found.take([listener], 0)
  expect(one.definitions[0]?.settings).toMatchObject({ expect: { source: '^SSH-' } })
})

test('what is checked by configuration is not found again, by address or by name', async () => {
  const listener = await listening(speaking('hello'), 'app')
  const one = discovery()
  const configured = { target: `localhost:${listener.port}`, name: 'mine' } as CheckDefinition
  one.found.cover([configured])
  await one.found.take([listener], 0)
  expect(one.said).toEqual([])
  one.found.cover([])
  await one.found.take([listener], 0)
  expect(one.said).toHaveLength(1)
  one.found.cover([configured])
  expect(one.said).toEqual([])
})

test('what stopped listening stays for ten minutes, so that its check can say that it is down', async () => {
  // Nobody has to listen there: what remains is TCP, which needs no asking.
  const listener: Listener = { protocol: 'tcp', address: '127.0.0.1', port: 9, process: 'app', pid: 7 }
  const one = discovery()
  await one.found.take([listener], 0)
  await one.found.take([], 9 * MINUTE)
  expect(one.said).toHaveLength(1)
  await one.found.take([], 10 * MINUTE)
  expect(one.said).toEqual([])
})

test('what is found is told while others say nothing yet, and all at once there are no more than may be', async () => {
  const silent = await listening(
    createServer((socket) => socket.on('error', () => {})),
    'node',
  )
  const greeting = await listening(speaking('SSH-2.0-test\r\n'), 'sshd')
  const one = discovery()
  const asked = one.found.take([silent, greeting], 0)
  await vi.waitFor(() => expect(one.said).toEqual([`sshd tcp 127.0.0.1:${greeting.port}`]), { timeout: 3500 })
  const many = Array.from(
    { length: 250 },
    (_, index): Listener => ({
      protocol: 'tcp',
      address: '127.0.0.1',
      port: 20_000 + index,
      process: 'app',
      pid: 7,
    }),
  )
  await one.found.take([silent, greeting, ...many], 1)
  await asked
  expect(one.said).toHaveLength(200)
})

test('nobody misses what came to a port that the system gave out and left within a minute', async () => {
  const at = (port: number): Listener => ({ protocol: 'tcp', address: '127.0.0.1', port, process: 'app', pid: 7 })
  const one = discovery()
  await one.found.take([at(40_000)], 0)
  await one.found.take([at(40_001), at(40_002)], MINUTE)
  expect(one.said).toHaveLength(3)
  await one.found.take([at(40_002)], 1.5 * MINUTE)
  await one.found.take([at(40_002)], 2 * MINUTE)
  expect(one.said).toEqual(['app tcp 127.0.0.1:40000', 'app :40002 tcp 127.0.0.1:40002'])
  await one.found.take([], 3 * MINUTE)
  expect(one.said).toHaveLength(2)
  await one.found.take([], 12 * MINUTE)
  expect(one.said).toEqual([])
})

test('what has stopped listening makes way for what is new, where there is too much of it', async () => {
  const one = discovery()
  const at = (from: number, count: number) =>
    Array.from(
      { length: count },
      (_, index): Listener => ({
        protocol: 'tcp',
        address: '127.0.0.1',
        port: from + index,
        process: 'app',
        pid: 7,
      }),
    )
  const ports = () => one.said.map((said) => Number(/\d+$/.exec(said)?.[0]))
  await one.found.take(at(20_000, 150), 0)
  await one.found.take(at(20_100, 50), MINUTE)
  await one.found.take(at(20_050, 150), 2 * MINUTE)
  // 50 of them listen no more, and there is room for all.
  expect(ports()).toHaveLength(200)
  // What has just ended is not pushed out before anybody has seen that it is down.
  await one.found.take(at(25_000, 180), 3 * MINUTE)
  expect(ports().filter((port) => port >= 20_050 && port < 20_200)).toHaveLength(150)
  await one.found.take(at(25_000, 180), 5 * MINUTE)
  expect(ports()).toHaveLength(200)
  // The longest gone went first.
  expect(ports().filter((port) => port < 20_050)).toEqual([])
  expect(ports().filter((port) => port >= 25_000)).toHaveLength(180)
})

test('a service comes before what listens on ports that the system gave out', async () => {
  const one = discovery()
  const at = (port: number): Listener => ({ protocol: 'tcp', address: '127.0.0.1', port, process: 'app', pid: 7 })
  const dynamic = Array.from({ length: 250 }, (_, index) => at(40_000 + index))
  await one.found.take(dynamic, 0)
  expect(one.said).toHaveLength(200)
  for (const monoMs of [1, 2]) {
    await one.found.take([at(20_000), ...dynamic], monoMs)
    expect(one.said).toHaveLength(200)
    expect(one.said).toContain('app :20000 tcp 127.0.0.1:20000')
  }
})

test('a place that is known is not asked again', async () => {
  let connections = 0
  const server = speaking('hello').on('connection', () => connections++)
  const listener = await listening(server, 'node')
  const one = discovery()
  await one.found.take([listener], 0)
  const before = connections
  expect(before).toBeGreaterThan(0)
  await one.found.take([listener], 1000)
  expect(connections).toBe(before)
  expect(one.told).toBe(1)
})

test('every candidate of every kind of place is right for its type', () => {
  const processes = [undefined, 'sshd', 'master', 'redis-server', 'memcached', 'mysqld', 'nginx', 'prometheus', 'other']
  const ports = [21, 22, 25, 53, 80, 110, 143, 443, 3306, 4711, 6379, 9090, 11211]
  const places: Place[] = processes.flatMap((process) =>
    ports.flatMap((port) =>
      (['tcp', 'udp'] as const).map((protocol) => ({ protocol, host: '::1', port, ...(process && { process }) })),
    ),
  )
  const candidates = places.flatMap(candidatesOf)
  expect(candidates.length).toBeGreaterThan(places.length / 2)
  for (const { type, written } of candidates) {
    const checked = checkType(type)?.schema(FIELDS).safeParse(written)
    expect(checked?.error?.issues ?? [], JSON.stringify(written)).toEqual([])
  }
})

test('a MySQL server is never connected to: it would lock this host out', () => {
  const types = candidatesOf({ protocol: 'tcp', host: '127.0.0.1', port: 3306, process: 'mysqld' }).map(
    ({ type }) => type,
  )
  expect(types).toEqual(['process'])
  // Nor where it may not be known who listens there, as on a machine of others.
  expect(candidatesOf({ protocol: 'tcp', host: '127.0.0.1', port: 3306 })).toEqual([])
})

test('what has stopped listening, and what listens again, is worth asking at once', async () => {
  const at = (port: number): Listener => ({ protocol: 'tcp', address: '127.0.0.1', port, process: 'app', pid: 7 })
  const one = discovery()
  await one.found.take([at(20_000), at(20_001)], 0)
  await one.found.take([at(20_000)], 1000)
  await one.found.take([at(20_000)], 2000)
  expect(one.turned).toEqual(['app :20001'])
  await one.found.take([at(20_000), at(20_001)], 3000)
  expect(one.turned).toEqual(['app :20001', 'app :20001'])
})

test('a program may be called as it likes: what makes no check of it is left out, and the others are found', async () => {
  const at = (port: number, process: string): Listener => ({
    protocol: 'tcp',
    address: '127.0.0.1',
    port,
    process,
    pid: 7,
  })
  const one = discovery()
  await one.found.take([at(3306, '/(/'), at(20_000, 'app')], 0)
  expect(one.said).toEqual(['app tcp 127.0.0.1:20000'])
})
