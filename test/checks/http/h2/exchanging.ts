import { once } from 'node:events'
import { connect, type Socket } from 'node:net'
import { expect } from 'vitest'
import type { HttpAnswer } from '../../../../src/checks/http/answer.ts'
import { exchangeHttp2 } from '../../../../src/checks/http/h2/exchange.ts'
import type { HttpRequest } from '../../../../src/checks/http/request.ts'

/** Exchanges one request with whoever listens on a port, and shows that nothing is left of it on the socket. */
export async function exchange(
  port: number,
  changes: Partial<HttpRequest> = {},
  timeoutMs = 20_000,
  wantsBody = true,
): Promise<HttpAnswer> {
  const socket = connect(port, '127.0.0.1')
  await once(socket, 'connect')
  const before = listeners(socket)
  const request = { url: new URL(`http://127.0.0.1:${port}/`), method: 'GET', headers: {}, own: true, ...changes }
  socket.on('error', () => {})
  try {
    const options = { wantsBody: () => wantsBody, extra: {} }
    return await exchangeHttp2(request, { socket, from: 'web' }, options, AbortSignal.timeout(timeoutMs))
  } finally {
    expect(socket.destroyed).toBe(true)
    expect(listeners(socket)).toEqual(before)
  }
}

function listeners(socket: Socket): number[] {
  return ['data', 'end', 'close'].map((event) => socket.listenerCount(event))
}
