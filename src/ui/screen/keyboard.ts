import { constants, openSync } from 'node:fs'
import { ReadStream } from 'node:tty'
import type { Clock } from '../../lib/clock.ts'
import { afterReading } from './after-reading.ts'
import { Decoder } from './decoder.ts'
import type { Key } from './key.ts'
import type { Reply } from './reply.ts'

export interface KeyboardEvents {
  readonly onKey: (key: Key) => void
  readonly onReply: (reply: Reply) => void
  /** Nothing will ever be read again: the terminal hung up. */
  readonly onLost: (error: Error | undefined) => void
}

/** stdin when it is a terminal, else the controlling terminal; undefined when there is none (nobody can type, signals still end us). */
function openStream(): ReadStream | undefined {
  if (process.stdin.isTTY) return process.stdin
  try {
    return new ReadStream(openSync('/dev/tty', constants.O_RDONLY | constants.O_NOCTTY))
  } catch {
    // No controlling terminal: ENXIO. There is no other place keys could come from.
    return undefined
  }
}

/** Reads the terminal for as long as the program lives: the end of the data is how a hang-up is noticed. Owns the timer of a lone Esc. */
export class Keyboard {
  private readonly stream: ReadStream | undefined
  private readonly decoder = new Decoder()
  private readonly clock: Clock
  private readonly events: KeyboardEvents
  private cancelFlush: (() => void) | undefined
  private lost = false

  constructor(clock: Clock, events: KeyboardEvents) {
    this.clock = clock
    this.events = events
    this.stream = openStream()
    this.stream?.on('data', this.onData)
    this.stream?.on('error', this.onError)
    this.stream?.on('end', this.onEnd)
    this.stream?.on('close', this.onEnd)
  }

  /** Raw mode on or off. libuv remembers what it set, so after a stop it has to be switched off before on does anything. */
  raw(on: boolean): void {
    this.stream?.setRawMode(on)
  }

  /** No more keys; the stream itself is left to the end of the process. */
  close(): void {
    this.lost = true
    this.cancelFlush?.()
    this.stream?.off('data', this.onData)
  }

  private readonly onData = (chunk: Buffer): void => {
    this.deliver(this.decoder.feed(chunk, this.clock.monoMs()))
  }

  private readonly onError = (error: Error): void => this.onEnd(error)

  private readonly onEnd = (error?: unknown): void => {
    if (this.lost) return
    this.lost = true
    this.events.onLost(error instanceof Error ? error : undefined)
  }

  private deliver(keys: readonly Key[]): void {
    this.cancelFlush?.()
    this.cancelFlush = undefined
    const { deadlineMs } = this.decoder
    if (deadlineMs !== undefined) {
      const wait = Math.max(1, Math.ceil(deadlineMs - this.clock.monoMs()))
      this.cancelFlush = afterReading(wait, () => this.deliver(this.decoder.flush(this.clock.monoMs())))
    }
    for (const reply of this.decoder.takeReplies()) this.events.onReply(reply)
    for (const key of keys) {
      if (this.lost) return
      this.events.onKey(key)
    }
  }
}
