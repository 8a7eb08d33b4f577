import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { ConfigHome, openWith } from './checking.ts'
import type { Terminal } from './terminal.ts'
import { KEY } from './terminal.ts'

/** A state folder of a test's own. */
class StateHome implements Disposable {
  readonly home = mkdtempSync(join(tmpdir(), 'healthtop-state-'))
  readonly env = { XDG_STATE_HOME: this.home }

  /** The healthtop that measures for this folder. */
  get measurer(): number {
    return JSON.parse(readFileSync(join(this.home, 'healthtop/healthtop.lock'), 'utf8')).pid
  }

  [Symbol.dispose](): void {
    rmSync(this.home, { recursive: true, force: true })
  }
}

/** A program that listens on a port of its own, and says which. */
const LISTENS = `const server = require('node:net').createServer((one) => one.destroy())
server.listen(0, '127.0.0.1', () => console.log(server.address().port))`
/** Fires at once, on any machine. */
const ALWAYS = 'alerts: [{ name: some-memory, metric: memory_used_ratio, above: 0.01%, labels: { team: ops } }]\n'
/** The row of the log that has the text, below the rows that say what matters. */
const inLog = (rows: readonly string[], text: RegExp) => rows.slice(4).find((row) => text.test(row)) ?? ''

async function openLog(terminal: Terminal): Promise<void> {
  await terminal.shows((rows) => /NOW .*memory .*used/.test(rows[1] ?? ''), 20_000)
  terminal.type('6')
  await terminal.shows(/6 Log/)
  terminal.type('6')
  await terminal.shows(/6 Log .* entries/)
  terminal.type('/is:firing memory')
  terminal.type(KEY.enter)
  await terminal.shows((rows) => inLog(rows, /▲ memory/) !== '')
}

test('an alert is acknowledged with a note and silenced, which another run goes on with', {
  timeout: 90_000,
}, async () => {
  using config = new ConfigHome(ALWAYS)
  using state = new StateHome()
  {
    await using terminal = openWith(config, state)
    await openLog(terminal)
    terminal.type('a')
    await terminal.shows(/Acknowledge/)
    terminal.type('looking into it')
    terminal.type(KEY.enter)
    await terminal.shows((rows) => /memory ✓/.test(rows[1] ?? ''))
    terminal.type('S')
    await terminal.shows(/until it resolves/)
    terminal.type(KEY.enter)
    await terminal.shows((rows) => /▲ memory ✓ .*⋯ until \d\d:\d\d/.test(inLog(rows, /▲ memory/)))
    terminal.type('qq')
    expect((await terminal.ended).exitCode).toBe(0)
  }
  await using again = openWith(config, state)
  await again.shows((rows) => /memory ✓/.test(rows[1] ?? ''), 20_000)
  again.type('6')
  const screen = await again.shows((rows) => rows.some((row) => /healthtop ended/.test(row)))
  expect(screen.join('\n')).toContain('acknowledged: looking into it')
})

test('a second one shows what the first one sees, acts through it, and takes over when it is killed', {
  timeout: 90_000,
}, async () => {
  using config = new ConfigHome(ALWAYS)
  using state = new StateHome()
  await using first = openWith(config, state)
  await openLog(first)
  await using second = openWith(config, state)
  const head = await second.shows((rows) => /shows dashboard \d+/.test(rows[0] ?? ''), 20_000)
  expect(head[0]).toContain(`shows dashboard ${state.measurer}`)
  await openLog(second)
  second.type('a')
  await second.shows(/Acknowledge/)
  second.type(KEY.enter)
  await first.shows((rows) => /memory ✓/.test(rows[1] ?? ''))
  const before = state.measurer
  process.kill(before, 'SIGKILL')
  second.type(KEY.escape)
  await second.shows((rows) => !/shows dashboard/.test(rows[0] ?? '') && /LIVE/.test(rows[0] ?? ''))
  await second.shows((rows) => /memory ✓/.test(rows[1] ?? ''))
  await second.shows((rows) => rows.some((row) => row.includes(`took over from pid ${before}`)))
  expect(state.measurer).not.toBe(before)
})

test('a state folder that cannot be written stops nothing, and is told', { timeout: 60_000 }, async () => {
  using config = new ConfigHome()
  await using terminal = openWith(config, { env: { XDG_STATE_HOME: '/proc/nothing' } })
  await terminal.shows(/LIVE/)
  await terminal.shows((rows) => rows.some((row) => /NOW .*log cannot be written/.test(row)), 30_000)
})

test('a service that dies is down by the process that ended', { timeout: 60_000 }, async () => {
  const server = spawn(process.execPath, ['-e', LISTENS], { stdio: ['ignore', 'pipe', 'inherit'] })
  try {
    const port = Number(await once(server.stdout, 'data'))
    using config = new ConfigHome(
      `checks: [{ name: web, type: tcp, host: 127.0.0.1, port: ${port}, interval: 1s, retries: 0, failures: 1 }]\n`,
    )
    await using terminal = openWith(config, { args: ['-p', String(server.pid)] })
    await terminal.shows((rows) => rows.some((row) => /● web /.test(row)), 20_000)
    await terminal.shows((rows) => rows.some((row) => row.includes(`${server.pid} `)))
    terminal.type('5o')
    await terminal.shows((rows) => rows.some((row) => row.includes('node') && row.includes(String(port))))
    server.kill('SIGKILL')
    const rows = await terminal.shows((rows) => /NOW .*web down .*node ended/.test(rows[1] ?? ''), 30_000)
    expect(rows[1]).toMatch(/refused/)
  } finally {
    server.kill('SIGKILL')
  }
})
