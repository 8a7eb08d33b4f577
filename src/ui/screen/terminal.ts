import { isatty } from 'node:tty'
import type { Clock } from '../../lib/clock.ts'
import { afterReading } from './after-reading.ts'
import type { Answers, Questions } from './detect.ts'
import { bugReport, type End, type EndReason, ending, letGoOfLostTerminals, sayOnStderr } from './ending.ts'
import type { Key } from './key.ts'
import { Keyboard } from './keyboard.ts'
import { enterSequence, leaveSequence, mouseSequence } from './modes.ts'
import { probeTerminal } from './probe.ts'
import type { Reply } from './reply.ts'
import { type Size, windowSize } from './size.ts'

/** Where the screen is written to; neither of the two may wait for the terminal. */
export interface ScreenOutput {
  /** In order, after what still waits. */
  write(text: string): void
  /** For the way out: tries for a moment, drops what does not get through. */
  writeNow(text: string): void
}

export interface TerminalOptions {
  readonly out: ScreenOutput
  readonly env: Readonly<Record<string, string | undefined>>
  readonly clock: Clock
  /** Mouse events are asked for; off unless said. */
  readonly mouse?: boolean
  /** Every key but Ctrl-C and Ctrl-Z, which the terminal answers itself. */
  readonly onKey: (key: Key) => void
  readonly onResize: (size: Size) => void
  /** The screen is ours again after a stop, and nothing is known about what it shows: draw all of it. */
  readonly onContinue: () => void
  /**
   * The terminal is restored, the process about to exit with `end.code`. What has to be saved can be: a promise is waited for,
   * but not longer than `GRACE_MS`.
   */
  readonly onEnd: (end: End) => void | Promise<void>
}

/** How long `onEnd` may take: the whole way out stays below a second. */
export const GRACE_MS = 500
/** A hang-up that neither a signal nor the end of the input told us about is noticed this late. */
const CHECK_MS = 500
/** Where we read from a terminal its hang-up is the end of the input: this is for what might escape that, and seldom wakes the thread. */
const SELDOM_CHECK_MS = 5000
/** Kernels ignore a stop by SIGTSTP when nobody could continue us (an orphaned group, as under `ssh -t host healthtop`). */
const STOP_MS = 20

const SIGNALS = ['SIGINT', 'SIGQUIT', 'SIGTERM', 'SIGHUP'] as const

/** Takes the terminal: alternate screen, raw mode, signals. From here on the only way out of the process is `end`. */
export function openTerminal(options: TerminalOptions): Terminal {
  return new Terminal(options)
}

/** The terminal while the dashboard is up, and every way out of it. One a process, since signals and stdin are. */
export class Terminal {
  private readonly options: TerminalOptions
  private readonly keyboard: Keyboard
  private readonly listeners = new Set<(reply: Reply) => void>()
  private entered = false
  private mouse: boolean
  private ended: End | undefined
  private readonly check: NodeJS.Timeout
  private lastSize: Size

  constructor(options: TerminalOptions) {
    this.options = options
    this.mouse = options.mouse ?? false
    for (const signal of SIGNALS) process.on(signal, this.onSignal)
    process.on('SIGTSTP', this.onStop)
    process.on('SIGCONT', this.onContinued)
    process.on('uncaughtException', this.onBug)
    process.on('exit', this.onExit)
    process.stdout.on('error', this.onLost)
    process.stdout.on('resize', this.onResized)
    this.lastSize = this.size
    this.keyboard = new Keyboard(options.clock, {
      onKey: this.onKey,
      onReply: (reply) => {
        for (const listener of [...this.listeners]) listener(reply)
      },
      onLost: this.onLost,
    })
    // It also keeps the process up where there is no keyboard to wait for.
    this.check = setInterval(
      () => {
        if (!isatty(1)) this.end('lost')
      },
      process.stdin.isTTY ? SELDOM_CHECK_MS : CHECK_MS,
    )
    this.enter()
  }

  /** Cells there are now, at least 1x1. */
  get size(): Size {
    return windowSize(process.stdout, this.options.env)
  }

  /** The screen is ours. Nothing may be drawn while it is not. */
  get active(): boolean {
    return this.entered
  }

  /** Asks the terminal what the environment does not say; at most 50 ms. Before the first frame: a glyph is written for it. */
  probe(asked: Questions): Promise<Answers> {
    return probeTerminal(
      {
        write: (text) => this.options.out.write(text),
        listen: (listener) => {
          this.listeners.add(listener)
          return () => this.listeners.delete(listener)
        },
      },
      asked,
    )
  }

  /** Has the terminal report mouse events, or not; it stays so after a stop. */
  setMouse(on: boolean): void {
    if (on === this.mouse) return
    this.mouse = on
    if (this.entered) this.options.out.write(mouseSequence(on))
  }

  /** To the shell, as Ctrl-Z. */
  suspend(): void {
    this.onStop()
  }

  /** Gives the screen back. Idempotent; nothing in it waits for the terminal. */
  leave(): void {
    if (!this.entered) return
    this.entered = false
    this.options.out.writeNow(leaveSequence(this.options.env.TERM))
    this.keyboard.raw(false)
  }

  /** Restores the terminal, lets `onEnd` save what it must, and exits the process. A second call does not wait for the first. */
  end(reason: EndReason, error?: unknown): void {
    if (this.ended !== undefined) {
      // What the restoring itself runs into (a terminal that is gone twice) is the end that is already under way.
      if (reason !== 'lost') process.exit(reason === 'bug' ? ending('bug').code : this.ended.code)
      return
    }
    const end = ending(reason, error)
    this.ended = end
    process.exitCode = end.code
    clearInterval(this.check)
    this.keyboard.close()
    this.leave()
    if (reason === 'bug') this.report(error)
    void this.finish(end)
  }

  private async finish(end: End): Promise<void> {
    const timer = setTimeout(() => process.exit(end.code), GRACE_MS)
    let { code } = end
    try {
      await this.options.onEnd(end)
    } catch (error) {
      this.report(error)
      code = ending('bug').code
    }
    clearTimeout(timer)
    process.exit(code)
  }

  private report(error: unknown): void {
    sayOnStderr(bugReport(error), (text) => this.options.out.writeNow(text))
  }

  /** Raw mode first: in the background it stops us (SIGTTOU) before anything is drawn over what others show. */
  private enter(): void {
    this.keyboard.raw(true)
    if (this.ended !== undefined) return
    this.entered = true
    this.options.out.write(enterSequence(this.mouse))
  }

  private readonly onKey = (key: Key): void => {
    if (key.name === 'C-c') this.end('SIGINT')
    else if (key.name === 'C-z') this.onStop()
    else this.options.onKey(key)
  }

  private readonly onSignal = (signal: NodeJS.Signals): void => this.end(signal as EndReason)

  private readonly onLost = (error?: Error): void => this.end('lost', error)

  private readonly onBug = (error: unknown): void => {
    // The first report is the cause; this one would otherwise be lost with the exit.
    if (this.ended !== undefined) this.report(error)
    this.end('bug', error)
  }

  private readonly onExit = (): void => {
    this.leave()
    letGoOfLostTerminals()
  }

  private readonly onResized = (): void => {
    const { size } = this
    if (size.columns === this.lastSize.columns && size.rows === this.lastSize.rows) return
    this.lastSize = size
    this.options.onResize(size)
  }

  /**
   * Stops the whole process group, as the terminal itself would: npx and the shell script around us have to stop too, or the shell
   * never gets the terminal back. Only without a listener does SIGTSTP stop us.
   */
  private readonly onStop = (): void => {
    if (this.ended !== undefined || !this.entered) return
    this.leave()
    process.off('SIGTSTP', this.onStop)
    process.kill(0, 'SIGTSTP')
    // Here we are stopped, and go on with SIGCONT; or the stop was ignored, and nothing will tell us.
    afterReading(STOP_MS, () => {
      if (!this.entered) this.onContinued()
    })
  }

  private readonly onContinued = (): void => {
    if (this.ended !== undefined) return
    if (this.entered) {
      // Stopped without having been asked (SIGSTOP): the shell has its own modes on, and 1049 twice would save the wrong cursor.
      this.keyboard.raw(false)
      this.options.out.write(leaveSequence(this.options.env.TERM))
    } else process.on('SIGTSTP', this.onStop)
    this.enter()
    // Only the foreground hears of a new size. Node looks at it when this signal comes.
    process.emit('SIGWINCH', 'SIGWINCH')
    this.options.onContinue()
  }
}
