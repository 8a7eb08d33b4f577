import { getEventListeners } from 'node:events'
import { createServer, type Socket } from 'node:net'
import { join } from 'node:path'
import type { TLSSocket } from 'node:tls'
import { afterAll, describe, expect, test } from 'vitest'
import { CertificateError } from '../../../src/checks/net/certificate-error.ts'
import { type Connection, type Dial, dial } from '../../../src/checks/net/dial.ts'
import { temporaryFolder } from '../asking.ts'
import { hasOpenssl, makeCertificates } from '../servers/certificates.ts'
import { freeTcpPort, leavingNothing, serving, tcpServer, tlsServer } from '../servers/loopback.ts'

/** Dials, looks at the connection, and closes it; nothing may be left. */
async function dialled<T>(to: Dial, look: (connection: Connection) => T | Promise<T>): Promise<T> {
  const { signal } = new AbortController()
  const result = await leavingNothing(async () => {
    const connection = await dial(to, signal)
    try {
      return await look(connection)
    } finally {
      connection.socket.destroy()
    }
  })
  await expect.poll(() => getEventListeners(signal, 'abort')).toEqual([])
  return result
}

/** Dials in vain; nothing may be left. */
async function refused(to: Dial, signal = AbortSignal.timeout(20_000)): Promise<unknown> {
  return leavingNothing(async () => {
    try {
      await dial(to, signal)
    } catch (error) {
      return error
    }
    throw new Error('it connected')
  })
}

test('a connection tells where it goes and how long it took', async () => {
  await using server = await tcpServer(() => {})
  await dialled({ host: '127.0.0.1', port: server.port }, ({ from, phases }) => {
    expect(from).toBe(`127.0.0.1:${server.port}`)
    expect(Object.keys(phases)).toEqual(['connect'])
  })
  await dialled({ host: 'localhost', port: server.port }, ({ phases }) => {
    expect(Object.keys(phases)).toEqual(['dns', 'connect'])
  })
})

test('an address that refuses leads to the next', async () => {
  await using server = await serving(createServer(), { host: '::1' })
  const from = await dialled({ host: 'localhost', port: server.port }, (connection) => connection.from)
  expect(from).toBe(`[::1]:${server.port}`)
  const only = { host: 'localhost', port: server.port, family: 4 } as const
  expect(await refused(only)).toMatchObject({ code: 'ECONNREFUSED', address: '127.0.0.1', port: server.port })
})

test('a Unix socket has a path', async () => {
  const path = join(temporaryFolder(), 'socket')
  expect(await refused({ host: 'localhost', port: 80, path })).toMatchObject({ code: 'ENOENT', address: path })
  await using _server = await serving(createServer(), { path })
  await dialled({ host: 'localhost', port: 80, path }, ({ from, phases }) => {
    expect(from).toBe(path)
    expect(Object.keys(phases)).toEqual(['connect'])
  })
})

test('a port without a server refuses', async () => {
  const port = await freeTcpPort()
  expect(await refused({ host: 'localhost', port })).toMatchObject({ code: 'ECONNREFUSED', address: '127.0.0.1', port })
})

test('the signal ends an attempt, a handshake and a connection', async () => {
  await using server = await tcpServer((socket) => socket.resume())
  const over = AbortSignal.abort(new Error('over'))
  expect(await refused({ host: '127.0.0.1', port: server.port }, over)).toBe(over.reason)
  const soon = AbortSignal.timeout(100)
  const error = await refused({ host: '127.0.0.1', port: server.port, tls: {} }, soon)
  expect(error).toBe(soon.reason)
  await leavingNothing(async () => {
    const stop = new AbortController()
    const { socket } = await dial({ host: '127.0.0.1', port: server.port }, stop.signal)
    stop.abort(new Error('over'))
    await expect.poll(() => socket.closed).toBe(true)
    await expect.poll(() => getEventListeners(stop.signal, 'abort')).toEqual([])
  })
})

test('an error that nobody listens to ends no process', async () => {
  const sockets: Socket[] = []
  await using server = await tcpServer((socket) => sockets.push(socket))
  const { socket } = await dial({ host: '127.0.0.1', port: server.port }, new AbortController().signal)
  await expect.poll(() => sockets.length).toBe(1)
  sockets[0]?.resetAndDestroy()
  socket.resume()
  await expect.poll(() => socket.destroyed).toBe(true)
})

test('what is no TLS is told with the address', async () => {
  await using server = await tcpServer((socket) => socket.resume().end('220 mail.example\r\n'))
  const error = await refused({ host: '127.0.0.1', port: server.port, tls: {} })
  expect(error).toMatchObject({ code: 'ERR_SSL_WRONG_VERSION_NUMBER', address: '127.0.0.1', port: server.port })
})

test('a connection closed in the handshake is a reset', async () => {
  await using server = await tcpServer((socket) => socket.once('data', () => socket.end()))
  expect(await refused({ host: '127.0.0.1', port: server.port, tls: {} })).toMatchObject({ code: 'ECONNRESET' })
})

const present = hasOpenssl()
const made = present ? makeCertificates() : undefined
afterAll(() => made?.[Symbol.dispose]())

describe.skipIf(!present)('TLS', () => {
  const { authority, server: own, make } = made ?? ({} as NonNullable<typeof made>)
  const options = { cert: own?.certificate, key: own?.key }

  test('names the host, but no address, and chooses a protocol', async () => {
    const names: (string | false | null)[] = []
    await using server = await tlsServer({ ...options, ALPNProtocols: ['b', 'a'] }, (socket) => {
      names.push((socket as TLSSocket & { servername: string | false }).servername)
      socket.resume()
    })
    const { port } = server
    const tls = { alpn: ['a', 'b'], ca: authority.certificate }
    // One that ends at once would end before the server saw the whole handshake.
    const seen = (count: number) => expect.poll(() => names.length).toBe(count)
    await dialled({ host: 'localhost', port, tls }, async ({ socket, phases }) => {
      expect(Object.keys(phases)).toEqual(['dns', 'connect', 'tls'])
      expect(socket).toMatchObject({ authorized: true, alpnProtocol: 'b' })
      await seen(1)
    })
    await dialled({ host: '127.0.0.1', port, tls }, async ({ socket }) => {
      expect(socket).toMatchObject({ authorized: true })
      await seen(2)
    })
    await dialled({ host: '127.0.0.1', port, tls: { serverName: 'shop.example' } }, async ({ socket }) => {
      expect(socket).toMatchObject({ authorized: false })
      await seen(3)
    })
    expect(names).toEqual(['localhost', false, 'shop.example'])
  })

  test('shows a client certificate, with a key that may be locked', async () => {
    const client = make({ issuer: authority, subject: 'monitor', passphrase: 'open sesame' })
    const seen: string[] = []
    const asking = { ...options, ca: authority.certificate, requestCert: true, rejectUnauthorized: true }
    await using server = await tlsServer(asking, (socket) => {
      seen.push(String(socket.getPeerCertificate().subject.CN))
      socket.resume()
    })
    const tls = { certificate: client.certificate, key: client.key, passphrase: 'open sesame' }
    await dialled({ host: '127.0.0.1', port: server.port, tls }, () => expect.poll(() => seen).toEqual(['monitor']))
  })

  test('tells what is wrong with what it was given', async () => {
    await using server = await tcpServer(() => {})
    const { certificate, key } = make({ passphrase: 'open sesame' })
    const other = make()
    const cases = [
      [{ ca: 'no PEM' }, 'a certificate, key or authority is no PEM text'],
      [{ certificate: 'no PEM', key: other.key }, 'a certificate, key or authority is no PEM text'],
      [{ certificate, key: other.key }, 'the key is not the one of the certificate'],
      [{ certificate, key }, 'the key is encrypted and the passphrase is missing or wrong'],
      [{ certificate, key, passphrase: 'wrong' }, 'the key is encrypted and the passphrase is missing or wrong'],
    ] as const
    for (const [tls, message] of cases) {
      const error = await refused({ host: '127.0.0.1', port: server.port, tls })
      expect(error).toBeInstanceOf(CertificateError)
      expect(error).toMatchObject({ message })
    }
  })
})
