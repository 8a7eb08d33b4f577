import { connect, Socket } from 'node:net'
import { expect, test } from 'vitest'
import { connectFirst } from '../../../src/checks/net/connect.ts'
import { freeTcpPort, leavingNothing, tcpServer } from '../servers/loopback.ts'

const NEVER = new AbortController().signal

/** Fails a while later, as the way to an address does. */
function failing(code: string): Socket {
  const socket = new Socket()
  setImmediate(() => socket.destroy(Object.assign(new Error(code), { code })))
  return socket
}

test('an address that is silent is passed by, and left', async () => {
  await using server = await tcpServer((socket) => socket.resume())
  const silent = new Socket()
  await leavingNothing(async () => {
    const socket = await connectFirst([() => silent, () => connect(server.port, '127.0.0.1')], NEVER)
    expect(socket.remotePort).toBe(server.port)
    socket.destroy()
  })
  expect(silent.destroyed).toBe(true)
})

test('the first that stands ends all others', async () => {
  await using server = await tcpServer((socket) => socket.resume())
  let begun = 0
  const begin = () => {
    begun++
    return connect(server.port, '127.0.0.1')
  }
  await leavingNothing(async () => (await connectFirst([begin, begin], NEVER)).destroy())
  expect(begun).toBe(1)
})

test('of many errors the one of a service is told', async () => {
  const port = await freeTcpPort()
  const all = [() => failing('ENETUNREACH'), () => connect(port, '127.0.0.1'), () => failing('EHOSTUNREACH')]
  await expect(connectFirst(all, NEVER)).rejects.toMatchObject({ code: 'ECONNREFUSED' })
  const none = [() => failing('ENETUNREACH'), () => failing('EHOSTUNREACH')]
  await expect(connectFirst(none, NEVER)).rejects.toMatchObject({ code: 'ENETUNREACH' })
})

test('the signal ends all attempts', async () => {
  const sockets = [new Socket(), new Socket(), new Socket()]
  const signal = AbortSignal.timeout(300)
  const error = await leavingNothing(() =>
    connectFirst(
      sockets.map((socket) => () => socket),
      signal,
    ).catch((reason: unknown) => reason),
  )
  expect(error).toBe(signal.reason)
  expect(sockets.map(({ destroyed }) => destroyed)).toEqual([true, true, false])
})
