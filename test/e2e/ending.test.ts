import { execFileSync, spawnSync } from 'node:child_process'
import { expect, test } from 'vitest'
import { alive, childrenOf, endsBy, until } from './helpers.ts'
import { expectRestored } from './restored.ts'
import { KEY, open, PROGRAM } from './terminal.ts'

for (const [signal, code] of [
  ['SIGTERM', 143],
  ['SIGINT', 130],
  ['SIGHUP', 129],
  ['SIGQUIT', 131],
] as const) {
  test(`${signal} ends it within a second, terminal restored, nobody left`, async () => {
    await using terminal = open()
    await terminal.shows(/LIVE/)
    const { pid } = terminal.pty
    const children = childrenOf(pid)
    expect(await endsBy(pid, signal)).toBeLessThan(1000)
    expect(await terminal.ended).toEqual({ exitCode: code, signal: 0 })
    expectRestored(terminal)
    for (const child of children) expect(alive(child)).toBe(false)
  })
}

test('Ctrl-C quits, in a dialog too', async () => {
  await using terminal = open()
  await terminal.shows(/LIVE/)
  terminal.type('?')
  await terminal.shows('How to read it')
  terminal.type(KEY.ctrlC)
  expect(await terminal.ended).toEqual({ exitCode: 130, signal: 0 })
})

test('a terminal that closes ends it, even where SIGHUP is ignored', async () => {
  await using terminal = open({ command: ['sh', '-c', `trap '' HUP; exec "${process.execPath}" "${PROGRAM}"`] })
  await terminal.shows(/LIVE/)
  const { pid } = terminal.pty
  // Closing the master is what a lost connection does.
  ;(terminal.pty as unknown as { destroy(): void }).destroy()
  await until('the program noticed', () => !alive(pid), 2500)
})

function atPrompt(rows: readonly string[]): boolean {
  return rows.filter((row) => row !== '').at(-1) === 'ready>'
}

test('Ctrl-Z stops it and fg brings it back', async () => {
  await using terminal = open({ command: ['bash', '--norc', '-i'] })
  terminal.type(`PS1='ready> '; "${process.execPath}" "${PROGRAM}"\r`)
  await terminal.shows(/LIVE/)
  terminal.type(KEY.ctrlZ)
  await terminal.shows((rows) => /Stopped/.test(rows.join('\n')) && atPrompt(rows))
  terminal.type('fg\r')
  await terminal.shows(/LIVE/)
  terminal.type('q')
  // The prompt is back: only now is what is typed the shell's.
  await terminal.shows(atPrompt)
  terminal.type('echo "code $?"\r')
  await terminal.shows('code 0')
})

test('without a terminal on stdout: a snapshot, its verdict, and no escape code', () => {
  const { stdout, status } = spawnSync(process.execPath, [PROGRAM], { encoding: 'utf8' })
  expect(stdout).not.toContain('\x1b')
  expect(stdout).toMatch(/memory/i)
  expect([0, 1, 2]).toContain(status)
})

test('usage errors say what to write, and end with 3', () => {
  const wrong = spawnSync(process.execPath, [PROGRAM, '--interval', 'fast'], { encoding: 'utf8' })
  expect(wrong.status).toBe(3)
  expect(wrong.stderr).toBe('healthtop: --interval: expected a duration such as 500ms, 3s or 1m, got "fast"\n')
  const unknown = spawnSync(process.execPath, [PROGRAM, '--nonsense'], { encoding: 'utf8' })
  expect(unknown.status).toBe(3)
  expect(unknown.stderr).toContain('--nonsense')
  expect(unknown.stdout).toBe('')
})

test('a pipe that closes early is a quiet end with the verdict', () => {
  const script = `"$@" 2>&1 >/dev/null | head -n 1; "$@" | true; echo "\${PIPESTATUS[0]}"`
  for (const args of [['snapshot'], ['snapshot', '--format', 'json'], []]) {
    const output = execFileSync('bash', ['-c', script, 'bash', process.execPath, PROGRAM, ...args], {
      encoding: 'utf8',
    })
    expect(output).toMatch(/^[012]\n$/)
  }
})

test('output that cannot be written is told in one line, and is no verdict', () => {
  for (const args of [['snapshot'], ['snapshot', '--format', 'json']]) {
    const { stderr, status } = spawnSync('sh', ['-c', '"$@" >/dev/full', 'sh', process.execPath, PROGRAM, ...args], {
      encoding: 'utf8',
    })
    expect(stderr).toBe('healthtop: stdout: ENOSPC: no space left on device, write\n')
    expect(status).toBe(3)
  }
})

test('a mistake that cannot be told is still a mistake', () => {
  const { status } = spawnSync('sh', ['-c', '"$@" 2>/dev/full', 'sh', process.execPath, PROGRAM, '--nonsense'])
  expect(status).toBe(3)
})
