import { type ChildProcess, spawn, spawnSync } from 'node:child_process'
import { chmodSync, chownSync, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { until } from './helpers.ts'
import { PROBE_ARGS } from './probes.ts'
import { open, PROGRAM, type Terminal } from './terminal.ts'

const PATIENCE_MS = 20_000
/** A user and a group that nobody has. */
const UID = 60_001
const GID = 60_002

/** Whether somebody else may read the program at all: a repository below /root is root's alone. */
const othersMayRun =
  process.getuid?.() === 0 &&
  spawnSync(process.execPath, ['-e', 'require("node:fs").accessSync(process.argv[1])', PROGRAM], { uid: UID, gid: UID })
    .status === 0

/** A machine with a service and persons who look: everybody's folders, and what runs there. */
class Machine implements AsyncDisposable {
  readonly folder = mkdtempSync(join(tmpdir(), 'healthtop-machine-'))
  readonly state = this.made('var-lib')
  readonly runtime = this.made('run')
  readonly home = this.made('home')
  readonly own = join(this.home, 'state/healthtop')
  private readonly children: ChildProcess[] = []

  constructor() {
    chmodSync(this.folder, 0o755)
  }

  private made(name: string): string {
    mkdirSync(join(this.folder, name), { mode: 0o750 })
    return join(this.folder, name)
  }

  /** As systemd starts it: with folders of its own, and perhaps a group. */
  async service(args: readonly string[] = [], gid?: number): Promise<ChildProcess> {
    const child = spawn(process.execPath, [PROGRAM, ...PROBE_ARGS, '--no-discover', 'run', ...args], {
      env: { ...process.env, STATE_DIRECTORY: this.state, RUNTIME_DIRECTORY: this.runtime, NOTIFY_SOCKET: undefined },
      stdio: ['ignore', 'pipe', 'inherit'],
      ...(gid !== undefined && { gid }),
    })
    this.children.push(child)
    const lock = join(this.state, 'healthtop.lock')
    await until(
      'the service measures',
      () =>
        existsSync(join(this.runtime, 'healthtop.sock')) &&
        JSON.parse(readFileSync(lock, 'utf8')).pid === child.pid &&
        existsSync(join(this.state, 'log')),
      PATIENCE_MS,
    )
    return child
  }

  get env(): Record<string, string> {
    return {
      HOME: this.home,
      XDG_STATE_HOME: join(this.home, 'state'),
      XDG_CONFIG_HOME: join(this.home, 'config'),
      HEALTHTOP_SERVICE_DIR: this.state,
    }
  }

  dashboard(): Terminal {
    return open({ env: this.env })
  }

  /** A command of the person, of a group. */
  says(gid: number, ...args: string[]): string {
    const { stdout, stderr } = spawnSync(process.execPath, [PROGRAM, ...args], {
      uid: UID,
      gid,
      env: { ...process.env, ...this.env },
      encoding: 'utf8',
      timeout: PATIENCE_MS,
    })
    return stdout + stderr
  }

  /** The dashboard in words, of the person, of a group: what it has said so far. */
  looks(gid: number): () => string {
    const child = spawn(process.execPath, [PROGRAM, ...PROBE_ARGS, '--no-discover', '--screen-reader'], {
      uid: UID,
      gid,
      env: { ...process.env, ...this.env },
      stdio: ['pipe', 'pipe', 'inherit'],
    })
    this.children.push(child)
    let text = ''
    child.stdout.setEncoding('utf8').on('data', (piece: string) => {
      text += piece
    })
    return () => text
  }

  async [Symbol.asyncDispose](): Promise<void> {
    const running = this.children.filter(({ exitCode, signalCode }) => exitCode === null && signalCode === null)
    await Promise.all(
      running.map((child) => {
        const gone = new Promise((resolve) => child.once('close', resolve))
        child.kill('SIGKILL')
        return gone
      }),
    )
    rmSync(this.folder, { recursive: true, force: true })
  }
}

test('a dashboard shows the service; when that is killed it measures in its own folder, and it turns to the next one', {
  timeout: 120_000,
}, async () => {
  await using machine = new Machine()
  const service = await machine.service()
  await using terminal = machine.dashboard()
  await terminal.shows((rows) => rows.some((row) => row.includes(`shows run ${service.pid}`)), PATIENCE_MS)
  expect(existsSync(machine.own)).toBe(false)
  service.kill('SIGKILL')
  await until('it measures in its own folder', () => existsSync(join(machine.own, 'healthtop.lock')), PATIENCE_MS)
  await terminal.shows((rows) => !rows.some((row) => row.includes('shows run')), PATIENCE_MS)
  // The place of the service stays as it was left.
  expect(JSON.parse(readFileSync(join(machine.state, 'healthtop.lock'), 'utf8'))).toMatchObject({ pid: service.pid })
  const next = await machine.service()
  await terminal.shows((rows) => rows.some((row) => row.includes(`shows run ${next.pid}`)), PATIENCE_MS)
  expect(existsSync(join(machine.own, 'healthtop.lock'))).toBe(false)
  terminal.type('q')
  expect(await terminal.ended).toMatchObject({ exitCode: 0 })
})

test('without a service, or with one that keeps to itself, everybody measures for themselves', {
  timeout: 60_000,
}, async () => {
  await using machine = new Machine()
  await using terminal = machine.dashboard()
  await terminal.shows(/load \d/, PATIENCE_MS)
  await until('it measures', () => existsSync(join(machine.own, 'healthtop.sock')), PATIENCE_MS)
  expect(readdirSync(machine.state)).toEqual([])
  terminal.type('q')
  expect(await terminal.ended).toMatchObject({ exitCode: 0 })
})

test.skipIf(!othersMayRun)(
  'people of its group look at a service that shares, and read its log; others do not',
  {
    timeout: 120_000,
  },
  async () => {
    await using machine = new Machine()
    for (const folder of [machine.state, machine.runtime]) chownSync(folder, 0, GID)
    chownSync(machine.home, UID, UID)
    await machine.service(['--share'], GID)
    expect(machine.says(GID, 'log')).toContain('started watching')
    expect(machine.says(UID, 'log')).toContain(`there is no log in ${join(machine.own, 'log')} yet`)
    const member = machine.looks(GID)
    await until('it says how the machine is', () => /load \d/.test(member()), PATIENCE_MS)
    expect(existsSync(machine.own)).toBe(false)
    const other = machine.looks(UID)
    await until('it says how the machine is', () => /load \d/.test(other()), PATIENCE_MS)
    expect(readdirSync(machine.own)).toContain('healthtop.lock')
    // Nobody is bothered with what is none of their business.
    expect(other()).not.toMatch(/denied|service|alone/)
  },
)

test.skipIf(!othersMayRun)(
  'a service that does not share is its user’s alone, whoever is in its group',
  {
    timeout: 60_000,
  },
  async () => {
    await using machine = new Machine()
    for (const folder of [machine.state, machine.runtime]) chownSync(folder, 0, GID)
    chownSync(machine.home, UID, UID)
    await machine.service([], GID)
    expect(machine.says(GID, 'log')).toContain(`there is no log in ${join(machine.own, 'log')} yet`)
    const member = machine.looks(GID)
    await until('it measures', () => existsSync(join(machine.own, 'healthtop.lock')), PATIENCE_MS)
    expect(member()).not.toMatch(/denied|service|alone/)
  },
)
