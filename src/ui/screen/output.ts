import { closeSync, constants, openSync, writeSync } from 'node:fs'

/** A descriptor to write the screen to. */
export interface TerminalDescriptor {
  readonly fd: number
  /** Opened by us, and to be closed by us. */
  readonly own: boolean
}

/**
 * Opens the terminal of stdout a second time, non-blocking. Node writes to a terminal synchronously, and O_NONBLOCK on descriptor 1
 * itself would be shared with the shell that started us: only a new open file description has a flag of its own. Where
 * `/proc/self/fd/1` is not there or refused (other systems; under sudo to another user) the controlling terminal is the same one; with
 * neither, descriptor 1 is used as it is, blocking.
 */
export function openNonBlocking(paths: readonly string[] = ['/proc/self/fd/1', '/dev/tty']): TerminalDescriptor {
  for (const path of paths) {
    try {
      return { fd: openSync(path, constants.O_WRONLY | constants.O_NONBLOCK | constants.O_NOCTTY), own: true }
    } catch {
      // Refused or absent: the next way in; the last one needs no opening.
    }
  }
  return { fd: 1, own: false }
}

/** What became of what was written. */
export interface OutputEvents {
  /** Everything is out after some had to wait: the next frame can be painted. */
  readonly drained: () => void
  /** The terminal is gone (EPIPE, EIO, …): nothing is written any more. Called once. */
  readonly lost: (error: Error) => void
}

/** How long the rest waits before it is tried again. A terminal that lags is not noticed sooner, and 66 tries a second cost nothing. */
const RETRY_MS = 15
/** `writeNow` tries 20 times 5 ms apart: 100 ms. */
const LAST_TRIES = 20
const LAST_PAUSE_MS = 5
/** CAN ends an escape sequence that was cut in the middle (ECMA-48, and every terminal's parser). */
const CANCEL = '\x18'

/** The stream to the terminal that never blocks: what the terminal does not take now waits here, and `busy` says so. */
export class Output {
  private readonly descriptor: TerminalDescriptor
  private readonly events: OutputEvents
  private rest: Buffer | undefined
  private timer: NodeJS.Timeout | undefined
  private gone = false
  private closed = false

  constructor(descriptor: TerminalDescriptor, events: OutputEvents) {
    this.descriptor = descriptor
    this.events = events
  }

  /** Something is not out yet: paint no new frame. */
  get busy(): boolean {
    return this.rest !== undefined
  }

  /** Writes, after what still waits. */
  write(text: string): void {
    if (this.gone || text === '') return
    const bytes = Buffer.from(text)
    if (this.rest !== undefined) {
      this.rest = Buffer.concat([this.rest, bytes])
      return
    }
    this.rest = bytes
    this.push()
    if (this.rest !== undefined) this.retryLater()
  }

  /**
   * For the way out (restore the screen, stop by Ctrl-Z): drops what waits, since the screen it was for is being left, and tries for at
   * most 100 ms, blocking. Says whether all of it was taken; a terminal that is stopped or gone is no error here.
   */
  writeNow(text: string): boolean {
    if (this.gone) return false
    let bytes = Buffer.from(this.rest === undefined ? text : CANCEL + text)
    this.rest = undefined
    clearTimeout(this.timer)
    const sleeper = new Int32Array(new SharedArrayBuffer(4))
    for (let tries = 0; tries < LAST_TRIES; tries++) {
      const written = this.attempt(bytes)
      if (written instanceof Error) {
        this.gone = true
        return false
      }
      bytes = bytes.subarray(written)
      if (bytes.length === 0) return true
      Atomics.wait(sleeper, 0, 0, LAST_PAUSE_MS)
    }
    return false
  }

  /** Writes no more; what waits is dropped. */
  close(): void {
    clearTimeout(this.timer)
    this.rest = undefined
    if (this.descriptor.own && !this.closed) closeSync(this.descriptor.fd)
    this.closed = true
    this.gone = true
  }

  private retryLater(): void {
    this.timer = setTimeout(() => {
      this.push()
      if (this.rest !== undefined) this.retryLater()
      else if (!this.gone) this.events.drained()
    }, RETRY_MS)
  }

  /** Writes what the terminal takes of the rest. */
  private push(): void {
    if (this.rest === undefined) return
    const written = this.attempt(this.rest)
    if (written instanceof Error) {
      this.rest = undefined
      this.gone = true
      this.events.lost(written)
      return
    }
    this.rest = written === this.rest.length ? undefined : this.rest.subarray(written)
  }

  /** Bytes taken until the terminal said EAGAIN, or why it is no use any more. Counts bytes: a character may be cut, never lost. */
  private attempt(bytes: Buffer): number | Error {
    let written = 0
    while (written < bytes.length) {
      try {
        written += writeSync(this.descriptor.fd, bytes, written, bytes.length - written)
      } catch (error) {
        const reason = error as NodeJS.ErrnoException
        return reason.code === 'EAGAIN' ? written : reason
      }
    }
    return written
  }
}
