import { asks, type CheckPlace } from '../../model/check-place.ts'
import type { Listener } from '../../model/host.ts'

/** A check notices within minutes that nobody listens any more. */
const KEPT_MS = 600_000

/** Remembers who listened on which socket, also for some minutes after nobody does. */
export class Holders {
  #known = new Map<string, { readonly socket: Listener; readonly seenMs: number }>()

  /** Takes all sockets that listen now. */
  take(listeners: readonly Listener[], wallMs: number): void {
    const known = new Map(listeners.map((socket) => [socketKey(socket), { socket, seenMs: wallMs }]))
    const ports = new Set(listeners.map(portKey))
    for (const [key, was] of this.#known) {
      // Whoever holds the port now is behind it.
      if (!ports.has(portKey(was.socket)) && Math.abs(wallMs - was.seenMs) <= KEPT_MS) known.set(key, was)
    }
    this.#known = known
  }

  /** Pids of those that listened, last that was known, where a check asks. */
  at(place: CheckPlace): ReadonlySet<number> {
    const pids = [...this.#known.values()].flatMap(({ socket }) =>
      socket.pid !== undefined && asks(place, socket) ? [socket.pid] : [],
    )
    return new Set(pids)
  }
}

function portKey({ protocol, port }: Listener): string {
  return `${protocol} ${port}`
}

function socketKey(socket: Listener): string {
  return `${portKey(socket)} ${socket.address} ${socket.pid ?? ''}`
}
