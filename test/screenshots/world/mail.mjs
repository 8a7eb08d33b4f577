/** A mail server that greets for a third of HISTORY_S seconds, and then ends. */
import { createServer } from 'node:net'

createServer((socket) => {
  socket.on('error', () => {})
  socket.end('220 mail.example ESMTP\r\n')
}).listen(25, '127.0.0.1')
setTimeout(() => process.exit(1), (Number(process.env.HISTORY_S) * 1000) / 3)
