import { spawn, spawnSync } from 'node:child_process'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Loopback, tcpServer } from '../checks/servers/loopback.ts'
import { type CountingServer, webServer } from './checking.ts'
import { endsBy, until } from './helpers.ts'
import { check, checksOf, start } from './run-check.ts'
import { open, PROGRAM } from './terminal.ts'
import { endsUnread } from './unread.ts'

/** Takes connections and says nothing. */
let silent: Loopback
let connections = 0
let web: CountingServer
beforeAll(async () => {
  silent = await tcpServer((socket) => {
    connections++
    // It hears of the end of a connection only while it reads.
    socket.resume().on('close', () => connections--)
  })
  web = await webServer()
})
afterAll(() => Promise.all([silent[Symbol.asyncDispose](), web[Symbol.asyncDispose]()]))
const hanging = () => `http://127.0.0.1:${silent.port}/`
const well = () => `http://127.0.0.1:${web.port}/`

test('--timeout bounds what hangs: the program ends, and leaves no connection', async () => {
  const many = Array.from({ length: 30 }, (_, index) => `${hanging()}${index}`)
  const started = performance.now()
  const run = await check('--timeout', '300ms', '--format', 'json', well(), ...many)
  // No more than sixteen at once of one server: two rounds, and the start of the program on a busy machine.
  expect(performance.now() - started).toBeLessThan(20_000)
  expect(run.status).toBe(2)
  const [first, ...others] = checksOf(run)
  expect(first?.state).toBe('up')
  expect(new Set(others.map(({ reason }) => reason))).toEqual(new Set(['timeout']))
  expect(others[0]?.error).toBe(`no answer from 127.0.0.1:${silent.port}`)
  await until('every connection is closed', () => connections === 0)
})

test('a signal ends it in the middle of what hangs, at once and without a result', async () => {
  for (const [signal, code] of [
    ['SIGINT', 130],
    ['SIGTERM', 143],
  ] as const) {
    const { child, ended } = start(['check', '--timeout', '5m', hanging(), well()])
    await until('it hangs', () => connections > 0, 20_000)
    expect(await endsBy(child.pid ?? 0, signal)).toBeLessThan(2500)
    expect(await ended).toMatchObject({ status: code, stdout: '' })
    await until('every connection is closed', () => connections === 0)
  }
})

test('--every goes on, a whole line of json a round, until a signal; the code is that of the last round', async () => {
  const { child, ended, stdout } = start(['check', '--every', '300ms', '--format', 'json', well()])
  await until('three rounds', () => stdout().split('\n').length > 3, 25_000)
  child.kill('SIGINT')
  const run = await ended
  expect([run.status, run.stderr]).toEqual([0, ''])
  const rounds = run.stdout
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line))
  expect(rounds.every(({ checks }) => checks[0].state === 'up')).toBe(true)
  const times = rounds.map(({ t }) => t)
  expect(times).toEqual([...new Set(times)].sort((a, b) => a - b))
  for (const [index, t] of times.entries()) if (index > 0) expect(t - times[index - 1]).toBeGreaterThan(250)
  // Since when it is so stays the same.
  expect(new Set(rounds.map(({ checks }) => checks[0].since_ms)).size).toBe(1)
})

test('--every tells a change, in tables with a line between them', async () => {
  let status = 200
  await using changing = await webServer((_, response) => {
    response.statusCode = status
    response.end()
  })
  const { child, ended, stdout } = start(['check', '--every', '300ms', `http://127.0.0.1:${changing.port}/`])
  await until('it is up', () => stdout().includes('1 up\n'), 20_000)
  status = 503
  await until('it is down', () => stdout().includes('1 down\n'), 20_000)
  child.kill('SIGTERM')
  expect((await ended).status).toBe(2)
  expect(stdout()).toMatch(/1 up\n\nSTATE/)
})

test('what was stopped before its first round is no verdict', async () => {
  const { child, ended } = start(['check', '--every', '1h', hanging(), '--timeout', '5m'])
  await until('it hangs', () => connections > 0, 20_000)
  child.kill('SIGINT')
  expect(await ended).toMatchObject({ status: 3, stdout: '' })
})

test('a reader that leaves early is a quiet end', () => {
  const script = 'set -o pipefail; "$0" "$@" | head -n 2 >/dev/null'
  const args = [PROGRAM, 'check', '--every', '200ms', 'file:/etc/passwd']
  const { status, stderr } = spawnSync('bash', ['-c', script, process.execPath, ...args], { encoding: 'utf8' })
  expect({ status, stderr }).toEqual({ status: 0, stderr: '' })
})

test('nobody has to read what it says beside', async () => {
  const args = [PROGRAM, 'check', '--timeout', '1500ms', '--format', 'json', hanging()]
  const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'pipe'] })
  child.stderr.destroy()
  let stdout = ''
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    stdout += text
  })
  const [status] = await new Promise<unknown[]>((resolve) => child.on('close', (...end) => resolve(end)))
  expect(status).toBe(2)
  expect(JSON.parse(stdout).verdict).toBe('critical')
})

test('a signal ends it though its reader has stopped reading', async () => {
  const targets = Array.from({ length: 60 }, (_, index) => `file:/nowhere/${index}`)
  const args = [PROGRAM, 'check', '--every', '200ms', '--format', 'json', ...targets]
  expect(await endsUnread(args, 'SIGTERM')).toBeLessThan(2500)
})

test('what it waits for is said on stderr, and nothing of that on stdout', async () => {
  const run = await check('--timeout', '2s', '--format', 'json', hanging(), well())
  expect(run.stderr).toBe(`healthtop: 1 of 2 checked, waiting for ${hanging()}\n`)
  expect(JSON.parse(run.stdout).verdict).toBe('critical')
})

test('on a terminal it says so in one line, which is gone in the end', async () => {
  await using terminal = open({ args: ['check', '--timeout', '3s', hanging(), well()], columns: 100, rows: 12 })
  await terminal.shows((rows) => rows[0] === `1 of 2 checked, waiting for ${hanging()}`)
  const rows = await terminal.shows((shown) => shown.some((row) => row === '1 down, 1 up'))
  expect(rows[0]).toMatch(/^STATE +NAME/)
  expect(rows.join('\n')).not.toContain('waiting for')
  expect((await terminal.ended).exitCode).toBe(2)
})
