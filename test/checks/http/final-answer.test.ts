import { once } from 'node:events'
import type { Socket } from 'node:net'
import { Duplex } from 'node:stream'
import { expect, test } from 'vitest'
import { readFinalAnswer } from '../../../src/checks/http/final-answer.ts'

test('nothing is lost when Node looks whether there is something to read', async () => {
  const socket = new Duplex({ read: () => undefined, write: () => undefined }) as Socket
  readFinalAnswer(socket, 'nobody')
  let heard = ''
  socket.on('readable', () => {
    for (let part = socket.read(); part !== null; part = socket.read()) heard += part
  })
  // Node calls read(0) a tick after somebody listens, and finds this.
  socket.push('HTTP/1.1 103 Early Hints\r\n\r\nHTTP/1.1 200 OK\r\n\r\n')
  socket.push(null)
  await once(socket, 'end')
  expect(heard).toBe('HTTP/1.1 200 OK\r\n\r\n')
})
