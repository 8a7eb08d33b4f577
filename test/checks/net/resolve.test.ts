import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { type Address, type NameSources, resolve } from '../../../src/checks/net/resolve.ts'
import { temporaryFolder } from '../asking.ts'
import { leavingNothing, udpServer } from '../servers/loopback.ts'

const NEVER = new AbortController().signal

/** Sources of names of the test alone. */
function sources(changes: Partial<NameSources> & { readonly text?: string } = {}): NameSources {
  const { text = '', ...rest } = changes
  const hosts = join(temporaryFolder(), 'hosts')
  writeFileSync(hosts, text)
  const lookup = () => Promise.reject(Object.assign(new Error('getaddrinfo ENOTFOUND'), { code: 'ENOTFOUND' }))
  return { hosts, servers: ['127.0.0.1:1'], lookup, ...rest }
}

/** A name server that answers A and AAAA queries from a table; undefined answers never, an empty list says the name has none. */
function nameServer(table: {
  readonly a?: readonly string[] | undefined
  readonly aaaa?: readonly string[] | undefined
}) {
  return udpServer((query) => {
    // The question ends after its name, type and class (RFC 1035, section 4.1).
    const nameEnd = query.indexOf(0, 12) + 1
    const question = query.subarray(12, nameEnd + 4)
    const isFour = query.readUInt16BE(nameEnd) === 1
    const addresses = isFour ? table.a : table.aaaa
    if (addresses === undefined) return []
    const header = Buffer.from(query.subarray(0, 12))
    header.writeUInt16BE(0x8180, 2)
    header.writeUInt16BE(addresses.length, 6)
    header.writeUInt32BE(0, 8)
    const records = addresses.map((address) => {
      const data = isFour ? Buffer.from(address.split('.').map(Number)) : Buffer.alloc(16, 0).fill(1, 15)
      const record = Buffer.from([0xc0, 0x0c, 0, isFour ? 1 : 28, 0, 1, 0, 0, 0, 60, 0, data.length])
      return Buffer.concat([record, data])
    })
    return [Buffer.concat([header, question, ...records])]
  })
}

function texts(found: readonly Address[]): readonly string[] {
  return found.map(({ address, family }) => `${family} ${address}`)
}

test('addresses are themselves', async () => {
  expect(texts(await resolve('192.0.2.1', undefined, NEVER, sources()))).toEqual(['4 192.0.2.1'])
  expect(texts(await resolve('::1', 6, NEVER, sources()))).toEqual(['6 ::1'])
  await expect(resolve('::1', 4, NEVER, sources())).rejects.toMatchObject({
    code: 'ENOTFOUND',
    message: '::1 has no IPv4 address',
  })
})

test('localhost is this host, whatever else is said', async () => {
  const lying = sources({ text: '192.0.2.1 localhost\n' })
  expect(texts(await resolve('localhost', undefined, NEVER, lying))).toEqual(['4 127.0.0.1', '6 ::1'])
  expect(texts(await resolve('API.Localhost.', 6, NEVER, lying))).toEqual(['6 ::1'])
})

test('the hosts file comes before name servers', async () => {
  const known = sources({ text: '192.0.2.1 web.example\n192.0.2.2 web.example\n' })
  expect(texts(await resolve('Web.Example', undefined, NEVER, known))).toEqual(['4 192.0.2.1', '4 192.0.2.2'])
})

test('name servers tell addresses of both families, in turn', async () => {
  await using server = await nameServer({ a: ['192.0.2.1', '192.0.2.2'], aaaa: ['::1'] })
  const asked = sources({ servers: [`127.0.0.1:${server.port}`] })
  const found = await leavingNothing(() => resolve('shop.example', undefined, NEVER, asked))
  expect(texts(found)).toEqual(['6 ::1', '4 192.0.2.1', '4 192.0.2.2'])
  expect(texts(await resolve('shop.example', 4, NEVER, asked))).toEqual(['4 192.0.2.1', '4 192.0.2.2'])
})

test('one family is not kept waiting by the other', async () => {
  await using server = await nameServer({ a: ['192.0.2.1'] })
  const asked = sources({ servers: [`127.0.0.1:${server.port}`] })
  const found = await leavingNothing(() => resolve('shop.example', undefined, AbortSignal.timeout(20_000), asked))
  expect(texts(found)).toEqual(['4 192.0.2.1'])
})

test('what name servers do not know may be known elsewhere', async () => {
  await using server = await nameServer({ a: [], aaaa: [] })
  const found: Address = { address: '192.0.2.7', family: 4 }
  const asked = sources({ servers: [`127.0.0.1:${server.port}`], lookup: async () => [found] })
  expect(await resolve('printer.local', undefined, NEVER, asked)).toEqual([found])
})

test('a name server that never answers ends with the signal, and asks nobody else', async () => {
  await using server = await nameServer({})
  let asked = 0
  const names = sources({
    servers: [`127.0.0.1:${server.port}`],
    lookup: async () => {
      asked++
      return []
    },
  })
  await leavingNothing(async () => {
    const signal = AbortSignal.timeout(100)
    const error = await resolve('shop.example', undefined, signal, names).catch((reason: unknown) => reason)
    expect(error).toBe(signal.reason)
  })
  expect(asked).toBe(0)
})

test('one getaddrinfo runs at a time, and those that wait have their own end', async () => {
  await using server = await nameServer({ a: [], aaaa: [] })
  const running: string[] = []
  const release: (() => void)[] = []
  const names = sources({
    servers: [`127.0.0.1:${server.port}`],
    lookup: (host) => {
      running.push(host)
      return new Promise((done) => release.push(() => done([{ address: '192.0.2.1', family: 4 }])))
    },
  })
  const first = resolve('one.example', undefined, NEVER, names)
  await expect.poll(() => running).toEqual(['one.example'])
  const hurried = AbortSignal.timeout(50)
  const error = await resolve('two.example', undefined, hurried, names).catch((reason: unknown) => reason)
  expect(error).toBe(hurried.reason)
  const third = resolve('three.example', undefined, NEVER, names)
  release[0]?.()
  expect(await first).toHaveLength(1)
  await expect.poll(() => running).toEqual(['one.example', 'three.example'])
  release[1]?.()
  expect(await third).toHaveLength(1)
})
