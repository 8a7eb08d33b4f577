import { once } from 'node:events'
import { type AddressInfo, createServer } from 'node:net'
import { expect, test } from 'vitest'
import { askListeners, listenersOf } from '../../../src/probes/portable/listeners.ts'

test('a server of this machine is found with its holder', async () => {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  try {
    expect((await askListeners()).filter((listener) => listener.port === port)).toEqual([
      { protocol: 'tcp', address: '127.0.0.1', port, pid: process.pid, process: expect.any(String) },
    ])
  } finally {
    server.close()
  }
})

test('connections are no listeners, stars are all addresses, and a holder nobody tells is absent', () => {
  const socket = { protocol: 'tcp', localAddress: '*', localPort: '22', state: 'LISTEN', pid: 0, process: '' }
  expect(
    listenersOf([
      socket,
      { ...socket, protocol: 'tcp6', localPort: '80', pid: 7, process: 'web' },
      { ...socket, protocol: 'tcp46', localPort: '81', pid: Number.NaN },
      { ...socket, state: 'ESTABLISHED' },
      { ...socket, protocol: 'udp', localPort: '53' },
    ]),
  ).toEqual([
    { protocol: 'tcp', address: '0.0.0.0', port: 22 },
    { protocol: 'tcp', address: '::', port: 80, pid: 7, process: 'web' },
    { protocol: 'tcp', address: '::', port: 81 },
  ])
})
