import { type ChildProcess, spawn } from 'node:child_process'
import { expect, test } from 'vitest'
import { alive, sleeper, until } from './helpers.ts'
import { KEY, open } from './terminal.ts'

/** Rows of the process table whose command has this text. */
const rowsWith = (screen: readonly string[], text: string) =>
  screen.filter((row) => /^.. *\d+ /.test(row) && row.includes(text))

/** A shell that waits for a child; both carry the name. */
function family(name: string): ChildProcess & Disposable {
  const child = spawn('sh', ['-c', 'sleep 600 & wait', name], { stdio: 'ignore', detached: true })
  return Object.assign(child, { [Symbol.dispose]: () => void process.kill(-(child.pid as number), 'SIGKILL') })
}

test('the tree shows who started whom, and folds', async () => {
  const name = `tree-${process.pid}`
  using parent = family(name)
  await using terminal = open({ rows: 60 })
  await terminal.shows(/LIVE/)
  terminal.type(`t/pid:${parent.pid} or ppid:${parent.pid}${KEY.enter}`)
  const screen = await terminal.shows((rows) => rows.some((row) => /[├└] sleep 600/.test(row)))
  const shell = ` ${parent.pid} `
  const at = (text: string) => screen.findIndex((row) => row.includes(text))
  expect(at('└ sleep 600')).toBe(at(shell) + 1)
  expect(screen.join('\n')).toMatch(/ tree /)
  // Down to the shell, whatever stands above it, and fold it.
  const above = screen
    .slice(screen.findIndex((row) => row.includes('COMMAND')) + 1)
    .findIndex((row) => row.includes(shell))
  terminal.type(`g${'j'.repeat(above)}x`)
  await terminal.shows(
    (rows) =>
      rowsWith(rows, shell).some((row) => /\+1 sh/.test(row)) && !rows.some((row) => /[├└] sleep 600/.test(row)),
  )
  terminal.type('x')
  await terminal.shows((rows) => rows.some((row) => /[├└] sleep 600/.test(row)))
})

test('groups sum up, and open', async () => {
  const name = `group-${process.pid}`
  using first = sleeper(name)
  using second = sleeper(name)
  await using terminal = open()
  await terminal.shows(/LIVE/)
  terminal.type(`/pid:${first.pid},${second.pid}${KEY.enter}b`)
  await terminal.shows(/sleep 2 processes/)
  terminal.type('gx')
  await terminal.shows((rows) => rowsWith(rows, name).length === 2)
})

test('a filter that is wrong says where and what, and loses nothing', async () => {
  await using terminal = open()
  await terminal.shows(/LIVE/)
  terminal.type('/cpu>')
  await terminal.shows(/\/cpu>▏.*▲ expected a percentage such as 20%/)
  terminal.type('x')
  await terminal.shows(/\/cpu>x▏.*▲ expected a percentage/)
  terminal.type(`${KEY.backspace}99%`)
  await terminal.shows((rows) => /\/cpu>99%▏/.test(rows.join('\n')) && !rows.join('\n').includes('expected'))
  terminal.type(KEY.escape)
  await terminal.shows((rows) => !rows.join('\n').includes('/cpu>'))
})

test('keys of the filter are completed, and filters that were kept come back', async () => {
  const name = `history-${process.pid}`
  using child = sleeper(name)
  await using terminal = open()
  await terminal.shows(/LIVE/)
  terminal.type('/us')
  await terminal.shows(/\/us▏er:/)
  terminal.type(KEY.tab)
  await terminal.shows(/\/user:▏/)
  terminal.type(`\x15${name}`)
  await terminal.shows(new RegExp(`/${name}▏ 1 of`))
  terminal.type(KEY.enter)
  await terminal.shows(new RegExp(`/${name} 1 of`))
  terminal.type(KEY.escape)
  await terminal.shows((rows) => !rows.join('\n').includes(`/${name}`))
  terminal.type('/')
  await terminal.shows(/\/▏/)
  terminal.type(KEY.up)
  await terminal.shows(new RegExp(`/${name}▏ 1 of`))
  expect(alive(child.pid as number)).toBe(true)
})

test('finding hides nothing, and goes to the next one', async () => {
  const name = `find-${process.pid}`
  using first = sleeper(`${name}-a`)
  using second = sleeper(`${name}-b`)
  await using terminal = open({ rows: 50 })
  await terminal.shows(/LIVE/)
  terminal.type(`\x06${name}`)
  const selected = (rows: string[]) => rows.find((row) => /^.▌/.test(row)) ?? ''
  const one = selected(await terminal.shows((rows) => selected(rows).includes(name)))
  terminal.type('\x06')
  await terminal.shows((rows) => selected(rows).includes(name) && selected(rows).slice(0, 12) !== one.slice(0, 12))
  terminal.type(KEY.enter)
  await terminal.shows((rows) => !rows.join('\n').includes(' find '))
  // Everybody is still there: nothing was filtered.
  expect(terminal.text()).not.toMatch(/Processes .*\d+ of \d+/)
  terminal.type(`\x06\x15nobody-has-this-name`)
  await terminal.shows('nothing here has "nobody-has-this-name"')
  expect([first, second].every((child) => alive(child.pid as number))).toBe(true)
})

test('who is followed stays selected when the order changes, and its end is told', async () => {
  const name = `follow-${process.pid}`
  const child = sleeper(name)
  await using terminal = open()
  await terminal.shows(/LIVE/)
  terminal.type(`\x06${name}`)
  const selected = (rows: string[]) => rows.find((row) => /^.▌/.test(row)) ?? ''
  await terminal.shows((rows) => selected(rows).includes(name))
  terminal.type(`${KEY.enter}F`)
  await terminal.shows(/follows sleep/)
  for (const order of ['M', 'T', 'P']) {
    terminal.type(order)
    await terminal.shows((rows) => selected(rows).includes(name))
  }
  child.kill('SIGKILL')
  await until('the child ended', () => !alive(child.pid as number))
  await terminal.shows('the process that was followed has ended', 15_000)
})

test('columns are chosen, ordered and kept', async () => {
  await using terminal = open()
  await terminal.shows(/LIVE/)
  terminal.type('C')
  await terminal.shows('Columns of the process table')
  // To USER, and out with it.
  terminal.type('j ')
  await terminal.shows((rows) => rows.some((row) => /· USER /.test(row)))
  terminal.type(KEY.enter)
  const heading = (rows: string[]) => rows.find((row) => row.includes('PID') && row.includes('COMMAND')) ?? ''
  await terminal.shows((rows) => heading(rows) !== '' && !heading(rows).includes('USER'))
  terminal.type('Cd')
  await terminal.shows((rows) => heading(rows).includes('USER'))
})

test('the whole command line goes to the clipboard of the terminal', async () => {
  const name = `copy-${process.pid}`
  const long = `${name} ${'argument '.repeat(40)}end`
  using child = spawnNamed(long)
  await using terminal = open()
  await terminal.shows(/LIVE/)
  terminal.type(`/${name}${KEY.enter}`)
  await terminal.shows(new RegExp(`${name} 1 of \\d+`))
  await terminal.shows((rows) => rowsWith(rows, name).length === 1)
  terminal.type('gy')
  await terminal.shows(`command line of node ${child.pid} copied`)
  const sent = /\x1b\]52;c;([A-Za-z0-9+/=]*)\x07/.exec(terminal.raw)?.[1] ?? ''
  expect(Buffer.from(sent, 'base64').toString('utf8')).toContain(long)
})

function spawnNamed(name: string): ChildProcess & Disposable {
  const child = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1e6)', name], { stdio: 'ignore' })
  return Object.assign(child, { [Symbol.dispose]: () => void child.kill('SIGKILL') })
}
