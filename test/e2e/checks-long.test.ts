import { readdirSync, readFileSync, readlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { expect, test } from 'vitest'
import { tcpServer } from '../checks/servers/loopback.ts'
import { ConfigHome, headingOf, openWith, webServer } from './checking.ts'

/** The first half minute fills caches and compiles code: it says nothing of those to come. */
const WARM_UP_MS = 30_000
const WINDOW_MS = 60_000
const CHECKS = 50
/** What 3,000 runs may leave behind in a thread: its history, which has an end. */
const MOST_MIB = 1.5

/** Notes every five seconds what each thread holds after its garbage was collected. */
const WEIGH = (log: string) => `const { threadId } = require('node:worker_threads')
require('node:v8').setFlagsFromString('--expose-gc')
const gc = require('node:vm').runInNewContext('gc')
setInterval(() => {
  gc()
  gc()
  const mebibytes = process.memoryUsage().heapUsed / 2 ** 20
  require('node:fs').appendFileSync(${JSON.stringify(log)}, threadId + ' ' + mebibytes + '\\n')
}, 5000).unref()
`

/** The last weight of each thread. */
function weights(log: string): ReadonlyMap<string, number> {
  const lines = readFileSync(log, 'utf8').trimEnd().split('\n')
  return new Map(lines.map((line) => line.split(' ')).map(([thread = '', mebibytes]) => [thread, Number(mebibytes)]))
}

/** The files that are kept open of the processes of this host come and go with those; sockets are of checks. */
function socketsOf(pid: number): number {
  const folder = `/proc/${pid}/fd`
  return readdirSync(folder).filter((name) => {
    try {
      return readlinkSync(join(folder, name)).startsWith('socket:')
    } catch {
      return false
    }
  }).length
}

/** The least of many looks: what a check that runs just now holds is no leak. */
async function leastSockets(pid: number): Promise<number> {
  let least = Number.POSITIVE_INFINITY
  for (let look = 0; look < 100; look++) {
    least = Math.min(least, socketsOf(pid))
    await sleep(50)
  }
  return least
}

// Two minutes: HEALTHTOP_TEST_LONG=1 runs it.
test.skipIf(!process.env.HEALTHTOP_TEST_LONG)(
  'fifty checks a second leave no socket, no thread and no memory behind',
  { timeout: 240_000 },
  async () => {
    await using web = await webServer()
    await using mute = await tcpServer((socket) => socket.resume())
    const line = (index: number) =>
      index % 5 === 0
        ? `  - { name: c${index}, type: tcp, host: 127.0.0.1, port: ${mute.port}, expect: ready }\n`
        : `  - { name: c${index}, type: http, url: "http://127.0.0.1:${web.port}/${index}" }\n`
    const checks = Array.from({ length: CHECKS }, (_, index) => line(index)).join('')
    using config = new ConfigHome(`defaults: { interval: 1s, timeout: 500ms, retries: 0 }\nchecks:\n${checks}`)
    const log = join(config.home, 'weights')
    const weigh = join(config.home, 'weigh.cjs')
    writeFileSync(weigh, WEIGH(log))
    await using terminal = openWith(config, { env: { NODE_OPTIONS: `--require ${weigh}` } })
    await terminal.shows((rows) => /40 up.*10 down/.test(headingOf(rows)), 30_000)
    const { pid } = terminal.pty
    const look = async () => ({
      sockets: await leastSockets(pid),
      threads: readdirSync(`/proc/${pid}/task`).length,
      weights: weights(log),
    })
    await sleep(WARM_UP_MS)
    const before = await look()
    await sleep(WINDOW_MS)
    const after = await look()
    expect(after.sockets).toBeLessThanOrEqual(before.sockets)
    expect(after.threads).toBeLessThanOrEqual(before.threads)
    // The one that draws, the one that measures, the one that checks.
    expect([...before.weights.keys()].sort()).toEqual(['0', '1', '2'])
    for (const [thread, mebibytes] of after.weights)
      expect(mebibytes - (before.weights.get(thread) ?? 0)).toBeLessThan(MOST_MIB)
  },
)
