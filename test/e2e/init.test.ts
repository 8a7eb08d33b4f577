import { statSync } from 'node:fs'
import { expect, test } from 'vitest'
import { ConfigHome, webServer } from './checking.ts'
import { checksOf, saidOf, start } from './run-check.ts'

/** So many services are found at most. */
const MOST = 200

test('init writes what listens here, and check finds just that', async () => {
  await using web = await webServer()
  using home = new ConfigHome()
  const env = { XDG_CONFIG_HOME: home.home }
  const written = await start(['init'], env).ended
  expect([written.status, written.stdout]).toEqual([0, ''])
  expect(saidOf(written)).toMatch(
    new RegExp(`^healthtop: ${home.path} written with \\d+ checks? of what listens here\\n$`),
  )
  expect(statSync(home.path).mode & 0o777).toBe(0o600)
  const count = Number(/with (\d+)/.exec(written.stderr)?.[1])
  const valid = await start(['config', 'validate'], env).ended
  expect([valid.status, valid.stdout.split(' ')[1]]).toEqual([0, `${count}`])
  const checks = checksOf(await start(['check', '--format', 'json'], env).ended)
  expect(checks).toHaveLength(count)
  expect(new Set(checks.map(({ details }) => details.origin))).toEqual(new Set(['configured']))
  // No more are made of one machine: on a crowded one it may be left out.
  if (count === MOST) return
  const own = checks.find(({ target }) => target === `http://127.0.0.1:${web.port}/`)
  expect(own).toMatchObject({ type: 'http', state: 'up' })
  expect((await start(['check', own?.name ?? ''], env).ended).status).toBe(0)
}, 90_000)

test('init writes over no file, and prints where it is told to', async () => {
  using home = new ConfigHome('interval: 2s\n')
  const env = { XDG_CONFIG_HOME: home.home }
  const args = ['--no-discover', 'init']
  expect(await start(args, env).ended).toEqual({
    status: 3,
    stdout: '',
    stderr: `healthtop: init: ${home.path} is there already, and is not written over; --force does, --output - prints\n`,
  })
  const printed = await start([...args, '--output', '-'], env).ended
  expect([printed.status, printed.stderr]).toEqual([0, ''])
  expect(printed.stdout).toMatch(/^# yaml-language-server: \$schema=file:\/\/\/.*\/healthtop\.schema\.json\n/)
  expect((await start([...args, '--force'], env).ended).status).toBe(0)
  expect((await start(['config', 'validate'], env).ended).stdout).toContain('nothing wrong')
  for (const [more, told] of [
    [['x.yaml'], 'init: expected options only, got "x.yaml"; --output x.yaml?'],
    [['-c', 'x.yaml'], 'init: --config is read by other commands; --output is written'],
  ] as const)
    expect((await start([...args, ...more], env).ended).stderr).toBe(`healthtop: ${told}\n`)
})

test('a snapshot has the checks, and its verdict counts them', async () => {
  await using web = await webServer((_, response) => {
    response.statusCode = 500
    response.end()
  })
  using home = new ConfigHome(
    `checks:\n  - { name: broken, type: http, url: "http://127.0.0.1:${web.port}/", retries: 0 }\n`,
  )
  const args = ['-c', home.path, '--no-discover', 'snapshot']
  const json = await start([...args, '--format', 'json', '--top', '0']).ended
  expect(json.status).toBe(2)
  const { verdict, checks } = JSON.parse(json.stdout)
  expect([verdict, checks.length]).toEqual(['critical', 1])
  expect(checks[0]).toMatchObject({ name: 'broken', type: 'http', state: 'down', reason: 'status' })
  const table = await start(args).ended
  expect(table.status).toBe(2)
  expect(table.stdout).toMatch(/broken +http/)
  expect(table.stdout).toContain('expected status 2xx, got 500 Internal Server Error')
})

test('the help of check and init is whole, and fits 80 columns', async () => {
  for (const [args, named] of [
    [
      ['help', 'check'],
      ['--format', '--timeout', '--expect', '--every', 'docs/checks.md', 'http+unix:', 'exec:'],
    ],
    [
      ['check', '--help'],
      ['tcp://', 'udp://', 'tls://', 'ping://', 'dns://', 'process:', 'systemd:', 'file:'],
    ],
    [
      ['init', '--help'],
      ['--output', '--force', '--no-discover'],
    ],
  ] as const) {
    const { stdout, stderr, status } = await start([...args], { COLUMNS: '80' }).ended
    expect([status, stderr]).toEqual([0, ''])
    for (const name of named) expect(stdout).toContain(name)
    expect(stdout.split('\n').filter((line) => line.length > 80)).toEqual([])
  }
})
