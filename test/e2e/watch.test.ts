import { type ChildProcess, spawn } from 'node:child_process'
import { expect, test } from 'vitest'
import { alive, until } from './helpers.ts'
import { lacks } from './probes.ts'
import { KEY, open } from './terminal.ts'

/** Busy a tenth of the time, with 60 MiB that it touches. Its first argument is the name in its command line. */
const PROGRAM = `
  const held = Buffer.alloc(60 * 1024 * 1024, 1)
  setInterval(() => { const end = Date.now() + 20; while (Date.now() < end) held[0]++ }, 200)
`

function start(name: string, env: NodeJS.ProcessEnv = process.env): ChildProcess & Disposable {
  const child = spawn(process.execPath, ['-e', PROGRAM, name], { argv0: name, stdio: 'ignore', env })
  return Object.assign(child, { [Symbol.dispose]: () => void child.kill('SIGKILL') })
}

/** The panel's rows, from its title on. */
function part(screen: readonly string[], title: string, rows: number): string {
  const y = screen.findIndex((row) => row.includes(title))
  return screen.slice(y, y + rows).join('\n')
}

test('a name is followed across a restart, and the restart is counted', async () => {
  const name = `watched-${process.pid}`
  using first = start(name)
  await using terminal = open({ args: ['watch', name] })
  const screen = await terminal.shows(
    (rows) => (rows[1] ?? '').includes(String(first.pid)) && /1 CPU .* \d+ % [┑╮]/.test(rows[3] ?? ''),
  )
  expect(screen[1]).toMatch(/running \d+ s, followed by name/)
  const memory = await terminal.shows((rows) => /2 Memory .* \d+ MiB/.test(rows[3] ?? ''))
  const mib = Number(/2 Memory .* (\d+) MiB/.exec(memory[3] ?? '')?.[1])
  expect(mib).toBeGreaterThan(80)
  expect(mib).toBeLessThan(400)
  expect(part(memory, '9 Restarts', 3)).toContain('none seen')
  first.kill('SIGKILL')
  await until('it ended', () => !alive(first.pid as number))
  await terminal.shows((rows) => /GONE .*gone since \d\d:\d\d:\d\d/.test(rows[1] ?? ''))
  using second = start(name)
  const again = await terminal.shows(
    (rows) => (rows[1] ?? '').includes(String(second.pid)) && /9 Restarts .* 1 in/.test(part(rows, '9 Restarts', 1)),
    20_000,
  )
  expect(part(again, '9 Restarts', 4)).toMatch(/runs +for \d+ s[\s\S]*ended +ran \d+ s/)
}, 60_000)

test('a name nobody has yet is waited for', async () => {
  const name = `later-${process.pid}`
  await using terminal = open({ args: ['watch', name] })
  await terminal.shows(`not seen yet, waiting for "${name}"`)
  using child = start(name)
  await terminal.shows((rows) => (rows[1] ?? '').includes(String(child.pid)))
}, 20_000)

test.skipIf(lacks('environment, files and threads of a process'))(
  'its environment is listed with secrets masked, its files and threads too, and Esc leads home',
  async () => {
    const name = `secretive-${process.pid}`
    using child = start(name, { PATH: process.env.PATH, PLAIN: 'seen', SOME_PASSWORD: 'hunter2' })
    await using terminal = open({ args: ['watch', String(child.pid)] })
    await terminal.shows((rows) => (rows[1] ?? '').includes(String(child.pid)))
    terminal.type('e')
    await terminal.shows(/PLAIN +seen/)
    expect(terminal.text()).toMatch(/SOME_PASSWORD +••••/)
    expect(terminal.text()).not.toContain('hunter2')
    terminal.type('x')
    await terminal.shows(/SOME_PASSWORD +hunter2/)
    terminal.type('o')
    await terminal.shows((rows) => rows.some((row) => /\d+ +both|\d+ +read/.test(row)))
    terminal.type('h')
    await terminal.shows(new RegExp(`${child.pid} +\\S+ +[RS] `))
    terminal.type(KEY.escape)
    await terminal.shows('9 Restarts')
    terminal.type(KEY.escape)
    await terminal.shows('7 Processes')
  },
  30_000,
)

test('Enter on a process of the table opens its page, and K there means that process', async () => {
  const name = `chosen-${process.pid}`
  using child = start(name)
  await using terminal = open()
  await terminal.shows(/LIVE/)
  terminal.type(`/${name}`)
  await terminal.shows((rows) => rows.some((row) => new RegExp(`▌ +${child.pid} `).test(row)))
  terminal.type(KEY.enter)
  terminal.type(KEY.enter)
  // Before it has been read nobody knows that it runs.
  await terminal.shows((rows) => /running \d/.test(rows[1] ?? '') && rows.join('\n').includes('5 Who it is'))
  expect(terminal.screen()[1]).toContain(String(child.pid))
  terminal.type('K')
  await terminal.shows('Send a signal')
  expect(terminal.text()).toMatch(new RegExp(`process +\\S+ +${child.pid}`))
  terminal.type(KEY.escape)
}, 20_000)

test.each([
  [['watch', '4194999'], 'healthtop: there is no process 4194999'],
  [['watch', '/a(b/'], 'healthtop: watch: /a(b/ is no pattern: unterminated group at character 2'],
  [['watch'], 'healthtop: watch: expected a pid, a name, or a /regex/'],
])('%s is a mistake that ends with 3', async (args, message) => {
  await using terminal = open({ args })
  expect((await terminal.ended).exitCode).toBe(3)
  expect(terminal.text().replaceAll('\n', '')).toContain(message)
})
