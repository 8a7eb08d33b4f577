import type { Socket } from 'node:net'

/** How long an address has before the next is tried beside it (RFC 8305, section 5). */
const ATTEMPT_DELAY_MS = 250

/** Errors that tell of the way, or of this host, and not of the service. */
const UNREACHABLE = new Set(['ENETUNREACH', 'EHOSTUNREACH', 'EADDRNOTAVAIL', 'EAFNOSUPPORT'])

/**
 * The first of several connections that stands; each is begun when the one before it failed or took 250 ms, and all others are destroyed.
 * Rejects with the error that says most of the service when all failed, or with the signal's reason.
 */
export function connectFirst(begin: readonly (() => Socket)[], signal: AbortSignal): Promise<Socket> {
  return new Promise((resolve, reject) => {
    signal.throwIfAborted()
    const open = new Set<Socket>()
    const errors: NodeJS.ErrnoException[] = []
    let next = 0
    let timer: NodeJS.Timeout | undefined
    const finish = (winner?: Socket) => {
      clearTimeout(timer)
      next = begin.length
      signal.removeEventListener('abort', stop)
      for (const socket of open) {
        if (socket === winner) continue
        socket.removeAllListeners('connect')
        socket.destroy()
      }
    }
    const stop = () => {
      finish()
      reject(signal.reason)
    }
    const more = () => {
      clearTimeout(timer)
      const start = begin[next++]
      if (start === undefined) return
      const socket = start()
      open.add(socket)
      const failed = (error: NodeJS.ErrnoException) => {
        open.delete(socket)
        errors.push(error)
        if (next < begin.length) return more()
        if (open.size > 0) return
        finish()
        reject(errors.find(({ code }) => !UNREACHABLE.has(code ?? '')) ?? errors[0])
      }
      socket.once('error', failed)
      socket.once('connect', () => {
        socket.removeListener('error', failed)
        finish(socket)
        resolve(socket)
      })
      if (next < begin.length) timer = setTimeout(more, ATTEMPT_DELAY_MS)
    }
    signal.addEventListener('abort', stop)
    more()
  })
}
