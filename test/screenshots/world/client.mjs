/** Four visitors of server.mjs, who never stay away for long. */
import { Agent, get } from 'node:http'

const agent = new Agent({ keepAlive: true })

function ask() {
  const again = (ms) => setTimeout(ask, ms)
  get('http://127.0.0.1:8080/', { agent }, (answer) =>
    answer.resume().on('end', () => again(20 + 30 * Math.random())),
  ).on('error', () => again(100))
}

for (let times = 0; times < 4; times++) ask()
