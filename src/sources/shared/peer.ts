import type { Socket } from 'node:net'
import { linesOf } from '../../lib/lines.ts'

/** What is not taken is queued up to so much; then there is nothing more until all of it is taken. */
const MOST_QUEUED = 1024 * 1024
/** How long a last line may take to be taken. */
const LAST_WORD_MS = 300

/** The other side of a connection, as lines. */
export interface Peer {
  /** It takes less than it is told: nothing but what must not be lost should be sent now. `drained` follows. */
  readonly busy: boolean
  send(line: string): void
  /** Ends the connection, with a last line. */
  end(line?: string): void
}

export interface PeerEvents {
  readonly line: (line: string) => void
  readonly drained: () => void
  /** A line of theirs has no end. The connection stays, and nothing more is read. */
  readonly tooLong: () => void
  /** The connection is no more. Comes once, and is the last. */
  readonly ended: () => void
}

/** Reads lines from a socket, the longest of so many characters, until it ends. */
export function openPeer(socket: Socket, longest: number, events: PeerEvents): Peer {
  let over = false
  socket.on('drain', () => {
    if (!over) events.drained()
  })
  // Reported by 'close' as well, whatever it was.
  socket.on('error', () => {})
  socket.on('close', () => {
    over = true
    events.ended()
  })
  void read()

  async function read(): Promise<void> {
    try {
      // The last word is still to be said to who is not read on.
      for await (const line of linesOf(socket.iterator({ destroyOnReturn: false }), undefined, longest)) {
        if (over) return
        events.line(line)
      }
      socket.end()
    } catch {
      // A connection that broke ends by 'close'; else it was the line.
      if (!over && !socket.destroyed) events.tooLong()
    }
  }

  return {
    get busy() {
      return socket.writableLength > MOST_QUEUED
    },
    send(line) {
      if (!over && socket.writable) socket.write(line)
    },
    end(line) {
      if (over) return
      over = true
      const timer = setTimeout(() => socket.destroy(), LAST_WORD_MS)
      const done = () => {
        clearTimeout(timer)
        socket.destroy()
      }
      if (line === undefined) socket.end(done)
      else socket.end(line, done)
    },
  }
}
