import { closeSync, constants, fstatSync, openSync, writeSync } from 'node:fs'
import { isatty } from 'node:tty'
import { safeText } from '../../lib/text.ts'

/** Why the dashboard ends. `lost`: the terminal is gone; `bug`: something was thrown that nobody caught. */
export type EndReason = 'quit' | 'SIGINT' | 'SIGQUIT' | 'SIGTERM' | 'SIGHUP' | 'lost' | 'bug'

export interface End {
  readonly reason: EndReason
  /** Exit code of the process. */
  readonly code: number
  /** What was thrown (bug), or what the terminal's end looked like where that is known (lost). */
  readonly error?: unknown
}

/** Part of the command line's contract; signals are 128 and their number, as a shell reports them. */
const EXIT_CODES: Readonly<Record<EndReason, number>> = {
  quit: 0,
  SIGINT: 130,
  SIGQUIT: 131,
  SIGTERM: 143,
  SIGHUP: 129,
  lost: 129,
  bug: 70,
}

export function ending(reason: EndReason, error?: unknown): End {
  return { reason, code: EXIT_CODES[reason], ...(error === undefined ? {} : { error }) }
}

/** What to say of a bug once the screen is the shell's again. */
export function bugReport(error: unknown): string {
  const what = error instanceof Error ? (error.stack ?? error.message) : String(error)
  // Messages quote what they were about: process names, paths, answers of services.
  const lines = what.split('\n').map((line) => safeText(line))
  return `healthtop: this is a bug, please report it: ${lines.join('\n')}\n`
}

/**
 * Says something on stderr without ever waiting for its reader. On a terminal `writeNow` of the screen's own output does it; a file
 * or a pipe is opened a second time, since the flags of descriptor 2 are shared with whoever started us.
 */
export function sayOnStderr(text: string, writeNow: (text: string) => void): void {
  if (isatty(2)) {
    writeNow(text)
    return
  }
  try {
    const fd = openSync('/proc/self/fd/2', constants.O_WRONLY | constants.O_APPEND | constants.O_NONBLOCK)
    writeSync(fd, text)
    closeSync(fd)
  } catch (error) {
    // A full pipe is not waited for, a closed one has nobody to tell; where there is no /proc, descriptor 2 must do.
    const { code } = error as NodeJS.ErrnoException
    if (code === 'ENOENT' || code === 'EACCES' || code === 'ENXIO') writeToDescriptor(text)
  }
}

function writeToDescriptor(text: string): void {
  try {
    writeSync(2, text)
  } catch {
    // stderr is closed: the exit code has to say it.
  }
}

/**
 * Puts /dev/null where a standard descriptor is a terminal that hung up. At its exit Node sets the terminals it started with back to
 * their modes and aborts when one refuses (EIO): the exit code would be 134 or 139 (seen with Node 20). It leaves alone what is
 * another file by then.
 */
export function letGoOfLostTerminals(): void {
  for (const fd of [0, 1, 2]) {
    if (isatty(fd) || !isDevice(fd)) continue
    closeSync(fd)
    // The lowest free descriptor is the one just closed.
    openSync('/dev/null', 'r+')
  }
}

function isDevice(fd: number): boolean {
  try {
    return fstatSync(fd).isCharacterDevice()
  } catch {
    // EBADF: started without it, and nothing to let go of.
    return false
  }
}
