/**
 * Files over plain HTTP: traffic for the network panel, and a service that nobody configured. Of every fiftieth visitor something stays: a
 * file that nobody closes, and what is known of the visitor.
 */
import { openSync, writeSync } from 'node:fs'
import { createServer } from 'node:http'

const body = Buffer.alloc(64 * 1024, 'x')
const sessions = []
let visitors = 0

function remember() {
  const file = openSync(`/var/sessions/${visitors}`, 'w')
  writeSync(file, body, 0, 4096)
  sessions.push({ file, pages: Buffer.alloc(128 * 1024, 'x') })
}

createServer((_, response) => {
  if (++visitors % 50 === 0) remember()
  response.end(body)
}).listen(8080)
