import { spawn, spawnSync } from 'node:child_process'
import { appendFileSync, mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { encodeLine } from '../../src/log/encode.ts'
import { alertOf, recordOf } from '../fixtures/alerts.ts'
import { alertLine, checkLine, event, MINUTE, metrics, TemporaryLog } from '../log/logs.ts'
import { until } from './helpers.ts'
import { open, PROGRAM } from './terminal.ts'

const ENV = { ...process.env, CI: undefined, TZ: 'UTC', LANG: 'C.UTF-8', LC_ALL: undefined, STATE_DIRECTORY: undefined }

function log(state: string, ...args: string[]) {
  const { status, stdout, stderr } = spawnSync(process.execPath, [PROGRAM, '--state-dir', state, 'log', ...args], {
    encoding: 'utf8',
    maxBuffer: 1e9,
    env: ENV,
  })
  return { status, stdout, stderr }
}

/** The last ten minutes of a machine, long enough ago that no minute has to be waited for. */
function lately(temporary: TemporaryLog) {
  const start = Date.now() - 10 * MINUTE
  const at = (minute: number) => start + minute * MINUTE
  const alert = alertOf({ sinceMs: at(2), firedMs: at(3), cause: 'vacuum-logs writes 38 MB/s' })
  const lines = [
    event(at(0), { event: 'started', level: 'event', subject: 'healthtop', text: 'started' }),
    checkLine(at(1), 'up', { since_ms: at(0) }),
    metrics(at(2), { cpu_used_ratio: 0.374, memory_used_ratio: 0.61, load_1m: 0.42 }),
    event(at(3), {
      event: 'alert',
      subject: '/var',
      text: '94 % used',
      cause: 'vacuum-logs writes 38 MB/s',
      alert: alert.id,
    }),
    alertLine(at(3), recordOf(alert)),
    event(at(4), { event: 'check', level: 'critical', subject: 'api', text: 'down, refused by 127.0.0.1:25' }),
    checkLine(at(4), 'down', { reason: 'refused', error: 'connection refused by 127.0.0.1:25' }),
    event(at(5), { event: 'oom_kill', level: 'critical', subject: 'java', text: 'killed by the kernel' }),
  ]
  temporary.lines(lines)
  return { lines, at }
}

test('what happened is a table of who, what and why', () => {
  using temporary = new TemporaryLog()
  lately(temporary)
  const { status, stdout, stderr } = log(temporary.state)
  expect([status, stderr]).toEqual([0, ''])
  expect(stdout.split('\n').map((line) => line.replace(/^.*\d\d:\d\d:\d\d {2}/, '').replace(/ +/g, ' '))).toEqual([
    '▸ healthtop started',
    '▲ /var 94 % used vacuum-logs writes 38 MB/s [disk-almost-full]',
    '✖ api down, refused by 127.0.0.1:25',
    '✖ java killed by the kernel',
    '',
  ])
})

test('json is the lines as they are; kinds, times and words choose among them', () => {
  using temporary = new TemporaryLog()
  const { lines, at } = lately(temporary)
  const texts = lines.map(encodeLine)
  const all = log(temporary.state, '--format', 'json', '--kind', 'alert,event,check,metrics')
  expect(all).toEqual({ status: 0, stdout: `${texts.join('\n')}\n`, stderr: '' })
  const chosen = (...args: string[]) =>
    log(temporary.state, '--format', 'json', ...args)
      .stdout.trim()
      .split('\n')
  expect(chosen('--since', `${at(4)}`, '--until', `${at(5)}`)).toEqual([texts[5], texts[6]])
  expect(chosen('refused', 'API')).toEqual([texts[5], texts[6]])
  expect(chosen('--kind', 'metrics')).toEqual([texts[2]])
  expect(log(temporary.state, '--kind', 'metrics', '--ascii').stdout).toMatch(
    /- metrics {11}cpu 37 % {2}memory 61 % {2}load 0\.42\n$/,
  )
})

test('what cannot be read is passed over, and told', () => {
  using temporary = new TemporaryLog()
  const now = Date.now()
  temporary.hour(now, ['garbage', event(now - 1), '{"v":1,"t":12', '\0\0\0'])
  const { status, stdout, stderr } = log(temporary.state)
  expect([status, stderr]).toEqual([0, 'healthtop: 3 lines could not be read\n'])
  expect(stdout).toMatch(/▲ eth0 +is down\n$/)
})

test('no log yet, nothing of that in it, and one that cannot be read', () => {
  using temporary = new TemporaryLog()
  const none = log(temporary.state, '--format', 'json')
  expect([none.status, none.stdout]).toEqual([0, ''])
  expect(none.stderr).toBe(
    `healthtop: there is no log in ${temporary.folder} yet: healthtop and healthtop run write it; --state-dir says where else\n`,
  )
  lately(temporary)
  const nothing = log(temporary.state, 'nobody')
  expect([nothing.status, nothing.stdout]).toEqual([0, ''])
  expect(nothing.stderr).toMatch(/^healthtop: nothing of that is in the log since \d+ \w+ [\d:]+\n$/)
  expect(log(temporary.state, 'nobody', '--format', 'json').stderr).toBe('')
  rmSync(temporary.folder, { recursive: true })
  writeFileSync(temporary.folder, '')
  const unreadable = log(temporary.state)
  expect([unreadable.status, unreadable.stdout]).toEqual([3, ''])
  expect(unreadable.stderr).toMatch(/^healthtop: the log cannot be read: ENOTDIR: /)
})

test('a mistake is said before anything is read', () => {
  using temporary = new TemporaryLog()
  const { status, stdout, stderr } = log(temporary.state, '--since', 'yesterday')
  expect([status, stdout]).toEqual([3, ''])
  expect(stderr).toBe(
    'healthtop: --since: expected a time such as 2h, 14:30, 2026-11-25, 2026-11-25T14:30 or all, got "yesterday"\n',
  )
})

test('a pipe that closes early is a quiet end', () => {
  using temporary = new TemporaryLog()
  const start = Date.now() - MINUTE
  temporary.hour(
    start,
    Array.from({ length: 50_000 }, (_, index) => event(start + index)),
  )
  const script = 'set -o pipefail; "$0" "$@" | head -n 1'
  const args = ['-c', script, process.execPath, PROGRAM, '--state-dir', temporary.state, 'log']
  const { status, stdout, stderr } = spawnSync('bash', args, { encoding: 'utf8', env: ENV })
  expect([status, stderr, stdout.split('\n').length]).toEqual([0, '', 2])
})

test('followed by nobody any more it ends as quietly, though nothing is written', () => {
  using temporary = new TemporaryLog()
  temporary.hour(Date.now(), [event(Date.now() - 1000), event(Date.now() - 500)])
  const script = 'set -o pipefail; "$0" "$@" | head -n 1'
  const args = ['-c', script, process.execPath, PROGRAM, '--state-dir', temporary.state, 'log', '--follow']
  const { status, stdout, stderr } = spawnSync('bash', args, { encoding: 'utf8', env: ENV, timeout: 30_000 })
  expect([status, stderr, stdout.split('\n').length]).toEqual([0, '', 2])
})

test('it follows what is written, and ends well by SIGINT', async () => {
  using temporary = new TemporaryLog()
  rmSync(temporary.folder, { recursive: true })
  const child = spawn(
    process.execPath,
    [PROGRAM, '--state-dir', temporary.state, 'log', '--follow', '--format', 'json'],
    {
      stdio: ['ignore', 'pipe', 'pipe'],
      env: ENV,
    },
  )
  try {
    let stdout = ''
    let stderr = ''
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      stdout += text
    })
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      stderr += text
    })
    const ended = new Promise((resolve) => {
      child.on('close', (status, signal) => resolve([status, signal]))
    })
    await until('it waits for a log', () => stderr.includes('there is no log'), 20_000)
    const now = Date.now()
    mkdirSync(temporary.folder)
    const path = temporary.hour(now, [event(now), 'garbage'])
    const texts = [encodeLine(event(now)), encodeLine(event(now + 1)), encodeLine(checkLine(now + 2))]
    await until('the first line is told', () => stdout === `${texts[0]}\n`, 20_000)
    appendFileSync(path, `${texts[1]}\n${encodeLine(metrics(now))}\n${texts[2]}\n`)
    await until('the others are told', () => stdout === texts.map((text) => `${text}\n`).join(''), 20_000)
    child.kill('SIGINT')
    expect(await ended).toEqual([0, null])
    expect(stderr).toMatch(/\nhealthtop: 1 line could not be read\n$/)
  } finally {
    child.kill('SIGKILL')
  }
})

test('on a terminal there are colours, but not where they are not wanted, and lines are as wide as it is', async () => {
  using temporary = new TemporaryLog()
  lately(temporary)
  const raw = async (...args: string[]) => {
    const command = [process.execPath, PROGRAM, '--state-dir', temporary.state, ...args, 'log'] as const
    await using terminal = open({ command: [...command], columns: 100, rows: 12 })
    expect((await terminal.ended).exitCode).toBe(0)
    return terminal.raw
  }
  const coloured = await raw()
  expect(coloured).toContain('\x1b[31m✖\x1b[0m \x1b[1mjava\x1b[0m')
  expect(coloured).toContain('vacuum-logs writes 38 MB/s')
  expect(await raw('--no-color')).not.toContain('\x1b[')
})
