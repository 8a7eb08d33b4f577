import type { Socket } from 'node:net'

/** A socket that ends with the signal, and whose errors are never uncaught: whoever uses it may not listen yet. */
export function bound<T extends Socket>(socket: T, signal: AbortSignal): T {
  const stop = () => socket.destroy(signal.reason)
  signal.addEventListener('abort', stop)
  socket.once('close', () => signal.removeEventListener('abort', stop))
  return socket.on('error', () => undefined)
}
