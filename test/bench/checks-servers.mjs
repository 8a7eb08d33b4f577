// Servers on loopback for the bench of checks: prints their ports as JSON, ends with its stdin.
import { createServer as createHttpServer } from 'node:http'
import { createServer } from 'node:net'

const count = Number(process.argv[2])

/** @param {() => import('node:net').Server} make */
function listening(make) {
  return Promise.all(
    Array.from({ length: count }, () => {
      const server = make()
      return new Promise((resolve) => server.listen(0, '127.0.0.1', () => resolve(server.address().port)))
    }),
  )
}

const web = await listening(() => createHttpServer((_, response) => response.end('{"status":"UP"}')))
const tcp = await listening(() => createServer((socket) => socket.on('error', () => {}).end('220 ready\r\n')))
console.log(JSON.stringify({ web, tcp }))
process.stdin.resume().on('end', () => process.exit())
