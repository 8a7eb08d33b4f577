import { spawnSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'
import { open, PROGRAM } from './terminal.ts'

const EXAMPLE = fileURLToPath(new URL('../../docs/theme-example.json', import.meta.url))

test('panels are hidden and presets changed while the dialog is open, and stay so when it is closed', async () => {
  await using terminal = open()
  await terminal.shows(/7 Processes \d/)
  await terminal.shows('6 Log')
  terminal.type('L')
  await terminal.shows('Panels of the home screen, as in home')
  terminal.type('k ')
  const hidden = await terminal.shows(/6 Log +hidden/)
  expect(hidden.join('\n')).not.toContain('newest first')
  terminal.type(' pp')
  await terminal.shows('as in services')
  terminal.type('q')
  const screen = await terminal.shows(
    (rows) => !rows.some((row) => row.includes('as in services')) && rows.some((row) => row.includes('1 Host')),
  )
  expect(screen.findIndex((row) => row.includes('5 Services'))).toBe(10)
  expect(screen.findIndex((row) => row.includes('7 Processes'))).toBe(30)
  terminal.type('q')
  expect(await terminal.ended).toMatchObject({ exitCode: 0 })
})

test('a theme file colours the screen', async () => {
  await using terminal = open({ args: ['--theme', EXAMPLE] })
  await terminal.shows(/7 Processes \d/)
  // `cpu` of the example, and not that of the dark theme.
  expect(terminal.raw).toContain('38;2;134;171;226')
  expect(terminal.raw).not.toContain('38;2;94;169;245')
})

test('a theme file that cannot be used is a usage error', () => {
  const { status, stderr, stdout } = spawnSync(process.execPath, [PROGRAM, '--theme', './none.json'], {
    encoding: 'utf8',
  })
  expect(stderr).toBe('healthtop: --theme: ./none.json: there is no such file\n')
  expect(stdout).toBe('')
  expect(status).toBe(3)
})
