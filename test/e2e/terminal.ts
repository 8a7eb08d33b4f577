import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { IPty } from '@lydell/node-pty'
import { Unicode11Addon } from '@xterm/addon-unicode11'
import { Terminal as Emulator } from '@xterm/headless'
import { spawnInPty } from '../fixtures/pty.ts'
import { PROBE_ARGS } from './probes.ts'

const ROOT = fileURLToPath(new URL('../..', import.meta.url))
/** The built program. */
export const PROGRAM = join(ROOT, 'dist/healthtop.cjs')

export interface OpenOptions {
  readonly columns?: number
  readonly rows?: number
  readonly args?: readonly string[]
  readonly env?: Readonly<Record<string, string | undefined>>
  /** What listens here is found and checked. Not unless a test is about that: other tests run beside it, and count who comes to their servers. */
  readonly discover?: boolean
  /** Another program than Node with healthtop, such as a shell that starts it. */
  readonly command?: readonly [string, ...string[]]
}

/** How a program ended. */
export interface Ended {
  readonly exitCode: number
  readonly signal: number
}

/** A real program in a real PTY with a terminal emulator behind it. */
export class Terminal implements AsyncDisposable {
  readonly pty: IPty
  readonly emulator: Emulator
  /** Resolves when the program ended. */
  readonly ended: Promise<Ended>
  /** Everything it wrote. */
  raw = ''
  /** Its configuration folder's parent, so that nothing of a person's is read or written. */
  readonly configHome = mkdtempSync(join(tmpdir(), 'healthtop-config-'))
  private ending: Ended | undefined
  private readonly waiting = new Set<() => void>()

  constructor({ columns = 120, rows = 40, args = [], env = {}, discover = false, command }: OpenOptions) {
    const [file, ...rest] = command ?? [
      process.execPath,
      PROGRAM,
      ...PROBE_ARGS,
      ...(discover ? [] : ['--no-discover']),
      ...args,
    ]
    this.emulator = new Emulator({ cols: columns, rows, allowProposedApi: true })
    this.emulator.loadAddon(new Unicode11Addon())
    this.emulator.unicode.activeVersion = '11'
    const given = {
      ...process.env,
      CI: undefined,
      NO_COLOR: undefined,
      TERM: 'xterm-256color',
      COLORTERM: 'truecolor',
      LANG: 'C.UTF-8',
      LC_ALL: undefined,
      TZ: 'UTC',
      XDG_CONFIG_HOME: this.configHome,
      XDG_STATE_HOME: join(this.configHome, 'state'),
      STATE_DIRECTORY: undefined,
      SSH_CONNECTION: undefined,
      SSH_TTY: undefined,
      ...env,
    }
    this.pty = spawnInPty(file as string, rest, {
      cols: columns,
      rows,
      cwd: ROOT,
      env: Object.fromEntries(
        Object.entries(given).filter((entry): entry is [string, string] => entry[1] !== undefined),
      ),
    })
    this.pty.onData((data) => {
      this.raw += data
      this.emulator.write(data, () => {
        for (const look of this.waiting) look()
      })
    })
    // What the emulator answers (cursor reports, device attributes) goes back to the program, as in a real terminal.
    this.emulator.onData((data) => {
      if (this.ending === undefined) this.pty.write(data)
    })
    this.ended = new Promise((resolve) => {
      this.pty.onExit(({ exitCode, signal }) => {
        // Its last words are yet to be parsed.
        this.emulator.write('', () => {
          this.ending = { exitCode, signal: signal ?? 0 }
          resolve(this.ending)
          for (const look of this.waiting) look()
        })
      })
    })
  }

  /** The rows of the screen as text, right end trimmed. */
  screen(): string[] {
    const buffer = this.emulator.buffer.active
    return Array.from(
      { length: this.emulator.rows },
      (_, y) =>
        buffer
          .getLine(buffer.viewportY + y)
          ?.translateToString(true)
          .trimEnd() ?? '',
    )
  }

  text(): string {
    return this.screen().join('\n')
  }

  /** The screen holds a whole picture: none is being drawn (DEC 2026, as a terminal shows it that knows the mode). */
  get whole(): boolean {
    return !this.emulator.modes.synchronizedOutputMode
  }

  /** Calls back with each picture when it is complete, also with those that the next one covers at once. */
  onPicture(see: (screen: string[]) => void): Disposable {
    const handler = this.emulator.parser.registerCsiHandler({ prefix: '?', final: 'l' }, (modes) => {
      if (modes.includes(2026)) see(this.screen())
      return false
    })
    return { [Symbol.dispose]: () => handler.dispose() }
  }

  /** Waits until the screen is as wanted, whole pictures only; the error shows the screen as it was last. */
  async shows(wanted: RegExp | string | ((screen: string[]) => boolean), timeoutMs = 10_000): Promise<string[]> {
    const holds = (screen: string[]) =>
      typeof wanted === 'function'
        ? wanted(screen)
        : typeof wanted === 'string'
          ? screen.join('\n').includes(wanted)
          : wanted.test(screen.join('\n'))
    return new Promise((resolve, reject) => {
      const finish = () => {
        this.waiting.delete(look)
        clearTimeout(timer)
      }
      const look = () => {
        const screen = this.screen()
        if (this.whole && holds(screen)) {
          finish()
          resolve(screen)
        } else if (this.ending !== undefined) {
          finish()
          reject(new Error(`ended with ${JSON.stringify(this.ending)} before it showed ${wanted}\n${this.text()}`))
        }
      }
      const timer = setTimeout(() => {
        finish()
        reject(new Error(`did not show ${wanted} within ${timeoutMs} ms:\n${this.text()}`))
      }, timeoutMs)
      this.waiting.add(look)
      look()
    })
  }

  /** Sends keys as a keyboard would. */
  type(text: string): void {
    this.pty.write(text)
  }

  resize(columns: number, rows: number): void {
    this.emulator.resize(columns, rows)
    this.pty.resize(columns, rows)
  }

  async [Symbol.asyncDispose](): Promise<void> {
    if (this.ending === undefined) {
      this.pty.kill('SIGKILL')
      await this.ended
    }
    this.emulator.dispose()
    rmSync(this.configHome, { recursive: true, force: true })
  }
}

/** Opens healthtop in a terminal. */
export function open(options: OpenOptions = {}): Terminal {
  return new Terminal(options)
}

export const KEY = {
  up: '\x1b[A',
  down: '\x1b[B',
  right: '\x1b[C',
  enter: '\r',
  escape: '\x1b',
  tab: '\t',
  shiftTab: '\x1b[Z',
  ctrlC: '\x03',
  ctrlZ: '\x1a',
  ctrlL: '\x0c',
  f1: '\x1bOP',
  f9: '\x1b[20~',
  backspace: '\x7f',
  pageDown: '\x1b[6~',
} as const
