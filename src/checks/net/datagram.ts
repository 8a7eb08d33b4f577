import { createSocket } from 'node:dgram'
import { isIPv6 } from 'node:net'

export interface Datagram {
  /** An address, never a name. */
  readonly address: string
  readonly port: number
  readonly payload: Buffer
  /** Milliseconds after which it is sent a second time: datagrams may get lost. */
  readonly resendMs: number
}

/**
 * Sends a datagram and gives the first answer that `accepts` takes; others are left aside. The socket is connected, so that only this peer
 * is heard, and a port where nobody listens is told by the kernel (ICMP, RFC 1122 4.1.3.3). Rejects with the system's error, its `address`
 * and `port` set, or with the signal's reason; the socket is closed by then.
 */
export function exchangeDatagram(
  { address, port, payload, resendMs }: Datagram,
  accepts: (answer: Buffer) => boolean,
  signal: AbortSignal,
): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    if (signal.aborted) {
      reject(signal.reason)
      return
    }
    const socket = createSocket(isIPv6(address) ? 'udp6' : 'udp4')
    let resend: NodeJS.Timeout | undefined
    let open = true
    const settle = (end: () => void) => {
      if (!open) return
      open = false
      signal.removeEventListener('abort', stop)
      clearTimeout(resend)
      socket.close()
      end()
    }
    const stop = () => settle(() => reject(signal.reason))
    const fail = (error: Error) => settle(() => reject(Object.assign(error, { address, port })))
    const send = () => {
      // Some errors are told here, others by an event.
      if (open) socket.send(payload, (error) => error && fail(error))
    }
    signal.addEventListener('abort', stop)
    socket.on('error', fail)
    socket.on('message', (answer) => {
      if (open && accepts(answer)) settle(() => resolve(answer))
    })
    socket.on('connect', () => {
      send()
      resend = setTimeout(send, resendMs)
    })
    socket.connect(port, address)
  })
}
