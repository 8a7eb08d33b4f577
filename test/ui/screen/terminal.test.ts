import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import type { IPty } from '@lydell/node-pty'
import { rolldown } from 'rolldown'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { spawnInPty } from '../../fixtures/pty.ts'

const ENTER = '\x1b[?1049h\x1b[?25l\x1b[?2004h'
const LEAVE = /\x1b\[\?2026l\x1b\[0m\x1b\[\?7h\x1b\[\?2004l.*\x1b\[\?25h\x1b\[\?1049l/
const DEADLINE_MS = 10_000

let folder: string
let child: string

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'healthtop-terminal-'))
  child = join(folder, 'child.mjs')
  const bundle = await rolldown({
    input: new URL('../../fixtures/terminal-child.ts', import.meta.url).pathname,
    platform: 'node',
  })
  await bundle.write({ file: child, format: 'esm' })
  await bundle.close()
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

/** Looks again until it holds; the deadline only decides how long a failure takes. */
async function until<T>(what: string, look: () => T | undefined | false): Promise<T> {
  for (const end = Date.now() + DEADLINE_MS; Date.now() < end; await pause(10)) {
    const found = look()
    if (found !== undefined && found !== false) return found
  }
  throw new Error(`never came: ${what}`)
}

/** A person at a terminal: types, and reads the raw bytes. */
class Person {
  output = ''
  closed = false
  readonly pty: IPty

  constructor(command: string, env: Record<string, string> = {}) {
    this.pty = spawnInPty('sh', ['-c', command], {
      cols: 80,
      rows: 24,
      env: {
        PATH: process.env.PATH,
        TERM: 'xterm-256color',
        LANG: 'C.UTF-8',
        COLORFGBG: '15;0',
        CHILD: child,
        NODE: process.execPath,
        ...env,
      },
    })
    this.pty.onData((data) => {
      this.output += data
    })
    this.pty.onExit(() => {
      this.closed = true
    })
  }

  type(keys: string): void {
    this.pty.write(keys)
  }

  shows(text: string | RegExp): Promise<true> {
    return until(`${text} in ${JSON.stringify(this.output)}`, () =>
      typeof text === 'string' ? this.output.includes(text) : text.test(this.output),
    )
  }

  /** The process id of the child, once it is up. */
  async ready(): Promise<number> {
    await this.shows(/\[ready \d+ /)
    return Number(/\[ready (\d+) /.exec(this.output)?.[1])
  }

  /** As when the window is closed: the kernel hangs the terminal up. */
  hangUp(): void {
    ;(this.pty as unknown as { _socket: { destroy(): void } })._socket.destroy()
  }
}

let people: Person[] = []
function open(command: string, env: Record<string, string> = {}): Person {
  const person = new Person(command, env)
  people.push(person)
  return person
}
afterEach(() => {
  for (const person of people) if (!person.closed) person.pty.kill('SIGKILL')
  people = []
})

/** Runs the child in a shell that says how it ended and what the terminal's settings were before and after. */
const ASKING = `stty -g; "$NODE" "$CHILD"; echo "<exit $?>"; stty -g; echo done.`

/** What the shell of `ASKING` said: exit code, settings before and after. */
async function ended(person: Person): Promise<{ code: number; before: string; after: string }> {
  await person.shows('done.')
  const [before] = person.output.split('\r\n')
  const [, code, after] = /<exit (\d+)>\r\n(.*)\r\n/.exec(person.output) ?? []
  return { code: Number(code), before: before as string, after: after as string }
}

describe('every way out restores the terminal', () => {
  test.each<[string, number, (person: Person, pid: number) => void]>([
    ['a key that quits', 0, (person) => person.type('q')],
    ['Ctrl-C', 130, (person) => person.type('\x03')],
    ['SIGINT', 130, (_, pid) => process.kill(pid, 'SIGINT')],
    ['SIGQUIT', 131, (_, pid) => process.kill(pid, 'SIGQUIT')],
    ['SIGTERM', 143, (_, pid) => process.kill(pid, 'SIGTERM')],
    ['SIGHUP', 129, (_, pid) => process.kill(pid, 'SIGHUP')],
    ['something thrown', 70, (person) => person.type('t')],
    ['a promise rejected', 70, (person) => person.type('r')],
    ['saving that never ends', 0, (person) => person.type('s')],
  ])('%s: %i', async (_, code, leave) => {
    const person = open(ASKING)
    leave(person, await person.ready())
    const end = await ended(person)
    expect(end.code).toBe(code)
    expect(end.after).toBe(end.before)
    const { output } = person
    expect(output).toContain(ENTER)
    expect(output).toMatch(LEAVE)
    expect(output.lastIndexOf('\x1b[?1049l')).toBeGreaterThan(output.lastIndexOf('\x1b[?1049h'))
  })

  test('a bug is told after the screen is the shell’s again, without what it quotes', async () => {
    const person = open(ASKING)
    await person.ready()
    person.type('t')
    await ended(person)
    const left = person.output.indexOf('\x1b[?1049l')
    expect(left).toBeGreaterThan(0)
    expect(person.output.indexOf('this is a bug, please report it: Error: thrown on purpose')).toBeGreaterThan(left)
    expect(person.output.slice(left)).not.toContain('\x1b[31m')
  })

  test('a bug is told on stderr where that is a file', async () => {
    const file = join(folder, 'stderr')
    const person = open(`"$NODE" "$CHILD" 2>"$FILE"; echo "<exit $?>"; echo done.`, { FILE: file })
    await person.ready()
    person.type('r')
    await ended(person)
    expect(readFileSync(file, 'utf8')).toContain('Error: rejected on purpose')
    expect(person.output).not.toContain('rejected on purpose')
  })

  test('what has to be saved is waited for', async () => {
    const person = open(ASKING)
    await person.ready()
    person.type('g')
    await ended(person)
    expect(person.output).toMatch(/\x1b\[\?1049l\[goodbye\]/)
  })

  test('a terminal that no longer reads holds nobody up', async () => {
    const file = join(folder, 'unread')
    const person = open(`"$NODE" "$CHILD"; echo $? >"$FILE"`, { FILE: file })
    const pid = await person.ready()
    person.pty.pause()
    let last = written(pid)
    const least = last + 4000
    person.type('f')
    await until('the terminal is full', () => {
      const before = last
      last = written(pid)
      return last > least && last === before
    })
    const asked = Date.now()
    process.kill(pid, 'SIGTERM')
    expect(await until('its exit code', () => contents(file))).toBe('143')
    expect(Date.now() - asked).toBeLessThan(1000)
  })
})

/** The trimmed text of a file that has some. */
function contents(file: string): string | undefined {
  try {
    return readFileSync(file, 'utf8').trim() || undefined
  } catch {
    return undefined
  }
}

/** Bytes a process has written so far (proc_pid_io(5)). */
function written(pid: number): number {
  return Number(/wchar: (\d+)/.exec(readFileSync(`/proc/${pid}/io`, 'utf8'))?.[1])
}

describe('a terminal that goes away ends the process at once', () => {
  test.each([
    ['with SIGHUP', `trap : HUP; "$NODE" "$CHILD"; echo $? >"$FILE"`],
    ['SIGHUP ignored by who started it', `trap '' HUP; "$NODE" "$CHILD"; echo $? >"$FILE"`],
    ['no SIGHUP at all', `trap '' HUP; setsid -w "$NODE" "$CHILD"; echo $? >"$FILE"`],
    ['no SIGHUP, and nothing to read from', `trap '' HUP; setsid -w "$NODE" "$CHILD" </dev/null; echo $? >"$FILE"`],
  ])('%s: 129', async (name, command) => {
    const file = join(folder, name)
    const person = open(command, { FILE: file })
    await person.ready()
    const closed = Date.now()
    person.hangUp()
    expect(await until('its exit code', () => contents(file))).toBe('129')
    expect(Date.now() - closed).toBeLessThan(2000)
  })
})

describe('stopping and going on', () => {
  /** One letter: T is stopped (proc_pid_stat(5)). */
  const state = (pid: number): string | undefined => /\) (\w)/.exec(readFileSync(`/proc/${pid}/stat`, 'utf8'))?.[1]
  /** A shell with job control, as a person has: its child has a group that can be stopped. */
  const SHELL = `set -m; stty -g; sh -c '"$NODE" "$CHILD"; echo "<exit $?>"'; echo "<stopped>"; stty -g; read line; fg; stty -g; echo done.`

  test('Ctrl-Z gives the terminal back and stops the whole group; fg takes it again', async () => {
    const person = open(SHELL)
    const pid = await person.ready()
    const before = person.output.split('\r\n')[0] as string
    person.type('\x1a')
    await person.shows(`<stopped>\r\n${before}\r\n`)
    expect(state(pid)).toBe('T')
    expect(person.output).toMatch(LEAVE)
    expect(person.output.split(ENTER)).toHaveLength(2)
    person.pty.resize(100, 30)
    person.type('\r')
    await person.shows('[continued]')
    expect(person.output.split(ENTER)).toHaveLength(3)
    expect(person.output.indexOf('[size 100x30]')).toBeGreaterThan(person.output.lastIndexOf(ENTER))
    expect(person.output.split('[continued]')).toHaveLength(2)
    person.type('x')
    await person.shows('[key x]')
    person.type('q')
    await person.shows('done.')
    expect(person.output).toContain('<exit 0>')
    expect(person.output.split(before)).toHaveLength(4)
  })

  test('SIGTSTP from outside, twice: the same', async () => {
    const person = open(`set -m; "$NODE" "$CHILD"; echo "<one>"; fg; echo "<two>"; fg; echo "<exit $?>"`)
    const pid = await person.ready()
    process.kill(pid, 'SIGTSTP')
    await person.shows(/<one>[\s\S]*\[continued\]/)
    process.kill(pid, 'SIGTSTP')
    await person.shows(/<two>[\s\S]*\[continued\]/)
    person.type('x')
    await person.shows('[key x]')
    person.type('q')
    await person.shows('<exit 0>')
  })

  test('SIGSTOP cannot be seen coming: raw mode and screen are taken again', async () => {
    const person = open(`set -m; "$NODE" "$CHILD"; stty sane; echo "<stopped>"; fg; echo "<exit $?>"`)
    const pid = await person.ready()
    process.kill(pid, 'SIGSTOP')
    await person.shows(/<stopped>[\s\S]*\[continued\]/)
    person.type('x')
    await person.shows('[key x]')
    person.type('q')
    await person.shows('<exit 0>')
  })

  test('where nobody could continue it, Ctrl-Z does not stop it, and it goes on', async () => {
    const person = open(`exec "$NODE" "$CHILD"`)
    await person.ready()
    person.type('\x1a')
    await person.shows('[continued]')
    person.type('x')
    await person.shows('[key x]')
    person.type('q')
    await until('the end', () => person.closed)
  })
})

describe('keys', () => {
  test('a lone Esc is a key, an arrow is one key, fast typing is taken apart', async () => {
    const person = open(ASKING)
    await person.ready()
    person.type('\x1b')
    await person.shows('[key Esc]')
    person.type('\x1b[Ajj')
    await person.shows('[key Up][key j][key j]')
    person.type('q')
    expect((await ended(person)).code).toBe(0)
  })

  test('are read from the terminal when stdin is none', async () => {
    const person = open(`stty -g; echo some text | "$NODE" "$CHILD"; echo "<exit $?>"; stty -g; echo done.`)
    await person.ready()
    person.type('x')
    await person.shows('[key x]')
    person.type('q')
    const end = await ended(person)
    expect(end.code).toBe(0)
    expect(end.after).toBe(end.before)
    expect(person.output).not.toContain('[key s]')
  })

  test('a new size is told', async () => {
    const person = open(ASKING)
    await person.ready()
    expect(person.output).toContain(' 80x24 ')
    person.pty.resize(1, 1)
    await person.shows('[size 1x1]')
    person.type('q')
    await ended(person)
  })
})

describe('asking the terminal', () => {
  const ASK = { LANG: '', COLORFGBG: '' }

  test('answers decide, and are no keys', async () => {
    const person = open(ASKING, ASK)
    await person.shows('\x1b]11;?\x1b\\')
    await person.shows('\x1b[c')
    person.type('\x1b]11;rgb:ffff/ffff/ffff\x1b\\\x1b[2;3R\x1b[?62;22c')
    await person.ready()
    expect(person.output).toContain(' light ascii]')
    person.type('q')
    await ended(person)
    expect(person.output).not.toContain('[key')
  })

  test('silence means dark and UTF-8; what comes late is no key', async () => {
    const person = open(ASKING, ASK)
    await person.ready()
    expect(person.output).toContain(' dark utf-8]')
    person.type('\x1b]11;rgb:ffff/ffff/ffff\x1b\\\x1b[2;3R\x1b[?62;22cx')
    await person.shows('[key x]')
    person.type('q')
    await ended(person)
    expect(person.output.split('[key')).toHaveLength(2)
  })
})
