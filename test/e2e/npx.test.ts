import { execFileSync } from 'node:child_process'
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { alive, childrenOf, until } from './helpers.ts'
import { expectRestored } from './restored.ts'
import { KEY, open, PROGRAM } from './terminal.ts'

let folder: string
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'healthtop-npx-'))
  const npm = (...args: string[]) => execFileSync('npm', args, { cwd: folder, encoding: 'utf8', stdio: 'pipe' })
  // It is built already; others run what is in dist/ right now.
  npm('pack', '--ignore-scripts', '--silent', '--pack-destination', folder, dirname(dirname(PROGRAM)))
  const [tarball = ''] = readdirSync(folder).filter((name) => name.endsWith('.tgz'))
  npm('init', '--yes')
  npm('install', '--offline', '--no-audit', '--no-fund', join(folder, tarball))
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

function atPrompt(rows: readonly string[]): boolean {
  return rows.filter((row) => row !== '').at(-1) === 'ready>'
}

/** The program itself, below npx and its shell. */
function programBelow(pid: number): number | undefined {
  const children = childrenOf(pid)
  const found = children.find((child) =>
    /^\S*node\0\S*\/\.bin\/healthtop\0/.test(readFileSync(`/proc/${child}/cmdline`, 'utf8')),
  )
  return found ?? children.map(programBelow).find((below) => below !== undefined)
}

test('under npx Ctrl-Z stops it, fg brings it back, and q gives the shell its terminal', async () => {
  expect(readdirSync(join(folder, 'node_modules')).filter((name) => !name.startsWith('.'))).toEqual(['healthtop'])
  await using terminal = open({ command: ['bash', '--norc', '-i'], env: { HISTFILE: undefined } })
  // Its own line editor would leave a mode on.
  terminal.type(`bind 'set enable-bracketed-paste off'; PS1='ready> '; cd '${folder}'; clear\r`)
  await terminal.shows(atPrompt)
  terminal.type('npx --no-install healthtop\r')
  await terminal.shows(/LIVE/)
  const program = programBelow(terminal.pty.pid)
  expect(program).toBeDefined()
  for (let round = 0; round < 2; round++) {
    terminal.type(KEY.ctrlZ)
    await terminal.shows((rows) => /Stopped/.test(rows.join('\n')) && atPrompt(rows))
    expectRestored(terminal)
    terminal.type('clear; stty -a | grep -c -w icanon\r')
    await terminal.shows((rows) => rows.includes('1') && atPrompt(rows))
    terminal.type('fg\r')
    await terminal.shows(/LIVE/)
    terminal.type('?')
    await terminal.shows('How to read it')
    terminal.type(KEY.escape)
    await terminal.shows((rows) => !rows.join('\n').includes('How to read it'))
  }
  terminal.type('q')
  await terminal.shows(atPrompt)
  terminal.type('echo "code $?"\r')
  await terminal.shows('code 0')
  expectRestored(terminal)
  await until('the program ended', () => !alive(program as number))
})
