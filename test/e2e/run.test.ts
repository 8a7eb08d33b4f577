import { type ChildProcess, spawn, spawnSync } from 'node:child_process'
import {
  chmodSync,
  existsSync,
  fstatSync,
  mkdirSync,
  mkdtempSync,
  openSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { freeTcpPort } from '../checks/servers/loopback.ts'
import { alive, childrenOf, endsBy, until } from './helpers.ts'
import { PROBE_ARGS } from './probes.ts'
import { open, PROGRAM, type Terminal } from './terminal.ts'

const PATIENCE_MS = 20_000

/** A folder with a configuration and a state folder, and what runs there. */
class Place implements AsyncDisposable {
  readonly folder = mkdtempSync(join(tmpdir(), 'healthtop-run-'))
  readonly state = join(this.folder, 'state')
  readonly config = join(this.folder, 'config/healthtop/healthtop.yaml')
  private readonly all: Headless[] = []

  constructor() {
    mkdirSync(join(this.folder, 'config/healthtop'), { recursive: true, mode: 0o700 })
  }

  get env(): NodeJS.ProcessEnv {
    return {
      ...process.env,
      CI: undefined,
      TZ: 'UTC',
      XDG_CONFIG_HOME: join(this.folder, 'config'),
      STATE_DIRECTORY: undefined,
      NOTIFY_SOCKET: undefined,
      JOURNAL_STREAM: undefined,
    }
  }

  get args(): readonly string[] {
    return [PROGRAM, ...PROBE_ARGS, '--no-discover', '--state-dir', this.state]
  }

  configure(text: string): void {
    writeFileSync(this.config, text, { mode: 0o600 })
    chmodSync(this.config, 0o600)
  }

  run(args: readonly string[] = [], env: NodeJS.ProcessEnv = {}, stdout: 'pipe' | number = 'pipe'): Headless {
    const child = spawn(process.execPath, [...this.args, 'run', ...args], {
      env: { ...this.env, ...env },
      stdio: ['ignore', stdout, 'inherit'],
    })
    const one = new Headless(child)
    this.all.push(one)
    return one
  }

  dashboard(): Terminal {
    return open({ args: ['--state-dir', this.state], env: { XDG_CONFIG_HOME: join(this.folder, 'config') } })
  }

  async [Symbol.asyncDispose](): Promise<void> {
    for (const { child } of this.all) child.kill('SIGKILL')
    await Promise.all(this.all.map(({ ended }) => ended))
    rmSync(this.folder, { recursive: true, force: true })
  }
}

class Headless {
  readonly child: ChildProcess
  readonly pid: number
  readonly ended: Promise<number | null>
  text = ''

  constructor(child: ChildProcess) {
    this.child = child
    this.pid = child.pid as number
    this.ended = new Promise((resolve) => child.on('close', (code) => resolve(code)))
    child.stdout?.setEncoding('utf8').on('data', (text: string) => {
      this.text += text
    })
  }

  says(what: RegExp | string): Promise<void> {
    return until(
      `it says ${what}`,
      () => (typeof what === 'string' ? this.text.includes(what) : what.test(this.text)),
      PATIENCE_MS,
    )
  }
}

const check = (name: string, port: number) =>
  `  - { name: ${name}, type: tcp, host: 127.0.0.1, port: ${port}, interval: 1s, retries: 0, failures: 1 }\n`

test('it says what happens, reads its configuration again, and ends cleanly', { timeout: 60_000 }, async () => {
  await using place = new Place()
  const closed = await freeTcpPort()
  place.configure(`checks:\n${check('stays', closed)}${check('leaves', closed)}`)
  const run = place.run()
  await run.says(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ event healthtop started watching\n/)
  await run.says(
    new RegExp(`Z critical stays down, refused by 127\\.0\\.0\\.1:${closed} alert=check-down state=firing\n`),
  )
  place.configure(`checks:\n${check('stays', closed)}${check('comes', closed)}`)
  run.child.kill('SIGHUP')
  await run.says('event healthtop.yaml read again: checks: added comes, removed leaves\n')
  await run.says('critical comes down')
  place.configure(`checks:\n${check('stays', closed)}  - { name: bad, typ: tcp }\n`)
  run.child.kill('SIGHUP')
  await run.says(/warning healthtop\.yaml is not used, the last good one stays: healthtop\.yaml:3:\d+ checks\[1\]/)
  const children = childrenOf(run.pid)
  expect(await endsBy(run.pid, 'SIGTERM')).toBeLessThan(2000)
  expect(await run.ended).toBe(0)
  expect(run.text.split('\n').at(-2)).toMatch(/event healthtop ended$/)
  expect(children.filter(alive)).toEqual([])
  // Neither lock nor socket is left.
  expect(readdirSync(place.state).filter((name) => name.startsWith('healthtop.') || name.startsWith('.'))).toEqual([])
})

test('a second one is told who measures, and ends with 3', { timeout: 60_000 }, async () => {
  await using place = new Place()
  const run = place.run()
  await run.says('started watching')
  const { status, stdout, stderr } = spawnSync(process.execPath, [...place.args, 'run'], {
    env: place.env,
    encoding: 'utf8',
    timeout: PATIENCE_MS,
  })
  expect({ status, stdout }).toEqual({ status: 3, stdout: '' })
  expect(stderr).toBe(
    `healthtop: run: healthtop run (pid ${run.pid}) measures for this state folder already; end that one first, or give this one another folder: --state-dir DIR\n`,
  )
})

test('as JSON a line is an event or an alert of the log', { timeout: 60_000 }, async () => {
  await using place = new Place()
  place.configure('alerts:\n  - { name: always, metric: memory_used_ratio, above: 0%, for: 0s, severity: critical }\n')
  const run = place.run(['--log-format', 'json'])
  await run.says('"kind":"alert"')
  const lines = run.text
    .split('\n')
    .slice(0, -1)
    .map((line) => JSON.parse(line))
  expect(lines[0]).toMatchObject({ v: 1, kind: 'event', event: 'started', level: 'event', subject: 'healthtop' })
  expect(lines).toContainEqual(expect.objectContaining({ v: 1, kind: 'event', event: 'alert', level: 'critical' }))
  expect(lines.find(({ kind }) => kind === 'alert')).toMatchObject({
    v: 1,
    name: 'always',
    state: 'firing',
    severity: 'critical',
    series: 'memory_used_ratio',
    record: { state: 'firing' },
  })
})

test('a dashboard beside it shows what it measures, and takes over when it is killed', {
  timeout: 90_000,
}, async () => {
  await using place = new Place()
  const closed = await freeTcpPort()
  place.configure(`checks:\n${check('api', closed)}`)
  const run = place.run()
  await run.says('critical api down')
  await using terminal = place.dashboard()
  await terminal.shows((rows) => rows.some((row) => row.includes(`shows run ${run.pid}`)), PATIENCE_MS)
  await terminal.shows((rows) => rows.some((row) => /api +down/.test(row)), PATIENCE_MS)
  run.child.kill('SIGKILL')
  await terminal.shows(/took over from pid/, PATIENCE_MS)
  await terminal.shows((rows) => rows.some((row) => /api +down/.test(row)), PATIENCE_MS)
  expect(JSON.parse(readFileSync(join(place.state, 'healthtop.lock'), 'utf8'))).toMatchObject({
    pid: terminal.pty.pid,
    command: 'dashboard',
  })
  terminal.type('q')
  expect(await terminal.ended).toMatchObject({ exitCode: 0 })
  expect(existsSync(join(place.state, 'healthtop.lock'))).toBe(false)
})

test('the service manager is told that it is ready, goes on, reads again and ends', { timeout: 60_000 }, async () => {
  await using place = new Place()
  place.configure('checks: []\n')
  const bin = join(place.folder, 'bin')
  const told = join(place.folder, 'told')
  mkdirSync(bin)
  writeFileSync(join(bin, 'systemd-notify'), `#!/bin/sh\necho "$NOTIFY_SOCKET $*" >> ${told}\n`, { mode: 0o755 })
  const PATH = `${bin}:${process.env.PATH}`
  const run = place.run([], { PATH, NOTIFY_SOCKET: '/run/notify', WATCHDOG_USEC: '1000000' })
  const lines = () => (existsSync(told) ? readFileSync(told, 'utf8').split('\n').slice(0, -1) : [])
  const counts = (what: string) => lines().filter((line) => line.includes(what)).length
  await until('it goes on', () => counts('WATCHDOG=1') >= 2, PATIENCE_MS)
  expect(lines()[0]).toBe('/run/notify READY=1')
  run.child.kill('SIGHUP')
  await until('it is ready again', () => counts('READY=1') === 2, PATIENCE_MS)
  const reloading = lines().findIndex((line) => /RELOADING=1 MONOTONIC_USEC=\d+$/.test(line))
  expect(reloading).toBeGreaterThan(0)
  expect(lines().lastIndexOf('/run/notify READY=1')).toBeGreaterThan(reloading)
  await run.says('read again: nothing is different')
  run.child.kill('SIGTERM')
  expect(await run.ended).toBe(0)
  expect(lines().at(-1)).toBe('/run/notify STOPPING=1')
})

test('to the journal each line begins with its priority', { timeout: 60_000 }, async () => {
  await using place = new Place()
  const path = join(place.folder, 'journal')
  const file = openSync(path, 'w')
  const { dev, ino } = fstatSync(file)
  const run = place.run([], { JOURNAL_STREAM: `${dev}:${ino}` }, file)
  await until(
    'it says something',
    () => /^<6>\d{4}-.* started watching\n/.test(readFileSync(path, 'utf8')),
    PATIENCE_MS,
  )
  run.child.kill('SIGINT')
  expect(await run.ended).toBe(0)
})

test('when nobody reads it any more it ends quietly', { timeout: 60_000 }, async () => {
  await using place = new Place()
  const run = place.run()
  await run.says('started watching')
  run.child.stdout?.destroy()
  // It has to say something to find out.
  run.child.kill('SIGHUP')
  expect(await run.ended).toBe(0)
  expect(existsSync(join(place.state, 'healthtop.lock'))).toBe(false)
})

test('started beside a dashboard it measures, and the dashboard shows that', { timeout: 90_000 }, async () => {
  await using place = new Place()
  await using terminal = place.dashboard()
  await until('the dashboard measures', () => existsSync(join(place.state, 'healthtop.sock')), PATIENCE_MS)
  const run = place.run()
  await run.says('started')
  await terminal.shows((rows) => rows.some((row) => row.includes(`shows run ${run.pid}`)), PATIENCE_MS)
  expect(JSON.parse(readFileSync(join(place.state, 'healthtop.lock'), 'utf8'))).toMatchObject({
    pid: run.pid,
    command: 'run',
  })
  terminal.type('q')
  expect(await terminal.ended).toMatchObject({ exitCode: 0 })
})

test('what is done to an alert on a dashboard beside it is done, said and kept by the one that measures', {
  timeout: 90_000,
}, async () => {
  await using place = new Place()
  place.configure('alerts:\n  - { name: always, metric: memory_used_ratio, above: 0%, for: 0s, severity: critical }\n')
  const run = place.run()
  await run.says(/critical memory .* used/)
  await using terminal = place.dashboard()
  await terminal.shows((rows) => rows.some((row) => row.includes(`shows run ${run.pid}`)), PATIENCE_MS)
  terminal.type('6f')
  await terminal.shows((rows) => rows.some((row) => /✖ memory .* firing/.test(row)), PATIENCE_MS)
  terminal.type('a')
  await terminal.shows('it fires on, and nobody is told of it again')
  terminal.type('seen it\r')
  await run.says('event memory acknowledged: seen it alert=always\n')
  await terminal.shows((rows) => rows.some((row) => row.includes('memory ✓') && row.includes('NOW')), PATIENCE_MS)
  await until('it is kept', () => existsSync(join(place.state, 'marks.json')))
  expect(JSON.parse(readFileSync(join(place.state, 'marks.json'), 'utf8'))).toMatchObject({
    acknowledgements: [{ alert: expect.stringMatching(/^always memory_used_ratio \d+$/), note: 'seen it' }],
  })
})
