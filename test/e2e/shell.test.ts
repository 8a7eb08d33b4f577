import { execFile } from 'node:child_process'
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { KEY, open, PROGRAM, type Terminal } from './terminal.ts'

const folder = mkdtempSync(join(tmpdir(), 'healthtop-shell-'))
afterAll(() => rmSync(folder, { recursive: true }))

/** A configuration file of its own. */
function config(name: string, text: string): string {
  const path = join(folder, name, 'healthtop.yaml')
  mkdirSync(join(folder, name), { mode: 0o755 })
  writeFileSync(path, text, { mode: 0o644 })
  return path
}

function run(args: readonly string[], env: NodeJS.ProcessEnv = {}, cwd = process.cwd()) {
  return new Promise<{ code: number; stdout: string; stderr: string }>((resolve) => {
    const child = execFile(
      process.execPath,
      [PROGRAM, ...args],
      { cwd, env: { ...process.env, ...env } },
      (_, stdout, stderr) => resolve({ code: child.exitCode ?? -1, stdout, stderr }),
    )
  })
}

async function ready(terminal: Terminal): Promise<void> {
  await terminal.shows(/load \d/)
  // The palette and the help are Ink's, which is loaded after the first picture.
  await terminal.shows('? help')
}

test('the palette runs a command by its name', async () => {
  await using terminal = open()
  await ready(terminal)
  terminal.type(':')
  await terminal.shows('what do you want to do?')
  terminal.type('sort swap')
  await terminal.shows('swapped out')
  terminal.type(KEY.enter)
  await terminal.shows((screen) => !screen.join('').includes('Commands') && screen.join('').includes('sort swap'))
})

test('a command of the palette does what its key does: it quits', async () => {
  await using terminal = open()
  await ready(terminal)
  terminal.type(':at last quit')
  await terminal.shows('1 command')
  terminal.type(KEY.enter)
  expect(await terminal.ended).toEqual({ exitCode: 0, signal: 0 })
})

test('the help searches what is typed, q included', async () => {
  await using terminal = open()
  await ready(terminal)
  terminal.type('?')
  await terminal.shows('How to read it')
  terminal.type('sq')
  await terminal.shows('nothing here has all of these words')
  terminal.type(`${KEY.backspace}ort by mem`)
  await terminal.shows(/▌M\s+sort by memory/)
  terminal.type(KEY.enter)
  await terminal.shows('sort memory')
  terminal.type('q')
  expect(await terminal.ended).toMatchObject({ exitCode: 0 })
})

test('keys of the configuration work, and stand in help, palette and footer', async () => {
  const path = config('keys', 'keys:\n  quit: x\n  tree: [Ctrl-G, F5]\n  fold: none\n  full: q\n')
  await using terminal = open({ args: ['-c', path] })
  await ready(terminal)
  await terminal.shows((screen) => /q full .*x quit/.test(screen.at(-1) ?? ''))
  terminal.type('?')
  await terminal.shows(/Ctrl-G {2}F5\s+tree/)
  terminal.type(KEY.escape)
  await terminal.shows((screen) => !screen.join('').includes('How to read it'))
  terminal.type('\x07')
  await terminal.shows(/tree/)
  // What was the key of quit is full now.
  terminal.type('q')
  await terminal.shows((screen) => screen.filter((line) => line.startsWith('┍') || line.startsWith('╭')).length === 1)
  terminal.type('xx')
  expect(await terminal.ended).toEqual({ exitCode: 0, signal: 0 })
})

test('a configuration with mistakes starts nothing: all of them on stderr, exit code 3', async () => {
  const path = config('wrong', 'interval: fast\nkeys:\n  quti: x\n  tree: s\ncheck: []\n')
  const expected = [
    `healthtop: ${path} cannot be used:`,
    'healthtop.yaml:1:1 interval: expected a duration such as 500ms, 3s or 1m, got "fast"',
    'healthtop.yaml:3:3 keys.quti: there is no command "quti"; did you mean quit?',
    'healthtop.yaml:5:1 check: there is no "check" here; did you mean checks?',
    '',
  ].join('\n')
  expect(await run(['snapshot', '-c', path])).toEqual({ code: 3, stdout: '', stderr: expected })
  await using terminal = open({ args: ['--config', path] })
  expect(await terminal.ended).toEqual({ exitCode: 3, signal: 0 })
  expect(terminal.text()).toContain('did you mean quit?')
  expect(terminal.raw).not.toContain('\x1b[?1049h')
})

test('the file of the person is found, one of the working folder is not, and one that others may write is refused', async () => {
  const home = join(folder, 'xdg')
  mkdirSync(join(home, 'healthtop'), { recursive: true, mode: 0o755 })
  const path = join(home, 'healthtop/healthtop.yaml')
  writeFileSync(path, 'interval: never\n', { mode: 0o644 })
  expect((await run(['snapshot'], { XDG_CONFIG_HOME: home })).stderr).toContain('healthtop.yaml:1:1 interval: expected')
  chmodSync(path, 0o666)
  const refused = await run(['snapshot'], { XDG_CONFIG_HOME: home })
  expect(refused).toMatchObject({ code: 3, stdout: '' })
  expect(refused.stderr).toContain(`chmod go-w ${path}`)
  expect(await run(['snapshot'], { XDG_CONFIG_HOME: folder }, join(home, 'healthtop'))).toMatchObject({ stderr: '' })
  expect((await run(['snapshot', '-c', join(folder, 'nowhere.yaml')])).stderr).toContain('there is no such file')
})

test('what the screen was made into is there the next time; what the command line said is not', async () => {
  const home = mkdtempSync(join(folder, 'home-'))
  const env = { XDG_CONFIG_HOME: home }
  const file = join(home, 'healthtop/screen.json')
  {
    await using terminal = open({ env, args: ['--theme', 'light'] })
    await ready(terminal)
    terminal.type('M')
    await terminal.shows('sort memory')
    terminal.type('q')
    expect(await terminal.ended).toMatchObject({ exitCode: 0 })
  }
  expect(JSON.parse(readFileSync(file, 'utf8'))).toMatchObject({ theme: 'auto', processes: { sort: 'memory' } })
  {
    await using terminal = open({ env })
    await ready(terminal)
    await terminal.shows('sort memory')
    terminal.type('\x1bOQ')
    await terminal.shows('remembered in')
    const before = terminal.raw.length
    // auto, dark, light: the accent of light.
    terminal.type('ll')
    await terminal.shows('for a light background')
    await expect.poll(() => terminal.raw.slice(before)).toContain('38;2;5;80;174')
    await expect.poll(() => JSON.parse(readFileSync(file, 'utf8')).theme).toBe('light')
  }
  await using terminal = open({ env })
  await ready(terminal)
  await terminal.shows('sort memory')
  expect(terminal.raw).toContain('38;2;5;80;174')
})

test('the mouse is on but over SSH, and Ctrl-T changes that for good', async () => {
  const home = mkdtempSync(join(folder, 'home-'))
  {
    await using near = open({ env: { XDG_CONFIG_HOME: home } })
    await ready(near)
    expect(near.emulator.modes.mouseTrackingMode).toBe('drag')
  }
  const env = { XDG_CONFIG_HOME: home, SSH_CONNECTION: '192.0.2.1 1 192.0.2.2 22' }
  {
    await using far = open({ env })
    await ready(far)
    expect(far.emulator.modes.mouseTrackingMode).toBe('none')
    far.type('\x14')
    await far.shows('mouse on')
    expect(far.emulator.modes.mouseTrackingMode).toBe('drag')
    far.type('q')
    await far.ended
    expect(far.emulator.modes.mouseTrackingMode).toBe('none')
  }
  await using again = open({ env })
  await ready(again)
  expect(again.emulator.modes.mouseTrackingMode).toBe('drag')
})

test('a memory that cannot be written is told once, and one that cannot be read too', async () => {
  const home = mkdtempSync(join(folder, 'home-'))
  writeFileSync(join(home, 'healthtop'), 'no folder')
  await using terminal = open({ env: { XDG_CONFIG_HOME: home } })
  await ready(terminal)
  terminal.type('M')
  await terminal.shows('what the screen remembers is not kept')
  terminal.type('q')
  expect(await terminal.ended).toEqual({ exitCode: 0, signal: 0 })

  const broken = mkdtempSync(join(folder, 'home-'))
  mkdirSync(join(broken, 'healthtop'))
  writeFileSync(join(broken, 'healthtop/screen.json'), '{ "theme": ')
  await using other = open({ env: { XDG_CONFIG_HOME: broken } })
  await other.shows('what the screen remembered cannot be read')
  other.type('M')
  await other.shows('sort memory')
  other.type('q')
  await other.ended
  expect(JSON.parse(readFileSync(join(broken, 'healthtop/screen.json'), 'utf8'))).toMatchObject({
    processes: { sort: 'memory' },
  })
})

test('who only looks writes nothing', async () => {
  await using terminal = open()
  await ready(terminal)
  terminal.type(`${KEY.tab}${KEY.down}f`)
  await terminal.shows((screen) => screen.filter((line) => line.startsWith('┍')).length === 1)
  terminal.type('qq')
  await terminal.ended
  expect(existsSync(join(terminal.configHome, 'healthtop'))).toBe(false)
})

test('mistakes of the command line say what was meant, on stderr, with 3', async () => {
  const wrong = async (...args: string[]) => {
    const { code, stdout, stderr } = await run(args)
    expect({ args, code, stdout }).toEqual({ args, code: 3, stdout: '' })
    return stderr.replace(/^healthtop: |\n$/g, '')
  }
  expect(await wrong('snapsho')).toBe('there is no command "snapsho"; did you mean snapshot?')
  expect(await wrong('top')).toBe('there is no command "top"; healthtop --help lists them')
  expect(await wrong('help', 'wacht')).toBe('there is no command "wacht"; did you mean watch?')
  expect(await wrong('--verison')).toBe('there is no option --verison; did you mean --version?')
  expect(await wrong('-V')).toBe('there is no option -V; did you mean --version?')
  expect(await wrong('-x')).toBe('there is no option -x; healthtop --help lists them')
  expect(await wrong('--color')).toBe('there is no option --color; did you mean --no-color?')
  expect(await wrong('--formt', 'json')).toBe(
    'there is no option --formt; did you mean --format of healthtop snapshot, check, forecast or log?',
  )
  expect(await wrong('log', '--formt', 'json')).toBe('there is no option --formt; did you mean --format?')
  expect(await wrong('log', '--tpo', '3')).toBe('there is no option --tpo; did you mean --top of healthtop snapshot?')
  expect(await wrong('check', '--zebra')).toBe('there is no option --zebra; healthtop check --help lists them')
  expect(await wrong('--format', 'json', 'snapshot')).toBe(
    '--format: an option of snapshot, check, forecast and log only: healthtop snapshot --format …',
  )
  expect(await wrong('--ascii=yes')).toBe('--ascii: takes no value, got "--ascii=yes"')
  expect(await wrong('--top', '3', 'check')).toBe('--top: an option of snapshot only: healthtop snapshot --top …')
  expect(await wrong('snapshot', '--top')).toBe('--top: expected a count, got nothing')
  expect(await wrong('snapshot', 'nginx')).toBe(
    'snapshot: expected options only, got "nginx"; --filter chooses processes',
  )
  expect(await wrong('watch')).toContain('watch: expected a pid, a name')
  expect(await wrong('watch', 'node', 'x.js')).toContain('watch: expected one process, got "x.js" too')
  expect(await wrong('-c', '')).toBe('--config: expected a file, got nothing')
  expect(await wrong('\u001b[31m')).not.toContain('\u001b')
})

test('help tells of each command in both ways', async () => {
  const top = await run(['--help'])
  expect(await run(['help'])).toEqual(top)
  expect(top).toMatchObject({ code: 0, stderr: '' })
  for (const name of ['snapshot', 'watch', 'log', 'run']) {
    const help = await run([name, '--help'])
    expect(help.stdout).toContain(`Usage: healthtop ${name}`)
    expect(await run(['help', name])).toEqual(help)
  }
})

test('without a home nothing of the working folder is read, and nothing is written there', async () => {
  const here = mkdtempSync(join(folder, 'cwd-'))
  for (const place of ['healthtop', '.config/healthtop', 'x/healthtop']) {
    mkdirSync(join(here, place), { recursive: true })
    writeFileSync(join(here, place, 'healthtop.yaml'), 'interval: never\n')
  }
  for (const env of [
    { HOME: '', XDG_CONFIG_HOME: '' },
    { HOME: 'x', XDG_CONFIG_HOME: './x' },
  ])
    expect((await run(['snapshot', '--top', '0'], env, here)).stderr).toBe('')
})
