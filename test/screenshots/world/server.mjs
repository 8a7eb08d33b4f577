/** Files over plain HTTP: traffic for the network panel, and a service that nobody configured. */
import { createServer } from 'node:http'

const body = Buffer.alloc(64 * 1024, 'x')
createServer((_, response) => response.end(body)).listen(8080)
