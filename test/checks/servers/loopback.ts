import { createSocket, type RemoteInfo } from 'node:dgram'
import { once } from 'node:events'
import { type AddressInfo, createServer, type Server, type Socket } from 'node:net'
import { createServer as createTlsServer, type TLSSocket, type TlsOptions } from 'node:tls'

/** A server on loopback that ends, with its connections, when it is disposed of. */
export interface Loopback extends AsyncDisposable {
  readonly port: number
}

/** Listens on a free port of `host`, or where `where` says; ends with its connections. */
export async function serving(
  server: Server,
  where: { host?: string; port?: number; path?: string } = {},
): Promise<Loopback> {
  const sockets = new Set<Socket>()
  server.on('connection', (socket: Socket) => {
    sockets.add(socket)
    socket.on('error', () => {})
    socket.on('close', () => sockets.delete(socket))
  })
  server.listen(
    where.path === undefined ? { port: where.port ?? 0, host: where.host ?? '127.0.0.1' } : { path: where.path },
  )
  await once(server, 'listening')
  return {
    port: where.path === undefined ? (server.address() as AddressInfo).port : 0,
    [Symbol.asyncDispose]: async () => {
      if (!server.listening) return
      const closed = once(server, 'close')
      server.close()
      for (const socket of sockets) socket.destroy()
      await closed
    },
  }
}

/** What it does with a connection is the test's; errors of its sockets are nobody's. */
export function tcpServer(onConnection: (socket: Socket) => void): Promise<Loopback> {
  return serving(createServer(onConnection))
}

export function tlsServer(options: TlsOptions, onConnection: (socket: TLSSocket) => void): Promise<Loopback> {
  const server = createTlsServer(options, (socket) => {
    socket.on('error', () => {})
    onConnection(socket)
  })
  server.on('tlsClientError', () => {})
  return serving(server)
}

/** Answers datagrams as the test says: with any number of them. */
export async function udpServer(answers: (message: Buffer) => readonly Buffer[]): Promise<Loopback> {
  const socket = createSocket('udp4')
  socket.on('message', (message: Buffer, { port, address }: RemoteInfo) => {
    for (const answer of answers(message)) socket.send(answer, port, address)
  })
  socket.bind(0, '127.0.0.1')
  await once(socket, 'listening')
  return {
    port: socket.address().port,
    [Symbol.asyncDispose]: async () => {
      const closed = once(socket, 'close')
      socket.close()
      await closed
    },
  }
}

/** Ports on which nobody listens: they were free a moment ago. */
export async function freeTcpPort(): Promise<number> {
  await using server = await tcpServer(() => {})
  return server.port
}

export async function freeUdpPort(): Promise<number> {
  await using server = await udpServer(() => [])
  return server.port
}

/** Breaks a connection with a reset once it was asked something and has begun to answer. */
export function resetAfter(socket: Socket, text: string): void {
  socket.once('data', () => socket.write(text, () => socket.resetAndDestroy()))
}

/** Says a text byte by byte, for ever where it is long enough. */
export function drip(socket: Socket, text: string, everyMs: number): void {
  let at = 0
  const timer = setInterval(() => {
    if (at >= text.length) clearInterval(timer)
    else socket.write(text.charAt(at++))
  }, everyMs)
  socket.on('close', () => clearInterval(timer))
}

/** Does something and waits until what it opened is gone; the error says what is not. */
export async function leavingNothing<T>(work: () => Promise<T>): Promise<T> {
  const before = counted()
  const result = await work()
  const end = performance.now() + 5000
  for (;;) {
    const left = [...counted()].filter(([kind, count]) => count > (before.get(kind) ?? 0))
    if (left.length === 0) return result
    if (performance.now() > end)
      throw new Error(`left open: ${left.map(([kind, count]) => `${count} ${kind}`).join(', ')}`)
    await new Promise((resolve) => setTimeout(resolve, 10))
  }
}

function counted(): ReadonlyMap<string, number> {
  const counts = new Map<string, number>()
  for (const kind of process.getActiveResourcesInfo()) counts.set(kind, (counts.get(kind) ?? 0) + 1)
  return counts
}
