import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { createServer } from 'node:net'
import { expect, test } from 'vitest'
import { hasSshd, startSshd } from '../checks/servers/sshd.ts'
import { ConfigHome, headingOf, openWith, webServer } from './checking.ts'
import { KEY, type Terminal } from './terminal.ts'

const WEB = `require('http').createServer((_, response) => response.end('ok'))`
/** Leads away from this machine; where it leads to nothing may ever be asked. */
const LEADS_AWAY = `require('http').createServer((request, response) => {
  process.stdout.write(request.url + '\\n')
  response.writeHead(302, { location: 'http://127.0.0.1:' + process.argv[1] + '/followed' }).end()
})`
const PLAIN = `require('net').createServer((socket) => socket.on('error', () => {}).resume())`

/** A port that nobody uses and that the system gives to nobody by itself: what listens there is somebody's service. */
async function servicePort(): Promise<number> {
  for (;;) {
    const port = 20_000 + Math.floor(Math.random() * 10_000)
    const server = createServer().listen(port, '127.0.0.1')
    const free = await Promise.race([
      once(server, 'listening').then(() => true),
      once(server, 'error').then(() => false),
    ])
    if (!free) continue
    server.close()
    await once(server, 'close')
    return port
  }
}

interface Service extends Disposable {
  readonly port: number
  readonly said: () => string
  end(): Promise<void>
}

/** A server in a process of its own, as a person would start one. */
async function start(server: string, port: number, ...args: readonly string[]): Promise<Service> {
  const program = `${server}.listen(${port}, '127.0.0.1', () => console.log('ready'))`
  const child: ChildProcess = spawn(process.execPath, ['-e', program, ...args], { stdio: ['ignore', 'pipe', 'ignore'] })
  let said = ''
  child.stdout?.on('data', (text) => {
    said += text
  })
  await once(child.stdout as NonNullable<ChildProcess['stdout']>, 'data')
  return {
    port,
    said: () => said,
    async end() {
      const ended = once(child, 'exit')
      child.kill('SIGKILL')
      await ended
    },
    [Symbol.dispose]: () => void child.kill('SIGKILL'),
  }
}

/** Shows the services in full, those of one port alone. Something has to listen: there is nothing to filter else. */
async function onlyPort(terminal: Terminal, port: number): Promise<void> {
  await terminal.shows((rows) => /\d+ up/.test(headingOf(rows)), 20_000)
  terminal.type('55')
  await terminal.shows((rows) => rows[3]?.includes('5 Services') === true && !rows.join('\n').includes('6 Log'))
  terminal.type(`/${port}`)
  await terminal.shows((rows) => rows.join('\n').includes(`/${port}`), 20_000)
  terminal.type(KEY.enter)
}

/** The only row of the list. */
function row(rows: readonly string[]): string {
  return / 1 of \d+/.test(headingOf(rows)) ? (rows[5] ?? '') : ''
}

test('what listens here is checked by itself, as what it speaks, and marked as found', {
  timeout: 90_000,
}, async () => {
  using web = await start(WEB, await servicePort())
  using plain = await start(PLAIN, await servicePort())
  using config = new ConfigHome()
  await using terminal = openWith(config, { discover: true, columns: 200 })
  await onlyPort(terminal, web.port)
  await terminal.shows((rows) => /● node.* http .* ms /.test(row(rows)), 30_000)
  terminal.type(`/${KEY.backspace.repeat(String(web.port).length)}${plain.port}`)
  await terminal.shows((rows) => /● node.* tcp .* ms /.test(row(rows)), 30_000)
  terminal.type(' from:found')
  await terminal.shows((rows) => / 1 of \d+/.test(headingOf(rows)) && rows.join('\n').includes('from:found'))
  terminal.type(`${KEY.backspace.repeat('found'.length)}configured`)
  await terminal.shows((rows) => / 0 of \d+/.test(headingOf(rows)))
})

test.skipIf(!hasSshd())('a server that greets is known by its greeting', { timeout: 90_000 }, async () => {
  await using ssh = await startSshd(await servicePort())
  using config = new ConfigHome()
  await using terminal = openWith(config, { discover: true, columns: 200 })
  await onlyPort(terminal, ssh.port)
  await terminal.shows((rows) => /● sshd.* tcp .* SSH-2\.0/.test(row(rows)), 30_000)
})

test('what is started later comes within seconds; its end is told, and its return', { timeout: 150_000 }, async () => {
  using other = await start(WEB, await servicePort())
  expect(other.port).toBeGreaterThan(0)
  using config = new ConfigHome()
  await using terminal = openWith(config, { discover: true, columns: 200 })
  const port = await servicePort()
  await onlyPort(terminal, port)
  await terminal.shows((rows) => / 0 of \d+/.test(headingOf(rows)), 30_000)
  const began = performance.now()
  using first = await start(WEB, port)
  await terminal.shows((rows) => / 1 of \d+/.test(headingOf(rows)), 25_000)
  // Not only when all sockets are looked at, every 30 s.
  expect(performance.now() - began).toBeLessThan(20_000)
  await terminal.shows((rows) => /● node.* http /.test(row(rows)), 25_000)
  await first.end()
  terminal.type('c')
  await terminal.shows((rows) => /✖.* down .*refused by 127\.0\.0\.1/.test(row(rows)), 20_000)
  terminal.type('q')
  await terminal.shows(
    (rows) => new RegExp(`✖ node( :${port})? down`).test(rows[1] ?? '') || /\+\d+/.test(rows[1] ?? ''),
  )
  await terminal.shows(new RegExp(`down, refused by 127.0.0.1:${port}`.slice(0, 24)))
  using second = await start(WEB, port)
  expect(second.port).toBe(port)
  terminal.type('5')
  await terminal.shows((rows) => rows[3]?.includes('5 Services') === true)
  terminal.type('c')
  await terminal.shows((rows) => /● node.* well /.test(row(rows)), 20_000)
  terminal.type('q')
  await terminal.shows(/● node.* well again/)
})

test('only this machine is asked: nobody follows where a server leads', { timeout: 90_000 }, async () => {
  // Discovery itself may ask it for `/`.
  await using elsewhere = await webServer()
  using away = await start(LEADS_AWAY, await servicePort(), String(elsewhere.port))
  using config = new ConfigHome()
  await using terminal = openWith(config, { discover: true, columns: 200 })
  await onlyPort(terminal, away.port)
  await terminal.shows((rows) => /● node.* http /.test(row(rows)), 30_000)
  terminal.type('c')
  await terminal.shows(
    () =>
      away
        .said()
        .split('\n')
        .filter((line) => line === '/').length >= 3,
    20_000,
  )
  expect(elsewhere.arrivals('/followed')).toEqual([])
})

test('--no-discover asks nobody', async () => {
  using web = await start(WEB, await servicePort())
  using config = new ConfigHome()
  await using terminal = openWith(config)
  await terminal.shows((rows) => /\d+ listen/.test(headingOf(rows)) && headingOf(rows).includes('not checked'))
  terminal.type('55')
  await terminal.shows((rows) => rows.some((line) => line.includes(` ${web.port} `) && line.includes('not checked')))
})
