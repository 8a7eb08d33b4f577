/** Answers PING as a Redis server does. */
import { createServer } from 'node:net'

createServer((socket) => {
  socket.on('error', () => {})
  socket.on('data', () => socket.write('+PONG\r\n'))
}).listen(6379, '127.0.0.1')
