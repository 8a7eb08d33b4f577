import { createServer as createHttpServer, type RequestListener } from 'node:http'
import { createServer as createHttpsServer } from 'node:https'
import { connect, type Socket } from 'node:net'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { temporaryFolder } from '../asking.ts'
import { hasOpenssl, makeCertificates } from '../servers/certificates.ts'
import { freeTcpPort, leavingNothing, serving, tcpServer } from '../servers/loopback.ts'
import { ask, fact, webServer } from './asked.ts'

const fine: RequestListener = (request, response) => response.end(`${request.url} of ${request.headers.host}`)

const present = hasOpenssl()
const made = present ? makeCertificates() : undefined
afterAll(() => made?.[Symbol.dispose]())

/** A proxy that leads CONNECT on to this host and answers what it is asked for itself; notes what it was asked. */
async function proxyServer(wanted?: string) {
  const asked: string[] = []
  const server = createHttpServer((request, response) => {
    asked.push(`${request.method} ${request.url} ${request.headers['proxy-authorization'] ?? ''}`.trim())
    response.end('by the proxy')
  })
  server.on('connect', (request, client: Socket) => {
    const authorization = request.headers['proxy-authorization']
    asked.push(`CONNECT ${request.url} ${authorization ?? ''}`.trim())
    client.on('error', () => {})
    if (wanted !== undefined && authorization !== wanted) {
      client.end('HTTP/1.1 407 Proxy Authentication Required\r\nProxy-Authenticate: Basic\r\n\r\n')
      return
    }
    const target = connect(Number(request.url?.split(':').at(-1)), '127.0.0.1')
    const end = () => {
      target.destroy()
      client.destroy()
    }
    target.on('error', end).on('close', end)
    client.on('close', end)
    client.write('HTTP/1.1 200 Connection established\r\n\r\n')
    target.pipe(client).pipe(target)
  })
  return { ...(await serving(server)), asked }
}

test('through a proxy, plainly', async () => {
  await using proxy = await proxyServer()
  const outcome = await leavingNothing(() =>
    ask({ url: 'http://shop.example/a?b', proxy: `http://tom:secret@127.0.0.1:${proxy.port}` }),
  )
  expect(outcome.state).toBe('up')
  expect(fact(outcome, 'body')).toBe('by the proxy')
  expect(fact(outcome, 'from')).toBe(`shop.example:80 through the proxy 127.0.0.1:${proxy.port}`)
  expect(proxy.asked).toEqual(['GET http://shop.example/a?b Basic dG9tOnNlY3JldA=='])
})

test.skipIf(!present)('through a proxy, with TLS to the end', async () => {
  const { authority, server } = made as NonNullable<typeof made>
  await using web = await serving(createHttpsServer({ cert: server.certificate, key: server.key }, fine))
  await using proxy = await proxyServer('Basic dG9tOnNlY3JldA==')
  const settings = { url: `https://localhost:${web.port}/x`, ca: authority.certificatePath }
  const outcome = await leavingNothing(() => ask({ ...settings, proxy: `http://tom:secret@127.0.0.1:${proxy.port}` }))
  expect(outcome).toMatchObject({ state: 'up', certificate: { trusted: true } })
  expect(fact(outcome, 'body')).toBe(`/x of localhost:${web.port}`)
  expect(proxy.asked).toEqual([`CONNECT localhost:${web.port} Basic dG9tOnNlY3JldA==`])
  const refused = await leavingNothing(() => ask({ ...settings, proxy: `http://127.0.0.1:${proxy.port}` }))
  expect(refused).toMatchObject({ state: 'down', reason: 'proxy' })
  expect(refused.error).toBe(
    `the proxy 127.0.0.1:${proxy.port} answered 407 Proxy Authentication Required to CONNECT localhost:${web.port}`,
  )
})

test('a proxy that is none', async () => {
  const url = 'https://shop.example/'
  await using mute = await tcpServer((socket) => socket.once('data', () => socket.end()))
  await using garbage = await tcpServer((socket) => socket.resume().end('\u001b[2Jhello\r\n\r\n'))
  const closing = await leavingNothing(() => ask({ url, proxy: `http://127.0.0.1:${mute.port}` }))
  expect(closing).toMatchObject({ reason: 'proxy', error: `the proxy 127.0.0.1:${mute.port} closed the connection` })
  const odd = await leavingNothing(() => ask({ url, proxy: `http://127.0.0.1:${garbage.port}` }))
  expect(odd).toMatchObject({ reason: 'proxy', error: `the proxy 127.0.0.1:${garbage.port} does not speak HTTP` })
})

test('at a Unix socket', async () => {
  const path = join(temporaryFolder(), 'web.sock')
  await using _server = await serving(createHttpServer(fine), { path })
  const bySetting = await leavingNothing(() => ask({ url: 'http://shop.example/x', socket: path }))
  expect(fact(bySetting, 'body')).toBe('/x of shop.example')
  expect(fact(bySetting, 'from')).toBe(path)
  const byUrl = await ask({ url: `http+unix://${encodeURIComponent(path)}/y?z` })
  expect(fact(byUrl, 'body')).toBe('/y?z of localhost')
})

test('by IPv6, or by one family alone', async () => {
  await using server = await serving(createHttpServer(fine), { host: '::1' })
  const outcome = await ask({ url: `http://[::1]:${server.port}/` })
  expect(outcome.state).toBe('up')
  expect(fact(outcome, 'from')).toBe(`[::1]:${server.port}`)
  expect(await ask({ url: `http://localhost:${server.port}/`, family: 'ipv6' })).toMatchObject({ state: 'up' })
  expect(await ask({ url: `http://localhost:${server.port}/`, family: 'ipv4' })).toMatchObject({
    state: 'down',
    reason: 'refused',
    error: `connection refused by 127.0.0.1:${server.port}`,
  })
})

test('a port without a server, a socket and a name that are not there', async () => {
  const port = await freeTcpPort()
  expect(await leavingNothing(() => ask({ url: `http://127.0.0.1:${port}/` }))).toEqual({
    state: 'down',
    reason: 'refused',
    error: `connection refused by 127.0.0.1:${port}`,
  })
  expect(await ask({ url: 'http://localhost/', socket: '/nowhere/x' })).toMatchObject({
    reason: 'missing',
    error: 'there is no /nowhere/x',
  })
  expect(await ask({ url: 'http://[::1]/', family: 'ipv4' })).toMatchObject({
    reason: 'dns',
    error: 'there is no address for the name ::1',
  })
})

test('another host is not asked at the Unix socket of the first', async () => {
  const path = join(temporaryFolder(), 'web.sock')
  await using other = await webServer(fine)
  const leading: RequestListener = (_, response) => response.writeHead(302, { location: other.url }).end()
  await using _server = await serving(createHttpServer(leading), { path })
  const outcome = await ask({ url: 'http://shop.example/', socket: path })
  expect(fact(outcome, 'from')).toBe(`127.0.0.1:${other.port}`)
})
