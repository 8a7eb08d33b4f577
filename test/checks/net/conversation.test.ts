import { once } from 'node:events'
import { connect, type Socket } from 'node:net'
import { PassThrough } from 'node:stream'
import { expect, onTestFinished, test, vi } from 'vitest'
import { hear, hearLine } from '../../../src/checks/net/conversation.ts'
import { tcpServer } from '../servers/loopback.ts'

async function dialled(port: number): Promise<Socket> {
  const socket = connect({ host: '127.0.0.1', port })
  await once(socket, 'connect')
  return socket
}

const never = new AbortController().signal

test('lines come one after the other, and what is behind one stays', async () => {
  await using server = await tcpServer((socket) => socket.end('one\r\ntwo\n\nthree'))
  const socket = await dialled(server.port)
  const line = () => hearLine(socket, 'PEER', 'here', never)
  expect([await line(), await line(), await line()]).toEqual(['one', 'two', ''])
  await expect(line()).rejects.toMatchObject({ reason: 'closed', message: 'PEER closed the connection here' })
  await expect(line()).rejects.toMatchObject({ reason: 'closed' })
  socket.destroy()
})

test('what drips is looked at now and then, not for every byte', async () => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'performance'] })
  onTestFinished(() => void vi.useRealTimers())
  const peer = new PassThrough()
  const looks: number[] = []
  const whole = (bytes: Buffer) => {
    looks.push(bytes.length)
    return bytes.length === 60 ? 60 : undefined
  }
  const heard = hear(peer as unknown as Socket, whole, 1000, never)
  for (let index = 0; index < 60; index++) {
    peer.write('x')
    await new Promise(setImmediate)
  }
  vi.advanceTimersByTime(10)
  expect(await heard).toMatchObject({ ending: 'enough', bytes: Buffer.alloc(60, 'x') })
  expect(looks).toEqual([1, 60])
})

test('no more than the limit is kept', async () => {
  await using server = await tcpServer((socket) => socket.write(Buffer.alloc(100_000, 'x')))
  const socket = await dialled(server.port)
  const heard = await hear(socket, () => undefined, 1000, never)
  expect({ ending: heard.ending, length: heard.bytes.length }).toEqual({ ending: 'limit', length: 1000 })
  socket.destroy()
})

test('what the caller throws is thrown, and nobody listens any more', async () => {
  await using server = await tcpServer((socket) => socket.write('x'))
  const socket = await dialled(server.port)
  const broken = () => {
    throw new Error('broken')
  }
  await expect(hear(socket, broken, 1000, never)).rejects.toThrow('broken')
  expect(socket.listenerCount('readable')).toBe(0)
  socket.destroy()
})

test('the signal ends it, before and while it listens', async () => {
  await using server = await tcpServer(() => {})
  const socket = await dialled(server.port)
  const turn = new AbortController()
  const heard = hear(socket, () => undefined, 1000, turn.signal)
  turn.abort()
  expect((await heard).ending).toBe('time')
  expect((await hear(socket, () => undefined, 1000, turn.signal)).ending).toBe('time')
  await expect(hearLine(socket, 'PEER', 'here', turn.signal)).rejects.toMatchObject({
    reason: 'timeout',
    message: 'connected, but PEER said nothing here',
  })
  socket.destroy()
})
