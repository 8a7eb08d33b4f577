import { type ChildProcess, spawn } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { systemClock } from '../../src/lib/clock.ts'
import type { AlertCommand, Outcome } from '../../src/model/source.ts'
import { createClient } from '../../src/sources/shared/client.ts'
import { ConfigHome, openWith } from './checking.ts'
import { until } from './helpers.ts'
import { PROBE_ARGS } from './probes.ts'
import { KEY, PROGRAM, type Terminal } from './terminal.ts'

/** Fires at once, on any machine. */
const ALWAYS = 'alerts: [{ name: some-memory, metric: memory_used_ratio, above: 0.01% }]\n'

/** A state folder that goes with the test, and `healthtop run` that measures for it. */
class Measured implements AsyncDisposable {
  readonly home = mkdtempSync(join(tmpdir(), 'healthtop-state-'))
  readonly env = { XDG_STATE_HOME: this.home, STATE_DIRECTORY: undefined }
  #run: ChildProcess | undefined

  get socket(): string {
    return JSON.parse(readFileSync(join(this.home, 'healthtop/healthtop.lock'), 'utf8')).socket
  }

  async begin(config: ConfigHome, args: readonly string[]): Promise<void> {
    const env = { ...process.env, ...this.env, XDG_CONFIG_HOME: config.home }
    const run = spawn(process.execPath, [PROGRAM, 'run', ...PROBE_ARGS, '--no-discover', ...args], { env })
    this.#run = run
    let told = ''
    run.stdout?.on('data', (text) => {
      told += text
    })
    await until('it began', () => told.includes('started watching'), 20_000)
  }

  /** Reads its configuration again. */
  reload(): void {
    this.#run?.kill('SIGHUP')
  }

  async end(): Promise<void> {
    const run = this.#run
    if (run === undefined || run.exitCode !== null) return
    const ended = new Promise((resolve) => run.once('exit', resolve))
    run.kill('SIGTERM')
    await ended
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.end()
    rmSync(this.home, { recursive: true, force: true })
  }
}

const footer = (rows: readonly string[]) => rows.at(-1) ?? ''
const OFFERS = /\ba acknowledge|\bS silence/

/** Opens the alert from the log. */
async function openAlert(terminal: Terminal): Promise<readonly string[]> {
  await terminal.shows((rows) => /NOW .*memory .*used/.test(rows[1] ?? ''), 20_000)
  terminal.type('66')
  await terminal.shows(/6 Log .* entries/)
  terminal.type(`/is:firing memory${KEY.enter}`)
  await terminal.shows((rows) => rows.slice(4).some((row) => /▲ memory/.test(row)))
  terminal.type(KEY.enter)
  return terminal.shows((rows) => /WARN +some-memory/.test(rows[1] ?? '') && !/loading/.test(footer(rows)))
}

/** What the program says to whoever asks past the screen. */
async function asked(path: string, commands: (alert: string) => readonly AlertCommand[]): Promise<readonly Outcome[]> {
  let alert: string | undefined
  const client = createClient({
    path,
    me: { pid: process.pid, version: '0.1.0' },
    bootId: undefined,
    clock: systemClock,
    attached: () => {},
    can: () => {},
    receive: ({ told }) => {
      if (told !== undefined && told !== 'own') alert = told.alerts[0]?.id
    },
    ended: () => {},
  })
  try {
    await until('the alert fires', () => alert !== undefined, 20_000)
    return await Promise.all(commands(alert ?? '').map((command) => client.command(command)))
  } finally {
    client.close()
  }
}

test('where the one that measures only reads, an alert is neither acknowledged nor silenced, and neither is taken back', {
  timeout: 120_000,
}, async () => {
  await using state = new Measured()
  using config = new ConfigHome(ALWAYS)
  await state.begin(config, [])
  const made = await asked(state.socket, (alert) => [
    { kind: 'acknowledge', alert, note: 'mine' },
    { kind: 'silence', alert },
  ])
  expect(made).toEqual([{ ok: true }, { ok: true }])
  await state.end()

  await state.begin(config, ['--read-only'])
  const refused = await asked(state.socket, (alert) => [
    { kind: 'unacknowledge', alert },
    { kind: 'unsilence', alert },
    { kind: 'acknowledge', alert, note: 'somebody else' },
    { kind: 'silence', alert },
  ])
  expect(refused).toEqual(Array(4).fill({ ok: false, reason: 'read-only' }))
  await using terminal = openWith(config, { env: state.env })
  await terminal.shows((rows) => /shows run \d+/.test(rows[0] ?? ''), 20_000)
  const rows = await openAlert(terminal)
  // What others made of it is seen, and nothing is offered.
  expect(rows[1]).toMatch(/some-memory ✓/)
  expect(rows[2]).toContain('✓ mine')
  expect(rows.join('\n')).not.toMatch(OFFERS)
  terminal.type('aS')
  terminal.type(':silence')
  await terminal.shows(/: silence +0 commands/)
  terminal.type(KEY.escape)
  const after = await terminal.shows((all) => !/0 commands/.test(all.join('\n')))
  expect(after.join('\n')).not.toMatch(/Take the acknowledgement back|not done/)
  expect(after[1]).toMatch(/some-memory ✓/)
})

test('a dashboard that only reads offers nothing beside one that may', { timeout: 120_000 }, async () => {
  await using state = new Measured()
  using config = new ConfigHome(ALWAYS)
  await state.begin(config, [])
  await using reading = openWith(config, { env: state.env, args: ['--read-only'] })
  await reading.shows((rows) => /shows run \d+/.test(rows[0] ?? ''), 20_000)
  expect((await openAlert(reading)).join('\n')).not.toMatch(OFFERS)
  await using other = openWith(config, { env: state.env })
  await other.shows((rows) => /shows run \d+/.test(rows[0] ?? ''), 20_000)
  await openAlert(other)
  await other.shows((rows) => OFFERS.test(footer(rows)))
  // The rule goes, and the alert with it: then there is nothing left to be offered.
  config.write('alerts: []\n')
  state.reload()
  await other.shows((rows) => /some-memory .*over|resolved|removed/.test(rows.slice(1).join('\n')), 30_000)
  await other.shows((rows) => !OFFERS.test(footer(rows)))
})
