import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { childrenOf, until } from './helpers.ts'
import { expectRestored } from './restored.ts'
import { KEY, open, PROGRAM, type Terminal } from './terminal.ts'

/** A folder that goes when the test does. */
function temporaryFolder(): Disposable & { readonly path: string } {
  const path = mkdtempSync(join(tmpdir(), 'healthtop-e2e-'))
  return { path, [Symbol.dispose]: () => rmSync(path, { recursive: true, force: true }) }
}

/** The program that a shell in the terminal runs. */
async function childOf(terminal: Terminal): Promise<number> {
  await until('the shell started it', () => childrenOf(terminal.pty.pid).length === 1)
  return childrenOf(terminal.pty.pid)[0] as number
}

function signal(name: NodeJS.Signals) {
  return async (terminal: Terminal) => void process.kill(await childOf(terminal), name)
}

const WAYS_OUT: Readonly<Record<string, readonly [leave: (terminal: Terminal) => unknown, code: number]>> = {
  q: [(terminal) => terminal.type('q'), 0],
  'Ctrl-C': [(terminal) => terminal.type(KEY.ctrlC), 130],
  'q in the middle of a filter, then Ctrl-C': [(terminal) => terminal.type(`/q${KEY.ctrlC}`), 130],
  SIGINT: [signal('SIGINT'), 130],
  SIGQUIT: [signal('SIGQUIT'), 131],
  SIGTERM: [signal('SIGTERM'), 143],
  SIGHUP: [signal('SIGHUP'), 129],
}

/** A shell that keeps what the terminal's modes were before and after the program, and says how it ended. */
function shell(folder: string): readonly [string, ...string[]] {
  const script = 'stty -a >"$0/before"; "$@"; code=$?; stty -a >"$0/after"; echo "ended with $code"'
  return ['sh', '-c', script, folder, process.execPath, PROGRAM]
}

function expectSameModes(folder: string): void {
  const [before, after] = ['before', 'after'].map((name) => readFileSync(join(folder, name), 'utf8'))
  expect(before).toContain('icanon')
  expect(after).toBe(before)
}

for (const [name, [leave, code]] of Object.entries(WAYS_OUT)) {
  test(`after ${name} the terminal is as it was`, async () => {
    using folder = temporaryFolder()
    await using terminal = open({ command: shell(folder.path) })
    await terminal.shows(/LIVE/)
    await leave(terminal)
    await terminal.shows(`ended with ${code}`)
    expectRestored(terminal)
    expectSameModes(folder.path)
  })
}

test('after a bug the terminal is as it was, and the report stands on it', async () => {
  using folder = temporaryFolder()
  const broken = join(folder.path, 'broken.cjs')
  // Thrown in the main thread only, once it is told to.
  writeFileSync(
    broken,
    `if (require('worker_threads').isMainThread) process.on('SIGUSR2', () => { throw new Error('one that nobody caught') })`,
  )
  await using terminal = open({ command: shell(folder.path), env: { NODE_OPTIONS: `--require=${broken}` } })
  await terminal.shows(/LIVE/)
  process.kill(await childOf(terminal), 'SIGUSR2')
  await terminal.shows('ended with 70')
  expect(terminal.text()).toContain('healthtop: this is a bug, please report it: Error: one that nobody caught')
  expectRestored(terminal)
  expectSameModes(folder.path)
})

test('keys come from the terminal when stdin is none', async () => {
  using folder = temporaryFolder()
  const script = 'stty -a >"$0/before"; "$@" </dev/null; code=$?; stty -a >"$0/after"; echo "ended with $code"'
  await using terminal = open({ command: ['sh', '-c', script, folder.path, process.execPath, PROGRAM] })
  await terminal.shows(/LIVE/)
  terminal.type('?')
  await terminal.shows('How to read it')
  terminal.type(KEY.escape)
  await terminal.shows((rows) => !rows.join('\n').includes('How to read it'))
  terminal.type('q')
  await terminal.shows('ended with 0')
  expectRestored(terminal)
  expectSameModes(folder.path)
})

test('a dumb terminal is asked nothing, and gets no colour and no other character than ASCII', async () => {
  await using terminal = open({ env: { TERM: 'dumb', COLORTERM: undefined } })
  await terminal.shows(/LIVE/)
  terminal.type('?')
  await terminal.shows('How to read it')
  terminal.type('qq')
  expect(await terminal.ended).toEqual({ exitCode: 0, signal: 0 })
  expect(terminal.raw).toMatch(/^[\x1b\r\n\x20-\x7e]*$/)
  expect(terminal.raw).not.toMatch(/\x1b\[[\d;]*(?:3[0-7]|38;|4[0-7]|48;|9[0-7])[\d;]*m/)
  expect(terminal.raw).not.toMatch(/\x1b\]|\x1b\[\d*[cn]/)
})
