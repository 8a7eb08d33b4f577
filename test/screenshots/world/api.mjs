/** An application over HTTPS that becomes slower all the time: after HISTORY_S seconds it takes five times as long as at first. */
import { readFileSync } from 'node:fs'
import { createSecureServer } from 'node:http2'

const begun = Date.now()
const historyMs = Number(process.env.HISTORY_S) * 1000
const body = JSON.stringify({ status: 'UP', db: 'slow', queue: 12 })

function takesMs() {
  return (100 + 4 * Math.random()) * (1 + (4 * (Date.now() - begun)) / historyMs)
}

const pair = { key: readFileSync('api.key'), cert: readFileSync('api.pem') }
createSecureServer({ ...pair, allowHTTP1: true }, (_, response) => {
  setTimeout(() => {
    response.setHeader('content-type', 'application/json')
    response.setHeader('cache-control', 'no-store')
    response.end(body)
  }, takesMs())
}).listen(8443, '127.0.0.1')
