/** An application over HTTPS that is quick for half of HISTORY_S seconds, and then slower and slower. */
import { readFileSync } from 'node:fs'
import { createSecureServer } from 'node:http2'

const begun = Date.now()
const quickMs = (Number(process.env.HISTORY_S) * 1000) / 2
const body = JSON.stringify({ status: 'UP', db: 'slow', queue: 12 })

function takesMs() {
  const late = Math.max(0, Date.now() - begun - quickMs) / quickMs
  return (90 + 45 * Math.random()) * (1 + 5 * Math.min(1, late * 1.5))
}

const pair = { key: readFileSync('api.key'), cert: readFileSync('api.pem') }
createSecureServer({ ...pair, allowHTTP1: true }, (_, response) => {
  setTimeout(() => {
    response.setHeader('content-type', 'application/json')
    response.setHeader('cache-control', 'no-store')
    response.end(body)
  }, takesMs())
}).listen(8443, '127.0.0.1')
