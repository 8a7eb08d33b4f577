import { expect, test } from 'vitest'
import { burn } from './helpers.ts'
import { KEY, open, PROGRAM } from './terminal.ts'

test('for a screen reader it says how the machine is, answers keys, and draws nothing', async () => {
  await using terminal = open({ args: ['--screen-reader'] })
  await terminal.shows(/processor \d+ percent, memory \d+ percent/, 20_000)
  await terminal.shows('q quits')
  using burner = burn(`spoken-${process.pid}`)
  // Tests of other files are busy too, and may be the busiest.
  await terminal.shows(/^\S.*, process \d+, uses \d\d+ percent of a core/m, 20_000)
  const asking = setInterval(() => terminal.type('p'), 500)
  const told = new RegExp(`node, process ${burner.pid}, \\d+ percent of one core, \\d+ megabytes`)
  await terminal.shows(told).finally(() => clearInterval(asking))
  terminal.type('q')
  expect((await terminal.ended).exitCode).toBe(0)
  // Not one escape sequence: nothing but lines.
  expect(terminal.raw).not.toContain('\x1b')
})

test('it ends by Ctrl-C as everything does', async () => {
  await using terminal = open({ args: ['--screen-reader'] })
  await terminal.shows(/percent/, 20_000)
  terminal.type('\x03')
  expect((await terminal.ended).exitCode).toBe(130)
})

test('Ctrl-Z stops it, fg brings it back with its keys, and Ctrl-D quits', async () => {
  await using terminal = open({ command: ['bash', '--norc', '-i'] })
  terminal.type(`PS1='ready> '; "${process.execPath}" "${PROGRAM}" --screen-reader\r`)
  await terminal.shows('q quits', 20_000)
  terminal.type(KEY.ctrlZ)
  await terminal.shows('Stopped')
  terminal.type('fg\r')
  // It says again how the machine is, and listens by then.
  await terminal.shows((rows) => rows.filter((row) => /^load .*up /.test(row)).length === 2)
  terminal.type('?')
  await terminal.shows((rows) => rows.filter((row) => row.includes('q quits')).length === 2)
  terminal.type('\x04')
  await terminal.shows((rows) => rows.filter((row) => row !== '').at(-1) === 'ready>')
  terminal.type('echo "code $?"\r')
  await terminal.shows('code 0')
})
